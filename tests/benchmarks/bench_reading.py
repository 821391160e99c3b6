"""Reading and importing beside python-docx, openpyxl and pyreadstat, and how the cost grows with the study."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

CHARACTERS = 10_000
N_DOCUMENTS = 1_000
SIZES = (100, 1_000, 10_000)

_WORDS = "下课的时候你一般做什么就自己待着他们玩的我也不过去说话有一次小宇叫跳绳怕又高兴要是妈妈在讲给她听爷爷奶奶学校"


def main() -> None:
    """Print one table of times and ratios, measured in this run."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        print(f"{'what':58} {'qualkit':>10} {'other':>10} {'ratio':>7}")
        bench_docx(place)
        bench_xlsx(place)
        bench_txt(place)
        bench_sav(place)
        bench_words()
        bench_growth(place)


def bench_docx(place: Path) -> None:
    """1,000 Word files imported into a project, beside python-docx reading their paragraphs."""
    import docx

    study = place / "study"
    write_documents(study, N_DOCUMENTS)
    files = sorted(study.rglob("*.docx"))

    def other() -> None:
        for file in files:
            _ = [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]

    theirs = seconds(other)
    ours, peak = import_in_process(study, place / "docx.qualkit")
    say(f"{N_DOCUMENTS:,} docx of {CHARACTERS:,} characters imported", ours, theirs)
    print(f"{'  peak memory of the import, MiB':58} {peak:10.0f}")


def bench_xlsx(place: Path) -> None:
    """A table of 10,000 x 100 answers, beside openpyxl."""
    import openpyxl
    import xlsxwriter

    from qualkit.readers import read_table

    file = place / "answers.xlsx"
    rng = random.Random(1)
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["编号", *(f"第{item}题" for item in range(1, 100))])
        for row in range(1, 10_001):
            sheet.write_row(row, 0, [f"A{row}", *(rng.randint(1, 5) for _ in range(99))])

    def other(*, read_only: bool) -> None:
        book = openpyxl.load_workbook(file, read_only=read_only)
        _ = [list(row) for row in book.active.iter_rows(values_only=True)]

    ours = seconds(lambda: read_table(file))
    say("xlsx of 10,000 x 100 read", ours, seconds(lambda: other(read_only=False)))
    say("  beside openpyxl's reading without cells of its own", ours, seconds(lambda: other(read_only=True)))


def bench_txt(place: Path) -> None:
    """A transcript of 5,000,000 characters."""
    from qualkit.project import create_project
    from qualkit.readers import read_source

    file = place / "long.txt"
    file.write_text("\n".join(lines(5_000_000, seed=2)), encoding="utf-8")
    say("txt of 5,000,000 characters read", seconds(lambda: read_source(file)))
    with create_project(place / "long.qualkit") as project:
        say("  and imported", seconds(lambda: project.import_files(file, progress=False)))


def bench_sav(place: Path) -> None:
    """An SPSS file of 10,000 x 200 answers, beside pyreadstat alone."""
    import numpy as np
    import pandas as pd
    import pyreadstat

    from qualkit.readers import read_survey

    answers = np.random.default_rng(3).integers(1, 6, size=(10_000, 200)).astype(float)
    table = pd.DataFrame(answers, columns=[f"Q{item}" for item in range(1, 201)])
    file = place / "answers.sav"
    pyreadstat.write_sav(table, file)
    say("sav of 10,000 x 200 read", seconds(lambda: read_survey(file)), seconds(lambda: pyreadstat.read_sav(file)))


def bench_words() -> None:
    """Words of 1,700,000 Chinese characters, beside jieba, which finds the same."""
    from qualkit.language.segmenter import cut_words, jieba_cut

    text = "\n".join(lines(1_700_000, seed=4))
    cut_words("先装入词典")
    reference = jieba_cut()
    say(
        "words of 1,700,000 characters (other: jieba)",
        seconds(lambda: cut_words(text)),
        seconds(lambda: reference(text)),
    )


def bench_growth(place: Path) -> None:
    """Short transcripts of 1,000 characters: what one document costs in small and in large studies."""
    print(f"\n{'documents':>10} {'seconds':>10} {'ms each':>10} {'again, ms each':>16}")
    for n in SIZES:
        study = place / f"of_{n}" / "interviews" / "pre"
        study.mkdir(parents=True)
        for number in range(1, n + 1):
            text = "\n".join(lines(1_000, seed=number))
            (study / f"A{number}.txt").write_text(text, encoding="utf-8")
        first, _ = import_in_process(study.parents[1], place / f"of_{n}.qualkit")
        again, _ = import_in_process(study.parents[1], place / f"of_{n}.qualkit")
        print(f"{n:10,} {first:10.1f} {1000 * first / n:10.2f} {1000 * again / n:16.2f}")


_IMPORT = """
import resource, sys, time
from pathlib import Path
from qualkit.project import create_project, open_project
path = Path(sys.argv[2])
with (open_project(path) if path.exists() else create_project(path, prefix="B")) as project:
    start = time.perf_counter()
    report = project.import_folder(sys.argv[1], progress=False)
    took = time.perf_counter() - start
assert not (report["status"] == "refused").any(), report[report["status"] == "refused"].iloc[0].to_dict()
print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def import_in_process(study: Path, project: Path) -> tuple[float, float]:
    """Seconds and peak MiB of an import in a process of its own."""
    command = [sys.executable, "-c", _IMPORT, str(study), str(project)]
    took, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(took), float(peak)


def lines(n_characters: int, *, seed: int) -> list[str]:
    """Turns of an interview, about so many characters in all."""
    rng = random.Random(seed)
    made: list[str] = []
    size = 0
    while size < n_characters:
        speaker = "A3" if len(made) % 2 else "访谈者"
        words = "".join(rng.choices(_WORDS, k=rng.randint(10, 90)))
        made.append(f"{speaker}：{words}。" + ("（低头）" if rng.random() < 0.1 else ""))
        size += len(made[-1]) + 1
    return made


def write_documents(study: Path, n: int) -> None:
    """Word files as Word writes them: the label a bold run, the words in runs of their own."""
    import docx

    folder = study / "interviews" / "pre"
    folder.mkdir(parents=True)
    for number in range(1, n + 1):
        document = docx.Document()
        for line in lines(CHARACTERS, seed=number):
            label, words = line.split("：", 1)
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{label}：").bold = True
            paragraph.add_run(words[: len(words) // 2])
            paragraph.add_run(words[len(words) // 2 :])
        document.save(str(folder / f"A{number}.docx"))


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def say(what: str, ours: float, theirs: float | None = None) -> None:
    """One line of the table."""
    other = "" if theirs is None else f"{theirs:9.2f}s {theirs / ours:6.1f}x"
    print(f"{what:58} {ours:9.2f}s {other}", flush=True)


if __name__ == "__main__":
    main()
