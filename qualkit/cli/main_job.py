"""The main job on one study: build the project file, then figures, Word tables and the joint display."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from qualkit.checks import require_choice
from qualkit.errors import QualkitError
from qualkit.model import LANGUAGES

if TYPE_CHECKING:
    import pandas as pd

    from qualkit.cli.results import Results
    from qualkit.project import Project

_WORDS = {
    "zh": {
        "kept": "{path}：已有项目文件，保持不变。",
        "imported": "{path}：读入 {n} 个文件，拒绝 {refused} 个。",
        "importing": "读入",
        "no_images": "没有导出图片：{reason}",
        "written": "\n结果在 {folder}：",
        "agreement": "两位编码者（话轮层面）",
        "change": "量表前后测",
        "joint": "联合展示：整合结论（组员 × 维度）",
    },
    "en": {
        "kept": "{path}: kept as it is.",
        "imported": "{path}: {n} files in, {refused} refused.",
        "importing": "importing",
        "no_images": "No image files: {reason}",
        "written": "\nResults in {folder}:",
        "agreement": "Two coders, turn by turn",
        "change": "Scales before and after",
        "joint": "Joint display: fit (cases x themes)",
    },
}

_SHOWN = {
    "agreement": ["code", "percent_agreement", "cohen_kappa", "krippendorff_alpha", "n_units"],
    "change": ["subscale", "n", "mean_before", "mean_after", "difference", "p_value", "wilcoxon_p_exact", "cohen_dz"],
}


def study_folder() -> Path:
    """The reference study DEV of a clone."""
    folder = Path(__file__).resolve().parents[2] / "corpus" / "deviance"
    if not folder.exists():
        raise QualkitError(
            f"The reference study is not at {folder}. Run 'qualkit demo' in a clone of qualkit, "
            "or name a study's folder with --study."
        )
    return folder


def build_project(output: Path, *, study: Path, language: str) -> Path:
    """Import the study into ``output/<study>.qualkit``; a project that is there is kept, codings and all."""
    require_choice("language", language, LANGUAGES)
    from qualkit.project import create_project
    from qualkit.project.study import read_study

    output.mkdir(parents=True, exist_ok=True)
    path = output / f"{study.resolve().name}.qualkit"
    if path.exists():
        typer.echo(_WORDS[language]["kept"].format(path=path))
        return path

    described = read_study(study)
    title = described.title.get(language) or next(iter(described.title.values()))
    with create_project(path, title=title, prefix=described.prefix or "STUDY", waves=described.waves) as project:
        report = _import_with_progress(project, study, language)
    refused = report[report["status"] == "refused"]
    counts = {"n": len(report) - len(refused), "refused": len(refused)}
    typer.echo(_WORDS[language]["imported"].format(path=path, **counts))
    for row in refused.itertuples():
        typer.echo(f"  {row.file}: {row.detail}", err=True)
    return path


def run_headless(output: Path, *, study: Path, language: str) -> None:
    """Do the whole job without a browser and say in the terminal what came out."""
    from qualkit.cli.results import Results, write_documents, write_images
    from qualkit.project import open_project

    path = build_project(output, study=study, language=language)
    with open_project(path) as project:
        results = Results.of(project, language=language)
    files = write_documents(results, output)
    try:
        files += write_images(results, output)
    except QualkitError as error:
        typer.echo(_WORDS[language]["no_images"].format(reason=error), err=True)
    _print_summary(results, language)
    typer.echo(_WORDS[language]["written"].format(folder=output))
    for file in sorted([path, *files]):
        typer.echo(f"  {file.name}")


def _import_with_progress(project: Project, study: Path, language: str) -> pd.DataFrame:
    from rich.progress import Progress

    with Progress(transient=True) as progress:
        task = progress.add_task(_WORDS[language]["importing"], total=None)
        return project.import_folder(
            study,
            language=language,
            progress=lambda done, total, file: progress.update(task, completed=done, total=total),
        )


def _print_summary(results: Results, language: str) -> None:
    order = list(dict.fromkeys(results.joint["subscale"]))
    fits = results.joint.pivot(index="case", columns="subscale", values="fit")
    fits = fits.reindex(index=results.members["case"], columns=order).reset_index()
    words = _WORDS[language]
    if results.agreement is not None:
        _print_table(words["agreement"], results.agreement[_SHOWN["agreement"]], results)
    _print_table(words["change"], results.change[_SHOWN["change"]], results)
    _print_table(words["joint"], fits, results)


def _print_table(title: str, table: pd.DataFrame, results: Results) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from qualkit.reports.labels import column_label, value_label

    typer.echo(f"\n{title}")
    shown = Table(box=None)
    for column in table.columns:
        shown.add_column(escape(column_label(column, results.language, results.labels)))
    for row in table.itertuples(index=False):
        cells = [f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row]
        shown.add_row(*(escape(value_label(cell, results.language, results.labels)) for cell in cells))
    Console().print(shown)
