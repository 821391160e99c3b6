"""The coding widget in a real JupyterLab and a real Chromium: coding, undo, reload, restart, keys, hostile text."""

import pytest

import qualkit as qk

pytestmark = pytest.mark.browser

TEXT = """编号：A3

社工：那你平时下课都做些什么呢？
A3：嗯……（沉默约十秒）下课我就自己待着，他们玩什么我也不过去。奶奶不让我跟他们玩，说要我看弟弟。😀我也不想去。
社工：后来呢？
A3：后来老师叫我去，我就去了。
"""
HOSTILE = """A1：<script>window.hacked = 1; alert("x")</script>
A1：<img src=x onerror="window.hacked = 2"> </textarea></style><svg onload=alert(1)>
A1：{{7*7}} ${7*7} javascript:alert(1) \u202eesrever\u202c &lt;b&gt;
"""
NOTEBOOK = """import qualkit as qk
from qualkit.widgets import CodingWidget
project = qk.open_project({path!r}, coder="Lin")
CodingWidget(project, {source!r}, language={language!r})"""


@pytest.fixture
def study(lab, request):
    """A project of its own for each test, and a notebook that opens it."""
    name = f"{request.node.name.split('[')[0]}{abs(hash(request.node.name)) % 1000}"
    path = lab.folder / f"{name}.qualkit"
    with qk.create_project(path, title="交往偏差", prefix="DEV", coder="Lin") as project:
        project.sources.add_text("pre/A3", TEXT, kind="interview", case="A3", wave="pre")
        project.sources.add_text("hostile", HOSTILE, kind="interview")
        withdrawal = {"zh": "退缩型", "en": "Withdrawal"}
        definition = {"zh": "以回避、沉默应对交往。", "en": "Responds by avoiding."}
        project.codes.add("type.withdrawal", label=withdrawal, definition=definition)
        project.codes.add("type.silence", parent="type.withdrawal", label={"zh": "沉默少言", "en": "Silence"})
        project.codes.add("cause.family", label={"zh": "家庭", "en": "Family"})

    def write(source="pre/A3", language="zh"):
        lab.write_notebook(f"{name}.ipynb", NOTEBOOK.format(path=str(path), source=source, language=language))
        return f"{name}.ipynb"

    return path, write


def codings(path):
    with qk.open_project(path) as project:
        return sorted(zip(project.codings.table()["text"], project.codings.table()["code"], strict=True))


def drag(page, first, last):
    """Select from the beginning of one quote to the end of another with the mouse."""
    place = """([quote, atEnd]) => {
        for (const row of document.querySelectorAll('.qk-text')) {
            const at = row.textContent.indexOf(quote);
            if (at < 0) continue;
            const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
            let left = atEnd ? at + quote.length : at;
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                if (left <= node.length) {
                    const range = document.createRange();
                    range.setStart(node, left);
                    const box = range.getClientRects()[0] ?? node.parentElement.getBoundingClientRect();
                    return [box.left, box.top + box.height / 2];
                }
                left -= node.length;
            }
        }
        return null;
    }"""
    start, end = page.evaluate(place, [first, False]), page.evaluate(place, [last, True])
    page.mouse.move(start[0] + 1, start[1])
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    page.mouse.move(end[0], end[1], steps=4)
    page.mouse.up()


def start_of_text(page):
    page.focus(".qk-pane")
    page.keyboard.press("Control+Home")


