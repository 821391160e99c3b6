"""The workbench in a real JupyterLab and a real Chromium: files are dropped, corrected, and still there later."""

import base64
from pathlib import Path

import pytest

import qualkit as qk

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
SECRETS = ("下课", "小雨", "A3前测", "交往偏差", "访谈者", "退缩型")
NOTEBOOK = """import qualkit as qk
project = qk.open_project({path!r}, coder="Lin")
project.workbench(language={language!r})"""

DRAG = """([type, files]) => {
    const host = document.querySelector('.qk-documents-tab');
    const data = new DataTransfer();
    for (const [name, content] of files) {
        const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
        data.items.add(new File([bytes], name));
    }
    const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data });
    host.dispatchEvent(event);
    return event.defaultPrevented;
}"""


@pytest.fixture
def study(lab, request):
    """An empty project of its own for each test, and a notebook that opens its workbench."""
    name = f"{request.node.name.split('[')[0]}{abs(hash(request.node.name)) % 1000}"
    path = lab.folder / f"{name}.qualkit"
    with qk.create_project(path, title="交往偏差", prefix="DEV", coder="Lin") as project:
        project.codes.add("type.withdrawal", label={"zh": "退缩型", "en": "Withdrawal"})
        project.cases.add("A3", role="member")
        project.cases.add("W1", role="worker")

    def write(language="zh"):
        lab.write_notebook(f"{name}.ipynb", NOTEBOOK.format(path=str(path), language=language))
        return f"{name}.ipynb"

    return path, write


@pytest.fixture
def watched(page):
    """What the page asks of the network and what goes wrong in it."""
    seen = {"requests": [], "errors": []}
    page.on("request", lambda request: seen["requests"].append(request.url))
    page.on("pageerror", lambda error: seen["errors"].append(str(error)))
    page.on("console", lambda line: seen["errors"].append(line.text) if line.type == "error" else None)
    return seen


def open_workbench(lab, page, name):
    notebook = lab.open(page, name)
    notebook.run_all()
    page.wait_for_selector(".qk-document-list", timeout=60_000)
    return notebook


def three_files():
    gb18030 = (SAMPLES / "word_roles.txt").read_text(encoding="utf-8").encode("gb18030")
    files = {
        "A3前测.docx": (SAMPLES / "interview_bold_speaker.docx").read_bytes(),
        "A3后测.vtt": (SAMPLES / "zoom.vtt").read_bytes(),
        "A5前测.txt": gb18030,
    }
    return [[name, base64.b64encode(data).decode()] for name, data in files.items()]


def drop(page, files):
    assert page.evaluate(DRAG, ["dragenter", files]) is False
    assert page.evaluate(DRAG, ["dragover", files])
    assert page.locator(".qk-drop-over").is_visible()
    assert page.evaluate(DRAG, ["drop", files])
    assert not page.locator(".qk-drop-over").is_visible()


def bring_in(page, files):
    drop(page, files)
    page.click(".qk-form .qk-primary")
    page.wait_for_selector(".qk-report:not(.qk-hidden) tbody tr")


def test_three_dropped_files_come_in_are_corrected_and_are_still_there_after_a_reload(lab, page, study, watched):
    path, write = study
    name = write()
    notebook = open_workbench(lab, page, name)

    # The form shows what the names say; the author knows better in one place.
    drop(page, three_files())
    page.wait_for_selector(".qk-form tbody tr")
    assert page.locator(".qk-form tbody tr").count() == 3
    case = page.get_by_label("个案: A5前测.txt")
    assert case.input_value() == "A5"
    case.fill("A6")
    wave = page.get_by_label("时点: A5前测.txt")
    assert wave.input_value() == "pre"
    wave.select_option("post")
    page.click(".qk-form .qk-primary")

    # The report says of each file what became of it.
    page.wait_for_selector(".qk-report:not(.qk-hidden) tbody tr")
    rows = page.locator(".qk-report tbody tr").all_inner_texts()
    assert len(rows) == 3
    assert all("已导入" in row for row in rows)
    assert any("Word 文档" in row for row in rows)
    assert "已导入 3" in page.inner_text(".qk-report summary")
    names = page.locator(".qk-document-list tbody .qk-document-name input")
    assert [names.nth(n).input_value() for n in range(3)] == ["pre/A3", "post/A3", "post/A6"]
    with qk.open_project(path) as project:
        assert "下课" in project.sources.get("post/A6").text

    # A speaker is corrected, and undone, and corrected again.
    page.get_by_role("tab", name="说话人").click()
    speaker = page.get_by_role("combobox", name="参与者: 访谈者").first
    speaker.select_option("W1")
    page.wait_for_selector(".qk-save[data-state=saved]")
    with qk.open_project(path) as project:
        assert project.turns.table("pre/A3")["case"].tolist()[0] == "W1"
    page.keyboard.press("Control+z")
    page.wait_for_selector(".qk-toast:has-text('访谈者')")
    page.wait_for_function("() => [...document.querySelectorAll('.qk-case-menu')].every((menu) => menu.value !== 'W1')")
    page.get_by_role("combobox", name="参与者: 访谈者").first.select_option("W1")
    page.wait_for_selector(".qk-save[data-state=saved]")

    # The completeness table says what is missing, and takes the reason.
    page.get_by_role("tab", name="资料完整性").click()
    missing = page.get_by_role("button", name="A6 · 访谈 · 前测：未收集")
    missing.click()
    page.fill(".qk-reason textarea", "请假回老家")
    page.get_by_role("button", name="保存").click()
    page.wait_for_selector("[aria-label='A6 · 访谈 · 前测：未收集，已注明原因 (请假回老家)']")
    assert page.get_by_role("img", name="A3 · 访谈 · 前测：已收集").count() == 1

    # The page is loaded anew and the cell run again: everything is there.
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    page.reload()
    notebook.wait_for_kernel()
    notebook.run_all()
    page.wait_for_selector(".qk-document-list tbody input", timeout=60_000)
    assert names.count() == 3
    page.get_by_role("tab", name="说话人").click()
    page.wait_for_function("() => [...document.querySelectorAll('.qk-case-menu')].some((menu) => menu.value === 'W1')")
    page.get_by_role("tab", name="资料完整性").click()
    page.wait_for_selector("[aria-label='A6 · 访谈 · 前测：未收集，已注明原因 (请假回老家)']")

    written = (lab.folder / name).read_text(encoding="utf-8")
    assert [secret for secret in SECRETS if secret in written] == []
    assert watched["errors"] == []
    inside = (f"http://127.0.0.1:{lab.port}/", f"ws://127.0.0.1:{lab.port}/", "blob:", "data:")
    assert [url for url in watched["requests"] if not url.startswith(inside)] == []


