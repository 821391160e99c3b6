"""The scales of a project: keys for scoring, kept with the responses they score."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pandas as pd
from sqlalchemy import select

from qualkit.project.journal import Action, Row
from qualkit.project.lookups import find_scale, present
from qualkit.project.schema import scales
from qualkit.project.section import Section
from qualkit.scales import Norm, Scale


class Scales(Section):
    """The scales of a project: ``project.scales``."""

    def add(self, scale: Scale, *, op_id: str | None = None) -> str:
        """Add a scale read by ``qk.scales.read_scale``, or bring a known one up to date; its id."""

        def work(action: Action) -> str:
            action.summary = scale.id
            return write_scale(action, scale)

        return self._journal.run("scales.add", work, op_id=op_id)

    def get(self, scale: str) -> Scale:
        """A scale by its name."""
        with self._database.read() as connection:
            return to_scale(find_scale(connection, scale))

    def table(self) -> pd.DataFrame:
        """One row per scale."""
        statement = select(scales.c.scale_id, scales.c.scale).where(present(scales)).order_by(scales.c.scale_id)
        return self._frame(statement, dict.fromkeys(("scale_id", "scale"), "text"))


def write_scale(action: Action, scale: Scale) -> str:
    """Store a scale; its id."""
    definition = json.loads(json.dumps(asdict(scale)))
    same = select(scales.c.scale_id).where(scales.c.scale == scale.id, present(scales))
    scale_id = action.connection.execute(same).scalar()
    if scale_id is not None:
        action.update(scales, scale_id, definition=definition)
        return scale_id
    scale_id = action.new_id()
    action.insert(scales, [{"scale_id": scale_id, "scale": scale.id, "definition": definition}])
    return scale_id


def to_scale(row: Row) -> Scale:
    """The scale of a row of ``scales``."""
    definition: dict[str, Any] = dict(row["definition"])
    norms = {name: Norm(**norm) for name, norm in definition.pop("norms").items()}
    return Scale(**definition, norms=norms)