def test_codes_by_keyboard_and_mouse_survive_undo_reload_and_restart(lab, page, study):
    path, write = study
    notebook = lab.open(page, write())
    notebook.run_and_open()

    # By keyboard: third sentence, picker, a few letters, Enter.
    start_of_text(page)
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.keyboard.type("沉默")
    assert "沉默少言" in page.inner_text(".qk-picker-details")
    page.keyboard.press("Enter")
    notebook.saved()

    # By mouse: a passage that overlaps it, then a click in the tree; the selection stays for a second code.
    drag(page, "他们玩什么", "说要我看弟弟。")
    page.click(".qk-tree [data-code='cause.family']")
    page.click(".qk-tree [data-code='type.withdrawal']")
    notebook.saved()
    first = "嗯……（沉默约十秒）下课我就自己待着，他们玩什么我也不过去。"
    second = "他们玩什么我也不过去。奶奶不让我跟他们玩，说要我看弟弟。"
    assert codings(path) == sorted([(first, "type.silence"), (second, "cause.family"), (second, "type.withdrawal")])
    assert page.locator(".qk-stripe").count() == 3
    assert page.locator(".qk-coded").count() >= 3

    # Undo takes the last one back, and says which.
    page.focus(".qk-pane")
    page.keyboard.press("Control+z")
    page.wait_for_selector(".qk-toast:has-text('退缩型')")
    notebook.saved()
    expected = sorted([(first, "type.silence"), (second, "cause.family")])
    assert codings(path) == expected

    # The page is loaded anew, then the kernel is started anew: the codings are there, once each.
    page.reload()
    notebook.wait_for_kernel()
    notebook.run_and_open()
    assert page.locator(".qk-stripe").count() == 2
    notebook.restart_kernel()
    notebook.run_and_open()
    assert page.locator(".qk-stripe").count() == 2
    assert codings(path) == expected

    # Redo by the button still works after all that.
    page.click("button[title^='重做']")
    page.wait_for_function("() => document.querySelectorAll('.qk-stripe').length === 3")
    notebook.saved()
    assert len(codings(path)) == 3


def test_a_stripe_opens_the_card_where_memo_and_removal_are(lab, page, study):
    path, write = study
    with qk.open_project(path, coder="Lin") as project:
        at = TEXT.index("后来老师")
        project.codings.add("pre/A3", at, at + 4, "type.withdrawal")
        project.codings.add("pre/A3", at, at + 8, "cause.family", coder="Zhao", memo="别人的备忘")
    notebook = lab.open(page, write())
    notebook.run_and_open()
    assert page.locator(".qk-stripe").count() == 1
    page.select_option(".qk-coders", "*")
    assert page.locator(".qk-stripe").count() == 2

    page.click(".qk-coded:has-text('后来老师')")
    card = page.locator(".qk-card")
    assert card.locator("section").count() == 2
    assert "Zhao" in card.inner_text()
    assert "别人的备忘" in card.inner_text()
    assert card.locator("textarea").count() == 1
    card.locator("textarea").fill("与老师<b>一致</b>")
    page.keyboard.press("Escape")
    notebook.saved()
    with qk.open_project(path) as project:
        assert "与老师<b>一致</b>" in project.codings.table()["memo"].tolist()

    page.click(".qk-stripe[title*='Lin']")
    page.click(".qk-card .qk-danger")
    page.wait_for_selector(".qk-toast button")
    notebook.saved()
    assert [code for _, code in codings(path)] == ["cause.family"]
    page.click(".qk-toast button")
    page.wait_for_function("() => document.querySelectorAll('.qk-stripe').length === 2")
    notebook.saved()
    assert len(codings(path)) == 2


