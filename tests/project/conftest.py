"""A small project to try things on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualkit.project import Project, create_project

TEXT = "访谈者：下课的时候你一般做什么？\nA3：自己待着。（低头）\n访谈者：不跟他们玩？\nA3：我过去，他们也不说话。😀\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a project may be made."""
    return tmp_path / "deviance.qualkit"


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    """A project with one interview and a small codebook."""
    with create_project(path, title="交往偏差", prefix="DEV", coder="Lin") as project:
        project.cases.add("A3", role="member", site="M1", sex="男")
        project.sources.add_text("pre/A3", TEXT, kind="interview", case="A3", wave="pre")
        project.codes.add("type", label={"zh": "偏差类型", "en": "type"}, is_assignable=False)
        project.codes.add("type.withdrawal", label={"zh": "退缩型", "en": "withdrawal"})
        project.codes.add("type.withdrawal.silence", label={"zh": "沉默少言", "en": "silence"})
        project.codes.add("cause", label={"zh": "成因", "en": "cause"})
        yield project
