"""The codebook is edited in its tab, and the Code tab follows, in a real JupyterLab and Chromium."""

import pytest

import qualkit as qk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTEBOOK = """import qualkit as qk
project = qk.open_project({path!r}, coder="Lin")
project.workbench(language="zh")"""


def test_a_definition_is_written_and_a_code_added_beside_the_text(lab, page):
    path = lab.folder / "codebook.qualkit"
    with qk.create_project(path, title="交往偏差", prefix="DEV", coder="Lin") as project:
        project.sources.add_text("pre/A3", "社工：下课呢？\nA3：自己待着。\n", kind="interview", case="A3", wave="pre")
        project.codes.add("type", label={"zh": "偏差类型", "en": "Type"}, is_assignable=False)
        project.codes.add("type.withdrawal", label={"zh": "退缩型", "en": "Withdrawal"})
    lab.write_notebook("codebook.ipynb", NOTEBOOK.format(path=str(path)))
    notebook = lab.open(page, "codebook.ipynb")
    notebook.run_and_open(".qk-workbench [data-tab=codebook]")
    page.click("[data-tab=code]")
    page.wait_for_selector(".qk-coder[data-painted]")
    page.click("[data-tab=codebook]")
    page.click(".qk-codebook-list [data-code='type.withdrawal']")
    page.fill("textarea[aria-label='定义 (中文)']", "以回避、沉默应对交往")
    page.keyboard.press("Tab")
    page.keyboard.type("avoids")  # the next field keeps the focus while the first is being saved
    page.wait_for_selector(".qk-codebook-head >> text=第 2 次修订")
    page.keyboard.type(" contact")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".qk-codebook-head >> text=第 3 次修订")
    page.fill("input[aria-label='新编码的名称']", "像蚊子")
    page.select_option(".qk-codebook-tab .qk-select", "type")
    page.press("input[aria-label='新编码的名称']", "Enter")
    page.wait_for_selector(".qk-codebook-list [data-code='type.像蚊子'][aria-selected=true]")
    with qk.open_project(path) as project:
        code = project.codes.table().set_index("code").loc["type.withdrawal"]
        assert (code["definition_zh"], code["definition_en"]) == ("以回避、沉默应对交往", "avoids contact")
    page.click("[data-tab=code]")
    page.wait_for_selector(".qk-tree [data-code='type.像蚊子']")
    assert notebook.n_cells() == 1
