"""What was done in the workbench stands in its history, and memos in their list, in a real JupyterLab and Chromium."""

import pytest

import qualkit as qk

pytestmark = pytest.mark.browser

NOTEBOOK = """import qualkit as qk
project = qk.open_project({path!r}, coder="Lin")
project.workbench(language={language!r})"""

COMPOSE = """(field) => {
    const press = new KeyboardEvent('keydown', {
        key: 'Enter', ctrlKey: true, isComposing: true, bubbles: true, cancelable: true,
    });
    field.dispatchEvent(press);
    return press.defaultPrevented;
}"""


@pytest.fixture
def study(lab, request):
    """A project of its own for each test, and a notebook that opens its workbench."""
    name = f"{request.node.name.split('[')[0]}{abs(hash(request.node.name)) % 1000}"
    path = lab.folder / f"{name}.qualkit"
    with qk.create_project(path, title="交往偏差", prefix="DEV", coder="Lin") as project:
        project.codes.add("type.withdrawal", label={"zh": "退缩型", "en": "Withdrawal"})
        for wave, words in (("pre", "自己待着。"), ("post", "跟他们玩。")):
            project.sources.add_text(
                f"{wave}/A3", f"社工：下课呢？\nA3：{words}\n", kind="interview", case="A3", wave=wave
            )
    with qk.open_project(path, coder="Mei") as project:
        project.memos.add(project.sources.get("pre/A3").source_id, "梅的备忘", kind="theory")

    def write(language="zh"):
        lab.write_notebook(f"{name}.ipynb", NOTEBOOK.format(path=str(path), language=language))
        return f"{name}.ipynb"

    return path, write


@pytest.fixture
def errors(page):
    """What goes wrong in the page."""
    seen = []
    page.on("pageerror", lambda error: seen.append(str(error)))
    return seen


def open_workbench(lab, page, name):
    notebook = lab.open(page, name)
    notebook.run_all()
    page.wait_for_selector(".qk-document-list tbody tr", timeout=60_000)
    return notebook


def show(page, title):
    page.locator(".qk-shell-head").get_by_role("tab", name=title, exact=True).click()


def code_a_sentence(page):
    show(page, "编码")
    page.wait_for_selector(".qk-coder[data-painted]")
    page.focus(".qk-pane")
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.wait_for_selector(".qk-stripe")
    page.wait_for_selector(".qk-coder .qk-save[data-state=saved]")


def test_what_was_coded_and_edited_stands_in_the_history_and_is_undone_there(lab, page, study, errors):
    path, write = study
    open_workbench(lab, page, write())
    name = page.get_by_role("textbox", name="名称: post/A3")
    name.fill("A3 第二次")
    page.keyboard.press("Enter")
    page.wait_for_selector(".qk-documents-tab .qk-save[data-state=saved]")
    code_a_sentence(page)

    show(page, "历史")
    page.wait_for_selector(".qk-history-list li")
    lines = page.locator(".qk-history-list li").all_inner_texts()
    assert "编码" in lines[0]
    assert "Lin" in lines[0]
    assert "修改资料" in lines[1]
    assert "Mei" in lines[2]
    assert "今天" in page.inner_text(".qk-history-list h3 >> nth=0")

    # The button names what it takes back; the line is struck through, and the text is uncoded again.
    undo = page.locator(".qk-turn").first
    assert undo.inner_text().startswith("撤销：编码")
    undo.click()
    page.wait_for_selector(".qk-history-list li[data-action='codings.add'] s")
    assert "撤销：编码" in page.inner_text(".qk-history-list li >> nth=0")
    with qk.open_project(path) as project:
        assert project.codings.table().empty
    show(page, "编码")
    page.wait_for_function("() => !document.querySelector('.qk-stripe')")
    show(page, "历史")
    page.locator(".qk-turn").nth(1).click()
    page.wait_for_function("() => !document.querySelector('.qk-history-list s')")
    with qk.open_project(path) as project:
        assert len(project.codings.table()) == 1

    # Filters ask the kernel.
    page.get_by_label("编码者", exact=True).select_option("Mei")
    page.wait_for_function("() => document.querySelectorAll('.qk-history-list li').length === 1")
    page.get_by_label("编码者", exact=True).select_option("")
    page.get_by_label("类别", exact=True).select_option("documents")
    page.wait_for_function(
        """() => [...document.querySelectorAll('.qk-history-list li')].length === 3
            && [...document.querySelectorAll('.qk-history-list li')].every((one) => one.textContent.includes('资料'))"""
    )
    page.get_by_label("日期", exact=True).fill("2001-02-03")
    page.wait_for_selector(".qk-history-list .qk-empty")
    page.get_by_role("button", name="不限日期").click()
    page.wait_for_selector(".qk-history-list li")
    assert errors == []


def test_memos_are_written_changed_removed_and_brought_back(lab, page, study, errors):
    path, write = study
    open_workbench(lab, page, write())
    show(page, "备忘")
    page.wait_for_selector(".qk-memo")
    assert page.inner_text(".qk-memo p.qk-memo-text") == "梅的备忘"  # somebody else's is only read
    assert page.locator(".qk-memo textarea").count() == 0

    page.get_by_role("button", name="新备忘").click()
    page.get_by_label("写在哪一个上").select_option(label="post/A3")
    page.locator(".qk-memo-form").get_by_label("备忘的类别").select_option("safeguarding")
    text = page.get_by_label("备忘的内容")
    text.fill("要告诉督导")
    assert text.evaluate(COMPOSE) is False
    assert page.locator(".qk-memo").count() == 1
    text.press("Control+Enter")
    page.wait_for_selector(".qk-memo.qk-is-kept")
    assert "不导出" in page.inner_text(".qk-memo.qk-is-kept .qk-memo-head")

    area = page.get_by_role("textbox", name="“post/A3”的备忘")
    area.fill("别的")
    area.press("Escape")
    assert area.input_value() == "要告诉督导"
    area.fill("已告诉督导")
    area.press("Control+Enter")
    page.wait_for_selector(".qk-memos-tab .qk-save[data-state=saved]")
    with qk.open_project(path) as project:
        assert project.memos.table()["text"].tolist() == ["梅的备忘", "已告诉督导"]

    page.get_by_label("备忘中的词").fill("督导")
    assert page.locator(".qk-memo").count() == 1
    page.get_by_role("button", name="移除“post/A3”的备忘").click()
    page.wait_for_selector(".qk-memo-list .qk-empty")
    page.click(".qk-memos-tab .qk-toast button")
    page.wait_for_selector(".qk-memo.qk-is-kept")

    show(page, "历史")
    page.wait_for_selector(".qk-history-list li[data-action='memos.add']")
    assert "写备忘" in page.inner_text(".qk-history-list")
    assert errors == []