def test_the_card_keeps_the_focus_and_follows_undo(lab, page, study):
    path, write = study
    with qk.open_project(path, coder="Lin") as project:
        at = TEXT.index("后来老师")
        project.codings.add("pre/A3", at, at + 4, "type.withdrawal")
    notebook = lab.open(page, write())
    notebook.run_and_open()
    memo = page.locator(".qk-card textarea")
    focused = "() => document.activeElement.closest('.qk-card') ? document.activeElement.className : 'outside'"

    # Tab goes round within the card; Escape saves, closes and goes back to the text.
    page.click(".qk-coded:has-text('后来老师')")
    memo.click()
    page.keyboard.type("一")
    stops = []
    for key in ["Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"]:
        page.keyboard.press(key)
        stops.append(page.evaluate(focused))
    assert "outside" not in stops
    assert stops[2] == stops[5] == "qk-field"
    page.keyboard.press("Escape")
    assert page.locator(".qk-card").count() == 0
    assert page.evaluate("() => document.activeElement.className") == "qk-pane"
    notebook.saved()

    def saved_memo():
        with qk.open_project(path) as project:
            return project.codings.table()["memo"].tolist()

    assert saved_memo() == ["一"]

    # Undo and redo in the text show in the card, and the same words can be typed again.
    page.click(".qk-coded:has-text('后来老师')")
    assert memo.input_value() == "一"
    page.keyboard.press("Control+z")
    page.wait_for_function("() => document.querySelector('.qk-card textarea')?.value === ''")
    notebook.saved()
    memo.fill("一")
    page.focus(".qk-pane")
    notebook.saved()
    assert saved_memo() == ["一"]

    # Going elsewhere in the notebook saves the memo and closes the card.
    memo.fill("二")
    page.evaluate("() => document.querySelector('.jp-Notebook .cm-content').focus()")
    page.wait_for_selector(".qk-card", state="detached")
    notebook.saved()
    assert saved_memo() == ["二"]

    # A coding that is gone takes its card along.
    start_of_text(page)
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.click(".qk-coded:has-text('编号')")
    assert page.locator(".qk-card section").count() == 1
    page.keyboard.press("Control+z")
    page.wait_for_selector(".qk-card", state="detached")
    notebook.saved()


