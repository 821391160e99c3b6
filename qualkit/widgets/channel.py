"""What all widgets share: the built browser side, and messages that are checked, answered and never raise."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import anywidget
import traitlets

from qualkit.checks import require_choice
from qualkit.errors import ChangedError, NotFoundError, OptionError, QualkitError
from qualkit.model import LANGUAGES
from qualkit.remarks import say

PROTOCOL = 1

logger = logging.getLogger(__name__)

Message = Mapping[str, Any]  # what came with it as bytes stands under "buffers"
Answer = tuple[dict[str, Any], list[bytes]]
Handler = Callable[[Message], Answer]


class Send(Protocol):
    """How news goes to all views: a message, and bytes beside it."""

    def __call__(self, content: dict[str, Any], buffers: Sequence[bytes] | None = None) -> None: ...


class Part(Protocol):
    """Something that answers messages by their name: all of a widget, or one tab of the workbench."""

    @property
    def handlers(self) -> Mapping[str, Handler]: ...


_STATIC = Path(__file__).parent / "static"


class MessageError(Exception):
    """A message that does not say what it should; the browser is told, nothing is done."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def browser_side(name: str) -> str:
    """The JavaScript of a widget, built from ``frontend/src`` and shipped with the package."""
    return (_STATIC / f"{name}.js").read_text(encoding="utf-8")


class ChannelWidget(anywidget.AnyWidget):
    """A widget whose data travel by message only: nothing of a study stands in its traits or in the notebook file."""

    language = traitlets.Unicode("zh").tag(sync=True)

    def __init__(self, *, language: str, **traits: Any) -> None:
        require_choice("language", language, LANGUAGES)
        super().__init__(language=language, **traits)
        self._handlers: Mapping[str, Handler] = {}
        self.on_msg(self._receive)

    def _receive(self, _widget: object, content: object, buffers: object) -> None:
        # Called on whichever thread the kernel chooses; an error here would only vanish in a log.
        if not isinstance(content, dict):
            return
        asked, tab = content.get("id"), content.get("tab")
        try:
            answer, sent = self._answer({**content, "buffers": buffers or [], "language": self.language})
        except Exception as error:  # noqa: BLE001 - whatever it is, the browser must hear of it
            answer, sent = explain(error, self.language), []
        if asked is not None and answer:
            self.send({"v": PROTOCOL, "re": asked, **answer, **({"tab": tab} if isinstance(tab, str) else {})}, sent)

    def _answer(self, message: Message) -> Answer:
        if message.get("v") != PROTOCOL:
            raise MessageError("PROTO", "This page and the kernel have different versions. Reload the page.")
        handler = self._handlers_for(message).get(str(message.get("t")))
        if handler is None:
            raise MessageError("PROTO", "This message is not known. Reload the page.")
        return handler(message)

    def _handlers_for(self, _message: Message) -> Mapping[str, Handler]:
        return self._handlers

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data is not None and "text/plain" in data:
            data["text/plain"] = f"{type(self).__name__}: run this cell again to open it"
        return bundle


def explain(error: Exception, language: str) -> dict[str, Any]:
    """The refusal that tells the browser about an error, in a language as far as the error knows it."""
    if isinstance(error, MessageError):
        return {"ok": False, "code": error.code, "message": say(error, language)}
    if isinstance(error, ChangedError):
        return {"ok": False, "code": "CONFLICT", "message": say(error, language), "current": error.current}
    if isinstance(error, QualkitError):
        return {"ok": False, "code": _code_of(error), "message": say(error, language)}
    logger.error("A widget could not do what it was asked for.", exc_info=error)
    return {"ok": False, "code": "INTERNAL", "message": f"{type(error).__name__}: {error}"}


def _code_of(error: QualkitError) -> str:
    if isinstance(error, NotFoundError):
        return "UNKNOWN_ID"
    if type(error.__cause__).__name__ == "OperationalError":
        return "DISK"  # locked, full or not writable: worth another try
    return "CONFLICT" if not isinstance(error, OptionError) else "VALIDATION"


def text_in(message: Message, name: str, *, most: int = 200) -> str:
    """A text of a message; refused when it is missing or too long."""
    value = message.get(name)
    if not isinstance(value, str) or len(value) > most:
        raise MessageError("VALIDATION", f"{name} should be a text of at most {most} characters.")
    return value


def place_in(message: Message, name: str) -> int:
    """A position of a message."""
    value = message.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise MessageError("VALIDATION", f"{name} should be a position in the text.")
    return value


def list_in(message: Message, name: str, *, most: int) -> Sequence[Message]:
    """A list of objects of a message."""
    value = message.get(name)
    if not isinstance(value, list) or len(value) > most or not all(isinstance(each, dict) for each in value):
        raise MessageError("VALIDATION", f"{name} should be a list of at most {most} objects.")
    return value
