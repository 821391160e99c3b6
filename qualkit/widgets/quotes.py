"""The quotations of chosen cases as a panel of their own; texts travel by message, never in the notebook file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from qualkit.checks import require_columns
from qualkit.widgets.channel import PROTOCOL, Answer, ChannelWidget, Message, MessageError, browser_side

_COLUMNS = ("case", "theme", "wave", "text")
MOST_SHOWN = 500


class QuotePanel(ChannelWidget):
    """Quotations grouped by case and theme, with a menu of all cases for the keyboard."""

    _esm = browser_side("quotes")

    def __init__(
        self,
        quotes: pd.DataFrame,
        *,
        cases: Iterable[str],
        labels: Mapping[str, str] | None = None,
        language: str = "zh",
        on_choose: Callable[[list[str]], None] | None = None,
    ) -> None:
        require_columns(quotes, _COLUMNS, what="quotes")
        self._quotes = quotes
        self._cases = [str(case) for case in cases]
        self._labels = dict(labels or {})
        self._on_choose = on_choose
        self._chosen: list[str] = []
        super().__init__(language=language)
        self._handlers = {"hello": self._hello, "choose": self._choose}

    @property
    def chosen(self) -> list[str]:
        """Whose quotations are shown."""
        return list(self._chosen)

    def choose(self, cases: Iterable[str]) -> None:
        """Show the quotations of these cases."""
        wanted = {str(case) for case in cases}
        self._chosen = [case for case in self._cases if case in wanted]
        self.send({"v": PROTOCOL, "t": "state", "state": self._state()})

    def _hello(self, _message: Message) -> Answer:
        return {"ok": True, "state": self._state()}, []

    def _choose(self, message: Message) -> Answer:
        cases = message.get("cases")
        if not isinstance(cases, list) or not all(isinstance(case, str) for case in cases):
            raise MessageError("VALIDATION", "cases should be a list of case codes.")
        self.choose(cases)
        if self._on_choose is not None:
            self._on_choose(self.chosen)
        return {}, []

    def _state(self) -> dict[str, Any]:
        order = {case: place for place, case in enumerate(self._chosen)}
        shown = self._quotes[self._quotes["case"].isin(self._chosen)]
        # Stable, so that within a case themes and texts keep the order of the table.
        shown = shown.assign(place=shown["case"].map(order)).sort_values("place", kind="stable").head(MOST_SHOWN)
        quotes = [self._quote(row) for row in shown.to_dict("records")]
        return {"cases": self._cases, "chosen": self._chosen, "quotes": quotes}

    def _quote(self, row: Mapping[Any, Any]) -> dict[str, Any]:
        texts = {name: _shown(row.get(name)) for name in ("case", "theme", "wave", "code", "text", "citation")}
        for name in ("theme", "wave", "code"):
            texts[name] = self._labels.get(texts[name], texts[name])
        texts["citation"] = texts["citation"] or _shown(row.get("source"))
        return {**texts, "typical": bool(row.get("is_typical", False))}


def _shown(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]
