"""The coding widget: a transcript in JupyterLab, on which people put codes by mouse and keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import traitlets

from qualkit.checks import require_choice
from qualkit.errors import OptionError
from qualkit.widgets.channel import ChannelWidget, browser_side
from qualkit.widgets.coding import Coding

if TYPE_CHECKING:
    from qualkit.project import Project


class CodingWidget(ChannelWidget):
    """Show one text of a project and let its coder put codes on it.

    Every action is one durable action of the project: it can be undone, stands in the history, and is
    called saved only when it is on disk. What waits while the kernel is restarted is kept in the browser
    and sent when the cell is run again.

    Parameters
    ----------
    project : Project
        Opened for the coder who works here (``open_project(path, coder="Lin")``).
    source : str, optional
        Id or name of the text to begin with; without it, the first one. All texts can be chosen in the widget.
    language : {"zh", "en"}
        Of the interface and of the codes' names.
    height : int
        Pixels; the widget can be pulled larger.
    show : {"own", "all"}
        Whose codings are shown at first. Independent coders should not see each other's.
    """

    _esm = browser_side("coder")

    height = traitlets.Int(560).tag(sync=True)

    def __init__(
        self,
        project: Project,
        source: str | None = None,
        *,
        language: str = "zh",
        height: int = 560,
        show: str = "own",
    ) -> None:
        require_choice("show", show, ("own", "all"))
        if not isinstance(height, int) or not 320 <= height <= 2_000:
            raise OptionError(f"height={height!r} is out of range. Give pixels between 320 and 2000.")
        # What goes to the views goes through `send`, whoever stands in for it.
        self._coding = Coding(
            project, lambda content, buffers=None: self.send(content, buffers), source=source, show=show
        )
        super().__init__(language=language, height=height)
        self._handlers = self._coding.handlers

    @property
    def source(self) -> str | None:
        """Id of the text that was opened last."""
        return self._coding.source

    def refresh(self) -> None:
        """Show what was coded elsewhere since: in another cell, another notebook, by another person."""
        self._coding.refresh()
