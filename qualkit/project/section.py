"""What all sections of a project share: they read from its database and write through its journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Select

from qualkit.project.frames import to_frame
from qualkit.project.journal import Journal
from qualkit.project.withdrawn import without_withdrawn


class Section:
    """One part of a project, such as its codings."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._database = journal.database

    def _frame(self, statement: Select[Any], columns: Mapping[str, str]) -> pd.DataFrame:
        with self._database.read() as connection:
            return to_frame(connection.execute(statement), columns)

    def _outward(self, statement: Select[Any], columns: Mapping[str, str], include_withdrawn: bool) -> pd.DataFrame:
        # For tables that feed outputs: people who withdrew are left out unless asked for.
        with self._database.read() as connection:
            table = to_frame(connection.execute(statement), columns)
            return table if include_withdrawn else without_withdrawn(connection, table)