def drop_from_disk(page, path):
    """Drop a file or folder as the window system would."""
    box = page.locator(".qk-documents-tab").bounding_box()
    place = {"x": box["x"] + 200, "y": box["y"] + 60}
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for event in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": event, **place, "data": data})


def test_a_folder_is_dropped_and_dropped_again_after_a_change(lab, page, study, tmp_path):
    path, write = study
    open_workbench(lab, page, write())
    folder = tmp_path / "我的研究"
    for wave in ("pre", "post"):
        place = folder / "interviews" / wave / "A3.txt"
        place.parent.mkdir(parents=True)
        place.write_text("社工：下课呢？\nA3：自己待着。\n", encoding="utf-8")
    drop_from_disk(page, folder)
    page.wait_for_selector(".qk-report:not(.qk-hidden) summary:has-text('已导入 3')")  # with study.yaml
    with qk.open_project(path, coder="Lin") as project:
        start = project.sources.get("pre/A3").text.index("自己")
        project.codings.add("pre/A3", start, start + 4, "type.withdrawal")

    (folder / "interviews" / "pre" / "A3.txt").write_text("社工：那下课呢？\nA3：自己待着。\n", encoding="utf-8")
    drop_from_disk(page, folder)
    page.wait_for_selector(".qk-report summary:has-text('文件有改动 1')")
    page.get_by_role("button", name="采用新版本: interviews/pre/A3.txt").click()
    page.wait_for_selector(".qk-report summary:has-text('已采用新版本 1')")
    with qk.open_project(path) as project:
        assert project.sources.get("pre/A3").text.startswith("社工：那下课呢？")
        assert project.codings.table()["text"].tolist() == ["自己待着"]


def test_files_and_folders_are_chosen_without_a_mouse_drag(lab, page, study, tmp_path):
    path, write = study
    open_workbench(lab, page, write())
    folder = tmp_path / "研究"
    for wave in ("pre", "post"):
        place = folder / "interviews" / wave / "A3.txt"
        place.parent.mkdir(parents=True)
        place.write_text("社工：下课呢？\nA3：自己待着。\n", encoding="utf-8")
    (folder / ".DS_Store").write_bytes(b"x")
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="选择文件夹……").click()
    chosen.value.set_files(folder)
    page.wait_for_selector(".qk-report:not(.qk-hidden) tbody tr")
    with qk.open_project(path) as project:
        assert sorted(project.sources.table()["name"]) == ["post/A3", "pre/A3"]

    # By a path, with a file of many pieces.
    large = tmp_path / "长访谈"
    large.mkdir()
    (large / "A3-long.txt").write_text("社工：下课呢？\nA3：自己待着。\n" * 40_000, encoding="utf-8")
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="选择文件……").click()
    chosen.value.set_files(large / "A3-long.txt")
    page.get_by_role("button", name="取消").click()
    page.fill(".qk-path", str(large))
    page.keyboard.press("Enter")
    page.wait_for_selector(".qk-form tbody tr")
    page.click(".qk-form .qk-primary")
    page.wait_for_selector(".qk-report:not(.qk-hidden) tbody tr:has-text('A3-long.txt')")
    with qk.open_project(path) as project:
        assert project.sources.table()["n_turns"].max() == 80_000


