"""What holds for the whole study: title, id prefix, waves in order, sites, language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from qualkit.errors import OptionError
from qualkit.project.journal import Action, fetch_row
from qualkit.project.lookups import present
from qualkit.project.schema import settings

# Made once: an import asks for every file.
_ALL = select(settings.c.setting, settings.c.value).where(present(settings))


def read_settings(connection: Connection) -> dict[str, Any]:
    """All settings by name."""
    found: dict[str, Any] = dict(connection.execute(_ALL).all())
    return found


def write_settings(action: Action, values: Mapping[str, Any]) -> None:
    """Set or change some settings."""
    for name, value in values.items():
        if fetch_row(action.connection, settings, name) is None:
            action.insert(settings, [{"setting": name, "value": value}])
        else:
            action.update(settings, name, value=value, removed_at=None)


def require_wave(connection: Connection, wave: str | None) -> None:
    """Raise ``OptionError`` when the study has no such wave."""
    if wave is None:
        return
    waves: Sequence[str] = read_settings(connection)["waves"]
    if wave not in waves:
        known = ", ".join(map(repr, waves))
        raise OptionError(
            f"wave={wave!r} is not a wave of this study. Choose one of {known}, or add it with project.set_waves."
        )