def test_quick_codes_and_shift_enter_put_several_codes_on_one_passage(lab, page, study):
    path, write = study
    notebook = lab.open(page, write(language="en"))
    notebook.run_and_open()
    start_of_text(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.keyboard.type("silen")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("famil")
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    page.keyboard.press("1")
    assert "already" in page.inner_text(".qk-toast")
    notebook.saved()
    quote = "那你平时下课都做些什么呢？"
    assert codings(path) == sorted([(quote, "type.silence"), (quote, "cause.family"), (quote, "type.withdrawal")])


def test_the_words_themselves_become_a_code(lab, page, study):
    path, write = study
    notebook = lab.open(page, write(language="zh"))
    notebook.run_and_open()
    start_of_text(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("v")
    page.wait_for_selector(".qk-new-code.qk-highlighted")
    page.keyboard.type("想知道课间做什么")
    page.keyboard.press("Tab")
    page.select_option(".qk-under", "cause.family")
    page.keyboard.press("Enter")
    notebook.saved()
    assert codings(path) == [("那你平时下课都做些什么呢？", "cause.family.想知道课间做什么")]
    assert "想知道课间做什么" in page.inner_text(".qk-tree")
    for _ in range(4):
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("b")
    notebook.saved()
    assert codings(path) == [("那你平时下课都做些", "cause.family.想知道课间做什么")]
    page.keyboard.press("Control+z")
    page.wait_for_function("document.querySelector('.qk-toast')?.textContent.includes('已撤销')")
    assert codings(path) == [("那你平时下课都做些什么呢？", "cause.family.想知道课间做什么")]
    assert notebook.n_cells() == 1


def test_two_programs_on_one_project_follow_each_other(lab, page, study):
    path, write = study
    notebook = lab.open(page, write(language="en"))
    notebook.run_and_open()
    with qk.open_project(path, coder="Lin") as other:
        place = other.sources.get("pre/A3").text.index("那你")
        made = other.codings.add("pre/A3", place, place + 4, "cause.family")
        page.wait_for_selector(f".qk-stripe[data-coding='{made}']", timeout=10_000)
        page.click(f".qk-stripe[data-coding='{made}']")
        page.fill(".qk-card textarea", "mine")
        other.codings.set_memo(made, "theirs")
        page.wait_for_timeout(3_000)
        assert page.input_value(".qk-card textarea") == "mine"
        page.keyboard.press("Control+Enter")
        toast = page.inner_text(".qk-toast.qk-problem")
        assert "“theirs”" in toast
        assert "“mine”" in toast
        assert other.codings.table()["memo"].tolist() == ["theirs"]
        page.click(".qk-toast.qk-problem button")
        notebook.saved()
        assert other.codings.table()["memo"].tolist() == ["mine"]


def test_a_book_length_text_is_selected_and_coded_as_a_whole(lab, page, study):
    path, write = study
    line = "A3：😀我就自己待着，他们玩什么我也不过去。"
    with qk.open_project(path, coder="Lin") as project:
        project.sources.add_text("long", "\n".join([line] * 1_500), kind="interview")
    notebook = lab.open(page, write(source="long"))
    notebook.run_and_open()
    start_of_text(page)
    page.keyboard.press("Control+End")
    page.wait_for_function("() => [...document.querySelectorAll('.qk-number')].some((n) => n.textContent === '1500')")
    assert page.locator(".qk-row").count() < 120
    page.keyboard.press("Control+a")
    page.keyboard.press("1")
    notebook.saved()
    with qk.open_project(path) as project:
        row = project.codings.table().iloc[0]
        assert (row["start"], row["end"]) == (0, 1_500 * (len(line) + 1) - 1)

    # The mouse: a word, a sentence, a whole row by its number.
    page.keyboard.press("Control+Home")
    page.locator(".qk-text").first.dblclick(position={"x": 60, "y": 14})
    word = "".join(page.locator(".qk-selected").all_inner_texts())
    assert 1 <= len(word) <= 4
    page.keyboard.press(".")
    assert "".join(page.locator(".qk-selected").all_inner_texts()) == line.removeprefix("A3：")
    page.locator(".qk-number").nth(1).click()
    page.keyboard.press("2")
    notebook.saved()
    with qk.open_project(path) as project:
        last = project.codings.table().sort_values("coding_id").iloc[-1]
        assert last["text"] == line.removeprefix("A3：")
        assert last["start"] == len(line) + 1 + 3


def test_a_document_opens_at_its_first_turn_with_its_head_above(lab, page, study):
    path, write = study
    head = [f"日期与地点第{number}行" for number in range(1, 9)]
    with qk.open_project(path, coder="Lin") as project:
        project.sources.add_text("headed", "\n".join([*head, *["A3：我就自己待着。"] * 80]), kind="interview")
    notebook = lab.open(page, write(source="headed"))
    notebook.run_and_open()
    top_row = """() => {
        const top = document.querySelector('.qk-pane').getBoundingClientRect().top;
        const rows = [...document.querySelectorAll('.qk-row')];
        const shown = rows.filter((row) => row.getBoundingClientRect().bottom > top + 4);
        return Math.min(...shown.map((row) => Number(row.querySelector('.qk-number').textContent)));
    }"""
    assert page.evaluate(top_row) == 9
    page.focus(".qk-pane")
    page.keyboard.press("j")
    assert page.locator(".qk-selected").all_inner_texts() == ["我就自己待着。"]
    page.evaluate("() => { document.querySelector('.qk-pane').scrollTop = 0; }")
    page.wait_for_selector(".qk-text:has-text('日期与地点第1行')")
    assert page.evaluate(top_row) == 1


def test_no_key_reaches_the_notebook(lab, page, study):
    _, write = study
    notebook = lab.open(page, write())
    notebook.run_and_open()
    cells = notebook.n_cells()
    start_of_text(page)
    keys = [
        *"abcdefghijklmnopqrstuvwxyz0123456789[]{}.,;'",
        "d",
        "d",
        "0",
        "0",
        "x",
        "z",
        "Delete",
        "ArrowUp",
        "ArrowDown",
    ]
    for key in [*keys, "Control+s", "Control+b", "Control+d", "Shift+m", "y", "Escape", "b", "a"]:
        page.focus(".qk-pane")
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    assert notebook.n_cells() == cells
    assert page.locator(".qk-coder").count() == 1
    page.fill(".qk-search", "老师")
    page.keyboard.press("Enter")
    assert page.inner_text(".qk-hits") == "第 1 处，共 1 处"
    assert page.locator(".qk-selected").all_inner_texts() == ["老师"]
    assert notebook.n_cells() == cells


def test_actions_made_while_the_kernel_is_down_are_saved_when_the_cell_runs_again(lab, page, study):
    path, write = study
    notebook = lab.open(page, write())
    notebook.run_and_open()
    notebook.restart_kernel()  # the widget looks alive, its kernel side is gone
    start_of_text(page)
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.keyboard.press("j")
    page.keyboard.press("2")
    assert page.get_attribute(".qk-save", "data-state") != "saved"
    page.wait_for_selector(".qk-banner:not(.qk-hidden)", timeout=30_000)
    assert "2" in page.inner_text(".qk-banner")
    assert codings(path) == []

    page.reload()  # not even this loses them
    notebook.wait_for_kernel()
    notebook.run_and_open()
    page.wait_for_selector(".qk-toast:has-text('2')")
    notebook.saved()
    expected = sorted([("编号：A3", "type.withdrawal"), ("那你平时下课都做些什么呢？", "type.silence")])
    assert codings(path) == expected
    notebook.run_and_open()
    notebook.saved()
    assert codings(path) == expected
    assert page.locator(".qk-stripe").count() == 2


def test_codings_are_saved_while_a_cell_is_computing(lab, page, study):
    path, write = study
    notebook = lab.open(page, write())
    notebook.run_and_open()
    page.evaluate(
        """() => {
            const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            window.computing = true;
            const work = kernel.requestExecute({ code: "import time; time.sleep(9)" });
            void work.done.then(() => { window.computing = false; });
        }"""
    )
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'busy'"
    )
    start_of_text(page)
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.wait_for_selector(".qk-stripe")
    notebook.saved()
    assert page.evaluate("() => window.computing")
    assert len(codings(path)) == 1


def test_a_hostile_transcript_is_shown_as_written_and_runs_nothing(lab, page, study):
    path, write = study
    name = "<img src=x onerror='window.hacked=3'>"
    with qk.open_project(path, coder="Lin") as project:
        project.codes.add("evil", label={"zh": name, "en": name}, definition={"zh": f"<script>{name}</script>"})
        project.codings.add("hostile", 3, 20, "evil", memo=name)
    dialogs, requests = [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    notebook = lab.open(page, write(source="hostile"))
    page.on("request", lambda request: requests.append(request.url))
    notebook.run_and_open()
    text = page.evaluate("() => [...document.querySelectorAll('.qk-text')].map((row) => row.textContent)")
    assert text == [line.removeprefix("A1：") for line in HOSTILE.strip().split("\n")]
    page.click(".qk-stripe")
    page.keyboard.press("Escape")
    page.focus(".qk-pane")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.wait_for_timeout(500)
    assert dialogs == []
    assert page.evaluate("() => window.hacked") is None
    assert page.locator(".qk-coder script, .qk-coder img, .qk-coder iframe, .qk-coder svg[onload]").count() == 0
    outside = [url for url in requests if not url.startswith((f"http://127.0.0.1:{lab.port}/", "blob:", "data:"))]
    assert outside == []
    assert not any(url.endswith("/x") for url in requests)


@pytest.mark.parametrize(
    ("language", "saved", "filter_words"), [("zh", "已保存", "筛选编码"), ("en", "Saved", "Filter codes")]
)
def test_the_interface_speaks_both_languages(lab, page, study, language, saved, filter_words):
    _, write = study
    notebook = lab.open(page, write(language=language))
    notebook.run_and_open()
    assert saved in page.inner_text(".qk-save")
    assert page.get_attribute(".qk-side .qk-field", "placeholder") == filter_words
    assert ("退缩型" if language == "zh" else "Withdrawal") in page.inner_text(".qk-tree")


def test_nothing_of_the_transcript_is_kept_in_the_notebook_file(lab, page, study):
    _, write = study
    name = write()
    notebook = lab.open(page, name)
    notebook.run_and_open()
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    written = (lab.folder / name).read_text(encoding="utf-8")
    for secret in ("自己待着", "退缩型", "交往偏差"):
        assert secret not in written
