"""``qualkit import``: bring a study's folder or single files into a project, and say what became of each."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from qualkit.checks import require_choice
from qualkit.errors import OptionError, ReadError
from qualkit.model import LANGUAGES

if TYPE_CHECKING:
    import pandas as pd

    from qualkit.project import Project

_WORDS = {
    "zh": {
        "made": "已新建项目 {path}。",
        "imported": "导入",
        "unchanged": "未变",
        "changed": "文件已改动（待确认）",
        "new version": "已更新为新版本",
        "refused": "未能导入",
        "files": "{status}：{n} 个文件",
        "ask": "有 {n} 个文件在导入之后改动过，其编码会随文字移到新版本。现在更新吗？",
    },
    "en": {
        "made": "Made the project {path}.",
        "imported": "imported",
        "unchanged": "unchanged",
        "changed": "changed since (not taken yet)",
        "new version": "new version taken",
        "refused": "refused",
        "files": "{status}: {n} files",
        "ask": "{n} files have changed since; their codings would move along. Take the new versions?",
    },
}


def import_paths(
    paths: Sequence[Path],
    *,
    project: Path | None,
    coder: str | None,
    language: str,
    changed: str,
    kind: str | None,
    case: str | None,
    wave: str | None,
) -> bool:
    """Import, report, and ask about changed files when somebody sits there; whether nothing was refused."""
    require_choice("language", language, LANGUAGES)
    for path in paths:
        if not path.exists():
            raise ReadError(f"{path} does not exist. Check the name and the folder.")
    folders = [path for path in paths if path.is_dir()]
    if folders and (len(paths) > 1 or kind or case or wave):
        raise OptionError(f"{folders[0]} is a folder. Import one folder by itself, without --kind, --case and --wave.")
    opened = _open(project, paths, coder=coder, language=language)
    with opened:
        report = _import(opened, paths, changed=changed, language=language, kind=kind, case=case, wave=wave)
        _print_report(report, language)
        n_changed = int((report["status"] == "changed").sum())
        may_ask = n_changed > 0 and changed == "offer" and sys.stdin.isatty()
        if may_ask and typer.confirm(_WORDS[language]["ask"].format(n=n_changed)):
            report = _import(opened, paths, changed="accept", language=language, kind=kind, case=case, wave=wave)
            _print_report(report[report["status"] != "unchanged"], language)
    return not (report["status"] == "refused").any()


def _open(path: Path | None, paths: Sequence[Path], *, coder: str | None, language: str) -> Project:
    from qualkit.project import create_project, open_project
    from qualkit.project.study import read_study

    if path is None:
        if len(paths) != 1 or not paths[0].is_dir():
            raise OptionError("Into which project? Name it with --project FILE.qualkit.")
        path = Path(f"{paths[0].resolve().name}.qualkit")
    if path.exists():
        return open_project(path, coder=coder)
    if len(paths) == 1 and paths[0].is_dir():
        study = read_study(paths[0])
        title = study.title.get(language) or next(iter(study.title.values()))
        made = create_project(
            path,
            title=title,
            prefix=study.prefix or "QK",
            waves=study.waves,
            language=study.language or language,
            coder=coder,
        )
    else:
        made = create_project(path, language=language, coder=coder)
    typer.echo(_WORDS[language]["made"].format(path=path))
    return made


def _import(
    project: Project,
    paths: Sequence[Path],
    *,
    changed: str,
    language: str,
    kind: str | None,
    case: str | None,
    wave: str | None,
) -> pd.DataFrame:
    if paths[0].is_dir():
        return project.import_folder(paths[0], changed=changed, language=language)
    return project.import_files(paths, changed=changed, language=language, kind=kind, case=case, wave=wave)


def _print_report(report: pd.DataFrame, language: str) -> None:
    words = _WORDS[language]
    for status in ("imported", "new version", "unchanged", "changed", "refused"):
        rows = report[report["status"] == status]
        if rows.empty:
            continue
        typer.echo(words["files"].format(status=words[status], n=len(rows)))
        for file, detail in zip(rows["file"].tolist(), rows["detail"].tolist(), strict=True):
            _, _, odd = detail.partition("；" if language == "zh" else ";")
            if status in ("changed", "refused"):
                typer.echo(f"  {file}: {detail}", err=status == "refused")
            elif odd:
                typer.echo(f"  {file}: {odd.strip()}")
