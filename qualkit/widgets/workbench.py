"""The workbench: a shell of tabs over one project, each tab a part with messages of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import traitlets

from qualkit.errors import OptionError
from qualkit.widgets.channel import PROTOCOL, Answer, ChannelWidget, Handler, Message, Part, Send, browser_side
from qualkit.widgets.codebook_editor import CodebookEditor
from qualkit.widgets.coding import Coding
from qualkit.widgets.documents import Documents
from qualkit.widgets.histories import Histories
from qualkit.widgets.memo_list import MemoList

if TYPE_CHECKING:
    from qualkit.project import Project

# One line here and one in frontend/src/workbench/tabs.ts make a tab.
TABS: Mapping[str, Callable[[Project, Send], Part]] = {
    "documents": Documents,
    "code": Coding,
    "codebook": CodebookEditor,
    "memos": MemoList,
    "history": Histories,
}


class Workbench(ChannelWidget):
    """Work on a study without code: bring in its documents, say who speaks, see what is missing, code.

    Parameters
    ----------
    project : Project
        Opened for the coder who works here (``open_project(path, coder="Lin")``).
    language : {"zh", "en"}, optional
        Of the interface; that of the study otherwise.
    height : int
        Pixels; the widget can be pulled larger.
    """

    _esm = browser_side("workbench")

    height = traitlets.Int(680).tag(sync=True)

    def __init__(self, project: Project, *, language: str | None = None, height: int = 680) -> None:
        if not isinstance(height, int) or not 400 <= height <= 2_000:
            raise OptionError(f"height={height!r} is out of range. Give pixels between 400 and 2000.")
        super().__init__(language=language or project.settings["language"], height=height)
        self._project = project
        self._handlers = {"hello": self._hello}
        self._parts = {name: make(project, self._send_of(name)) for name, make in TABS.items()}

    def _hello(self, _message: Message) -> Answer:
        return {"ok": True, "title": self._project.title, "coder": self._project.coder, "tabs": list(TABS)}, []

    def _handlers_for(self, message: Message) -> Mapping[str, Handler]:
        tab = message.get("tab")
        if tab is None:
            return self._handlers
        part = self._parts.get(str(tab))
        return {} if part is None else part.handlers

    def _send_of(self, tab: str) -> Send:
        def send(content: dict[str, Any], buffers: Any = None) -> None:
            self.send({"v": PROTOCOL, "tab": tab, **content}, buffers)

        return send
