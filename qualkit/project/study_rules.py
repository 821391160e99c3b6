"""Import what a study goes by: its settings, its codebooks and its scales."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from qualkit.codebook import read_codebook
from qualkit.project.cases import set_speaker
from qualkit.project.codebook import load_codebook
from qualkit.project.journal import Action
from qualkit.project.lookups import present
from qualkit.project.scales import write_scale
from qualkit.project.schema import cases
from qualkit.project.settings import read_settings, write_settings
from qualkit.project.study import Study
from qualkit.remarks import Remark
from qualkit.scales import read_scale


def import_settings(action: Action, path: Path, study: Study, *, is_guessed: bool = False) -> str:
    """Take over waves, sites, language and links; the prefix of the ids stays what it is."""
    known = read_settings(action.connection)
    waves = [*study.waves, *(wave for wave in known["waves"] if wave not in study.waves)]
    values = {"waves": waves, "sites": study.sites, "links": study.links}
    values |= {"language": study.language} if study.language else {}
    values |= {"titles": study.title, "speakers": study.speakers}
    write_settings(action, values)
    apply_speakers(action)
    if is_guessed:
        return Remark(
            "written by the names of folders and files: check its title, waves and speakers, and import again",
            "按文件夹和文件名写成：请核对其中的题目、时点和说话人，改好后再导入一次",
        )
    if study.prefix and study.prefix != known["prefix"]:
        return Remark(
            f"ids begin with {known['prefix']}, not {study.prefix}: the prefix is chosen when a project is made",
            f"编号前缀仍是 {known['prefix']}，不是 {study.prefix}：前缀在新建项目时确定",
        )
    return ""


def import_codebook(action: Action, path: Path, study: Study) -> str:
    """Load a codebook."""
    return load_codebook(action, read_codebook(path))


def import_scale(action: Action, path: Path, study: Study) -> str:
    """Store a scale."""
    scale = read_scale(path)
    write_scale(action, scale)
    return Remark(f"{scale.id}: {len(scale.items)} items", f"{scale.id}：{len(scale.items)} 个题项")


def apply_speakers(action: Action) -> None:
    """Say who speaks under the labels that ``study.yaml`` names, as far as the cases are there."""
    rules = read_settings(action.connection).get("speakers") or {}
    known = set(action.connection.execute(select(cases.c.case).where(present(cases))).scalars())
    for label, case in rules.items():
        if case is None or case in known:
            set_speaker(action, None, label, case)