def test_a_document_is_edited_coded_removed_and_brought_back(lab, page, study):
    path, write = study
    with qk.open_project(path, coder="Lin") as project:
        for wave, words in (("pre", "自己待着。"), ("post", "跟他们玩。")):
            project.sources.add_text(
                f"{wave}/A3", f"社工：下课呢？\nA3：{words}\n", kind="interview", case="A3", wave=wave
            )
    open_workbench(lab, page, write())
    name = page.get_by_role("textbox", name="名称: pre/A3")
    name.fill("A3 第一次")
    page.keyboard.press("Enter")
    page.wait_for_selector(".qk-save[data-state=saved]")

    # Coding it in the next tab; its own undo and the transcript work as in the widget alone.
    page.get_by_role("button", name="给“A3 第一次”编码").click()
    page.wait_for_selector(".qk-coder[data-painted]")
    assert page.get_by_role("tab", name="编码", exact=True).get_attribute("aria-selected") == "true"
    page.focus(".qk-pane")
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.wait_for_selector(".qk-stripe")
    page.wait_for_selector(".qk-coder .qk-save[data-state=saved]")

    page.get_by_role("tab", name="资料").first.click()
    page.wait_for_function(
        "() => document.querySelector('.qk-document-list tbody td:nth-last-child(2)').textContent === '1'"
    )
    page.get_by_role("button", name="移除“A3 第一次”").click()
    page.wait_for_selector(".qk-documents-tab .qk-problem")  # codings hang on it
    page.get_by_role("button", name="移除“post/A3”").click()
    page.wait_for_selector(".qk-toast:has-text('post/A3') button")
    assert page.locator(".qk-document-list tbody tr").count() == 1
    page.click(".qk-toast button")
    page.wait_for_function("() => document.querySelectorAll('.qk-document-list tbody tr').length === 2")
    with qk.open_project(path) as project:
        assert project.sources.table()["name"].tolist() == ["A3 第一次", "post/A3"]
        assert project.codings.table()["source"].tolist() == ["A3 第一次"]

    # Going to the open document again leaves the place where it was.
    page.get_by_role("tab", name="编码", exact=True).click()
    assert page.locator(".qk-stripe").count() == 1


def test_the_tabs_follow_the_keys_and_no_key_reaches_the_notebook(lab, page, study):
    _, write = study
    notebook = open_workbench(lab, page, write("en"))
    cells = notebook.n_cells()
    page.get_by_role("tab", name="Documents").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.activeElement.textContent") == "Code"
    assert page.evaluate("() => document.activeElement.getAttribute('aria-selected')") == "true"
    page.keyboard.press("Home")
    page.wait_for_selector(".qk-documents-tab")
    selected = page.locator(".qk-workbench").get_by_role("tab", selected=True)
    assert [selected.nth(n).inner_text() for n in range(2)] == ["Documents", "Documents"]
    for key in ["b", "a", "d", "d", "x", "z", "ArrowDown", "Delete", "0", "0", "Control+s", "Escape"]:
        page.locator(".qk-views-bar [role=tab][aria-selected=true]").focus()
        page.keyboard.press(key)
    assert notebook.n_cells() == cells
    panels = page.evaluate(
        """() => [...document.querySelectorAll('.qk-workbench [role=tab]')].every((tab) => {
            const panel = document.getElementById(tab.getAttribute('aria-controls'));
            return panel?.getAttribute('role') === 'tabpanel' && panel.getAttribute('aria-labelledby') === tab.id;
        })"""
    )
    assert panels
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('.qk-workbench button, .qk-workbench select, .qk-workbench input')]
            .filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim()))
            .filter((one) => one.type !== 'file').length"""
    )
    assert unnamed == 0


def test_a_thousand_documents_are_sorted_and_filtered_without_waiting(lab, page, study):
    path, write = study
    with qk.open_project(path, coder="Lin") as project:
        for number in range(1_000):
            text = "社工：下课呢？\nA3：自己待着。\n" * 3
            project.sources.add_text(f"pre/N{number}", text, kind="interview", case="A3", wave="pre")
    open_workbench(lab, page, write())
    page.wait_for_selector(".qk-document-list tbody input")
    assert page.locator(".qk-document-list tbody tr").count() == 50
    assert "1,000" in page.inner_text(".qk-document-list .qk-pager").replace("1000", "1,000")
    took = page.evaluate(
        """async () => {
            const sort = document.querySelector('.qk-document-list [data-sort=name]');
            const start = performance.now();
            sort.click();
            sort.click();
            const filter = document.querySelector('.qk-filter');
            filter.value = 'N99';
            filter.dispatchEvent(new Event('input'));
            await new Promise(requestAnimationFrame);
            return performance.now() - start;
        }"""
    )
    assert took < 1_000
    assert page.locator(".qk-document-list tbody tr").count() == 11
