"""The command line: ``qualkit demo``, ``qualkit import`` and ``qualkit check``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

# Plain help: rich would double the time `qualkit --help` takes.
app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
    help="qualkit: from transcripts and scales to a joint display. 质性与混合研究工作台。",
)


@app.command()
def demo(
    headless: Annotated[
        bool, typer.Option("--headless", help="Do the whole job without a browser. 不打开浏览器，直接生成全部结果。")
    ] = False,
    output: Annotated[
        Path, typer.Option("--output", help="Folder for the project and its results. 项目与结果所在的文件夹。")
    ] = Path("qualkit-demo"),
    study: Annotated[Path | None, typer.Option("--study", help="Another study's folder. 另一项研究的文件夹。")] = None,
    language: Annotated[str, typer.Option("--language", help="zh or en")] = "zh",
    port: Annotated[int, typer.Option("--port", help="Port of JupyterLab; 0 takes that of the folder.")] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the browser, or only print the address.")
    ] = True,
) -> None:
    """The main job on the reference study: project file, then JupyterLab on the workbench notebook.

    用示例研究走完全程：建立项目文件，再在 JupyterLab 中打开工作台笔记本。
    """
    from qualkit.cli.main_job import build_project, run_headless, study_folder

    study = study or study_folder()
    if headless:
        run_headless(output, study=study, language=language)
        return
    from qualkit.cli.lab import open_lab

    build_project(output, study=study, language=language)
    open_lab(output, study=study, language=language, port=port, browser=browser)


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help="A study's folder, or files. 研究文件夹，或若干文件。")],
    project: Annotated[
        Path | None,
        typer.Option("--project", help="The .qualkit file, made if missing. 项目文件，没有则新建。"),
    ] = None,
    coder: Annotated[str | None, typer.Option("--coder", help="Who imports. 导入者。")] = None,
    changed: Annotated[
        str,
        typer.Option("--changed", help="Changed files: offer, accept, keep. 文件改动过：询问、更新、保留。"),
    ] = "offer",
    kind: Annotated[str | None, typer.Option("--kind", help="What the files are. 材料类型。")] = None,
    case: Annotated[str | None, typer.Option("--case", help="Whom they are about. 所属个案。")] = None,
    wave: Annotated[str | None, typer.Option("--wave", help="When: pre, post … 测次。")] = None,
    language: Annotated[str, typer.Option("--language", help="zh or en")] = "zh",
) -> None:
    """Import transcripts, records, questionnaires and tables into a project.

    导入逐字稿、观察记录、问卷与各类表格；再次导入时只补充新的内容。
    """
    from qualkit.cli.importing import import_paths

    is_whole = import_paths(
        paths, project=project, coder=coder, language=language, changed=changed, kind=kind, case=case, wave=wave
    )
    if not is_whole:
        raise typer.Exit(1)


@app.command()
def check(project: Annotated[Path, typer.Argument(help="A .qualkit file. 项目文件。")]) -> None:
    """Check a project file: integrity, quotes, references. 检查项目文件。"""
    from rich.console import Console

    from qualkit.project import open_project

    with open_project(project) as opened:
        problems = opened.check()
    if len(problems) == 0:
        typer.echo(f"{project}: sound. 完好。")
        return
    Console().print(problems.to_string(index=False), markup=False, highlight=False)
    raise typer.Exit(1)


def main() -> None:
    """Run the command line; an error of qualkit's is a message, not a traceback."""
    from qualkit.errors import QualkitError

    try:
        app()
    except QualkitError as error:
        typer.echo(f"qualkit: {error}", err=True)
        raise SystemExit(1) from error
