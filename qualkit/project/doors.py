"""The doors through which a project opens what stands above it: looked up by name, and only when one is used.

Layers point down, so that the project can be read, tested and used without the notebook. Still
``project.workbench()`` is where a user looks for the workbench. A door holds the name alone; the
module behind it is imported at the call.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

WORKBENCH = "qualkit.widgets.workbench:Workbench"


def open_door(door: str, *arguments: Any, **options: Any) -> Any:
    """Call what a door leads to.

    >>> open_door("math:sqrt", 9)
    3.0
    """
    module, _, name = door.partition(":")
    return getattr(import_module(module), name)(*arguments, **options)
