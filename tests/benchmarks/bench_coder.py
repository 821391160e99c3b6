"""The coding widget at book length: 100,000 characters with 2,000 codings in JupyterLab and headless Chromium."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import qualkit as qk

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ui"))

from jupyter_page import CHROMIUM_FLAGS, Lab, LabPage, find_chromium

CHARACTERS, CODINGS, OPENINGS, ACTIONS = 100_000, 2_000, 5, 200
SENTENCES = (
    "下课我就自己待着，他们玩什么我也不过去。",
    "奶奶不让我跟他们玩，说要我看弟弟。",
    "有一次我把他的本子撕了，因为他说我爸爸不要我了。",
    "（沉默约十秒）不知道。",
    "后来老师叫我去小组，我就去了，一开始也不说话。",
)

# From running the cell until the text and its stripes stand on the screen.
OPEN = """() => new Promise((resolve) => {
    document.querySelectorAll('.qk-coder').forEach((old) => delete old.dataset.painted);
    const began = performance.now();
    const watch = () => {
        const coder = document.querySelector('.qk-coder[data-painted]');
        if (coder && coder.querySelector('.qk-row') && coder.querySelector('.qk-stripe')) {
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
        } else requestAnimationFrame(watch);
    };
    window.jupyterapp.commands.execute('notebook:run-cell');
    watch();
})"""

# One key press: when the new stripe is drawn, and when the sign says saved.
APPLY = """(key) => new Promise((resolve) => {
    const pane = document.querySelector('.qk-pane');
    const sign = document.querySelector('.qk-save');
    const press = (name, code) => pane.dispatchEvent(
        new KeyboardEvent('keydown', { key: name, code, bubbles: true, cancelable: true }));
    press('j', 'KeyJ');
    requestAnimationFrame(() => setTimeout(() => {
        const began = performance.now();
        let shown = null;
        press(key, `Digit${key}`);
        if (sign.dataset.state === 'saved') return resolve(null);
        requestAnimationFrame(() => setTimeout(() => { shown = performance.now() - began; }, 0));
        const watch = () => {
            if (shown !== null && sign.dataset.state === 'saved') resolve([shown, saved]);
            else setTimeout(watch, 2);
        };
        let saved = null;
        new MutationObserver((_, observer) => {
            if (sign.dataset.state !== 'saved') return;
            saved = performance.now() - began;
            observer.disconnect();
        }).observe(sign, { attributes: true });
        watch();
    }, 0));
})"""


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        make_project(Path(folder) / "bench.qualkit")
        lab = Lab(Path(folder))
        try:
            lab.write_notebook("bench.ipynb", "import qualkit as qk\nfrom qualkit.widgets import CodingWidget", OPENING)
            lab.wait()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
                measure(lab, browser.new_page(viewport={"width": 1280, "height": 900}))
                browser.close()
        finally:
            lab.stop()


OPENING = """project = qk.open_project("bench.qualkit", coder="Lin")
CodingWidget(project, "long")"""


def make_project(path: Path) -> None:
    """A long invented interview with many overlapping codings."""
    chance = random.Random(1)
    text = ""
    while len(text) < CHARACTERS:
        answer = "".join(chance.choice(SENTENCES) for _ in range(chance.randint(1, 7)))
        text += f"社工：那你平时下课都做些什么呢？\nA3：{answer}\n"
    with qk.create_project(path, title="Benchmark", prefix="B", coder="Lin") as project:
        source = project.sources.add_text("long", text, kind="interview", case="A3", wave="pre")
        codebook = Path(__file__).resolve().parents[2] / "codebooks" / "interpersonal_deviance.yaml"
        project.codebook.load(codebook)
        codes = project.codes.table()
        keys = codes.loc[codes["is_assignable"], "code"].tolist()
        for _ in range(CODINGS):
            start = chance.randrange(len(text) - 200)
            project.codings.add(source, start, start + chance.randint(8, 160), chance.choice(keys))


def measure(lab: Lab, page: Page) -> None:
    """Open five times, then code two hundred passages."""
    notebook = lab.open(page, "bench.ipynb")
    run_first_cell(notebook)
    openings = []
    for _ in range(OPENINGS):
        page.evaluate("() => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = 1; }")
        openings.append(page.evaluate(OPEN))
        page.wait_for_timeout(500)
    print(f"{CHARACTERS:,} characters, {CODINGS:,} codings: cell run to painted {spread(openings)}")
    page.focus(".qk-pane")
    page.keyboard.press("Control+Home")
    timed = [page.evaluate(APPLY, str(number % 9 + 1)) for number in range(ACTIONS)]
    done = [each for each in timed if each is not None]
    print(f"{len(done)} of {ACTIONS} applied: shown {spread([shown for shown, _ in done])}")
    print(f"{len(done)} of {ACTIONS} applied: acknowledged as saved {spread([saved for _, saved in done])}")
    print(f"elements in the widget: {page.evaluate('() => document.querySelectorAll(`.qk-coder *`).length')}")


def run_first_cell(notebook: LabPage) -> None:
    """The imports, which are not part of opening."""
    notebook.page.evaluate(
        """async () => {
            window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0;
            await window.jupyterapp.commands.execute('notebook:run-cell');
        }"""
    )


def spread(values: list[float]) -> str:
    """Median, 95th percentile and maximum."""
    ordered = sorted(values)
    high = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return f"median {statistics.median(ordered):.0f} ms, 95 % {high:.0f} ms, most {ordered[-1]:.0f} ms"


if __name__ == "__main__":
    main()
