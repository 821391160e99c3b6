"""The text of an RTF file, as it reads with all changes accepted."""

from __future__ import annotations

from collections.abc import Callable

from qualkit.errors import ReadError
from qualkit.readers.decode import clean_text
from qualkit.readers.layout import Layout, Said
from qualkit.readers.paragraph import NoteKey, Paragraph
from qualkit.readers.rtf_state import RtfState, RtfText
from qualkit.readers.rtf_tokens import codec_of_charset, find_codec, find_tokens, is_double

_DEEPEST = 1000

_AS_TEXT = {
    "tab": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
}
_SYMBOLS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}", "\t": "\t"}

# Groups whose text is none of the document's.
_LEFT_OUT = {
    *("colortbl", "stylesheet", "listtext", "pntext", "pict", "nonshppict", "shprslt", "sp", "nonesttables"),
    *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
    *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "fldinst", "filetbl", "revtbl", "tc", "xe", "rxe"),
}
# Groups marked as new that are read all the same; others with the mark are left out.
_READ_THOUGH_NEW = {
    *("annotation", "atnauthor", "atnref", "atrfstart", "atrfend"),
    *("footnote", "shpinst", "do", "ud", "creatim", "title"),
}
# Groups read into a text of their own.
_APART = {"annotation", "atnauthor", "atnref", "atrfstart", "atrfend", "footnote", "shptxt", "dptxbxtext"}


class RtfBody:
    """Reads a file into a layout; ``said`` holds what its notes say, ``changes`` how many were tracked."""

    def __init__(self, layout: Layout) -> None:
        self.said: dict[NoteKey, Said] = {}
        self._layout = layout
        self._state = RtfState(RtfText("body"))
        self._stack: list[RtfState] = []
        self._is_new = False
        self._skip = 0
        self._bytes = bytearray()
        self._codec = "cp1252"
        self._fonts: dict[int, str | None] = {}
        self._font = 0
        self._usual_font = 0
        self._cells: list[list[Paragraph]] = []
        self._rows: list[list[list[Paragraph]]] = []
        self._author = ""
        self._day: dict[str, int] = {}
        self.changes = {"insertion": 0, "deletion": 0}

    def read(self, data: bytes) -> None:
        """Read the whole file."""
        name = self._layout.name
        self._codec = find_codec(data)
        for kind, word, number, text in find_tokens(data, name, self._codec):
            if kind == "text":
                self._add_bytes(text)
                continue
            if self._bytes:
                self._flush()
            if kind == "word":
                self._skip = 0
                self._word(word, number)
            elif kind == "{":
                self._open()
            elif kind == "symbol":
                self._symbol(word)
            elif self._stack:
                self._close()
            else:
                break
        self._flush()
        if len(self._stack) > 1:
            raise ReadError(
                f"{name} breaks off: {len(self._stack)} groups are not closed. Get the file anew, or open it in Word, "
                "check its end and save it again."
            )
        self._finish()

    def _open(self) -> None:
        if len(self._stack) >= _DEEPEST:
            raise ReadError(
                f"{self._layout.name} has groups inside groups, more than {_DEEPEST} deep. Open it in Word and save it "
                "again."
            )
        self._skip = 0
        self._stack.append(self._state)
        self._state = self._state.copy()

    def _close(self) -> None:
        self._skip = 0
        self._is_new = False
        inner, self._state = self._state, self._stack.pop()
        if inner.text is not self._state.text:
            self._close_text(inner.text)
        if inner.place == "creatim" != self._state.place and set(self._day) == {"yr", "mo", "dy"}:
            self._layout.meta["date"] = "{yr:04}-{mo:02}-{dy:02}".format(**self._day)

    def _close_text(self, text: RtfText) -> None:
        words = text.close()
        outer = self._state.text
        if text.kind == "title" and words:
            self._layout.meta["title"] = words
        elif text.kind == "atnauthor":
            # Some programs write ? for each letter they cannot.
            self._author = words.strip("? ")
        elif text.kind == "atnref":
            outer.number = words
        elif text.kind in ("atrfstart", "atrfend"):
            outer.pieces.place(("comment", words))
        elif text.kind == "annotation":
            key = ("comment", text.number or f"#{len(self.said)}")
            outer.pieces.place(key)
            self.said[key] = Said(words, self._author or None)
        elif text.kind in ("footnote", "endnote"):
            key = (text.kind, str(len(self.said)))
            outer.pieces.place(key)
            self.said[key] = Said(words)
        elif text.kind in ("shptxt", "dptxbxtext"):
            outer.pieces.boxes.extend(text.paragraphs)

    def _add_bytes(self, data: bytes) -> None:
        if self._skip:
            n_skipped = min(self._skip, len(data))
            self._skip -= n_skipped
            data = data[n_skipped:]
        if self._state.is_shown and not self._state.place:
            self._bytes += data

    def _flush(self) -> None:
        if not self._bytes:
            return
        data = bytes(self._bytes)
        self._bytes.clear()
        state = self._state
        codec = state.codec or self._codec
        if state.codec is None and state.is_east and state.east_codec and not is_double(self._codec):
            codec = state.east_codec
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            text = data.decode(codec if is_double(codec) else "cp1252", "replace")
        self._add(text)

    def _add(self, text: str) -> None:
        state = self._state
        if state.is_shown and not state.place and not state.is_hidden and not state.is_deleted:
            state.text.pieces.add(text, is_bold=state.bold or state.bold_east)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._is_new = True
        elif symbol in "\r\n":
            self._end_paragraph()
        elif symbol in _SYMBOLS:
            if self._skip:
                self._skip -= 1
            elif self._state.is_shown:
                self._add(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        is_new, self._is_new = self._is_new, False
        state = self._state
        if word == "u":
            self._add(chr(number % 0x10000) if number is not None else "")
            self._skip = state.replaced
        elif word in _AS_TEXT:
            self._add(_AS_TEXT[word])
        elif word in _LEFT_OUT or (is_new and word not in _READ_THOUGH_NEW):
            state.is_shown = False
        elif word in _APART or (word == "title" and state.place == "info"):
            if state.is_shown:
                state.text, state.place = RtfText(word), ""
                state.bold = state.bold_east = state.in_table = False
        elif action := _ACTIONS.get(word):
            action(self, state, number)
        elif state.place == "creatim" and word in ("yr", "mo", "dy") and number is not None:
            self._day[word] = number % 10_000

    def _end_paragraph(self) -> None:
        state = self._state
        if not state.is_shown or state.place:
            return
        text = state.text
        if text.kind == "body" and not state.in_table:
            self._end_table()
            text.end_paragraph()
            self._write(text)
        else:
            text.end_paragraph()

    def _end_cell(self) -> None:
        text = self._state.text
        text.end_paragraph()
        if text.kind == "body":
            self._cells.append(_cleaned(text.paragraphs))
            text.paragraphs = []

    def _end_row(self) -> None:
        if self._cells:
            self._rows.append(self._cells)
            self._cells = []

    def _end_table(self) -> None:
        self._end_row()
        if self._rows:
            self._layout.add_table(self._rows)
            self._rows = []

    def _write(self, text: RtfText) -> None:
        for paragraph in _cleaned(text.paragraphs):
            self._layout.add_paragraph(paragraph)
        text.paragraphs = []

    def _finish(self) -> None:
        text = self._stack[0].text if self._stack else self._state.text
        self._end_table()
        if text.pieces.length:
            text.end_paragraph()
        self._write(text)


def _cleaned(paragraphs: list[Paragraph]) -> list[Paragraph]:
    # Characters above U+FFFF are written as two halves; places move with them.
    cleaned = []
    for one in paragraphs:
        text = clean_text(one.text)
        if len(text) != len(one.text):
            places = [(len(clean_text(one.text[:offset])), key) for offset, key in one.places]
            one = Paragraph(text, len(clean_text(one.text[: one.n_bold])), places)
        else:
            one.text = text
        cleaned.append(one)
    return cleaned


_Action = Callable[[RtfBody, RtfState, "int | None"], None]


def _plain(body: RtfBody, state: RtfState, _: int | None) -> None:
    state.bold = state.bold_east = state.is_hidden = state.is_deleted = False
    state.codec = body._fonts.get(body._usual_font)


def _font(body: RtfBody, state: RtfState, number: int | None) -> None:
    if state.place == "fonttbl":
        body._font = number or 0
        body._fonts.setdefault(body._font, None)
    else:
        state.codec = body._fonts.get(number or 0)


def _charset(body: RtfBody, state: RtfState, number: int | None) -> None:
    if state.place == "fonttbl":
        body._fonts[body._font] = codec_of_charset(number or 0)


def _count(kind: str) -> _Action:
    def count(body: RtfBody, state: RtfState, number: int | None) -> None:
        if number != 0:
            body.changes[kind] += 1
        if kind == "deletion":
            state.is_deleted = number != 0

    return count


def _set(attribute: str, *, to: bool | None = None) -> _Action:
    def switch(_: RtfBody, state: RtfState, number: int | None) -> None:
        setattr(state, attribute, number != 0 if to is None else to)

    return switch


def _go(place: str) -> _Action:
    def go(_: RtfBody, state: RtfState, __: int | None) -> None:
        state.place = place

    return go


def _old_copy(_: RtfBody, state: RtfState, __: int | None) -> None:
    state.place = f"upr {state.place}"


def _new_copy(_: RtfBody, state: RtfState, __: int | None) -> None:
    state.place = state.place.removeprefix("upr ")


def _endnote(_: RtfBody, state: RtfState, __: int | None) -> None:
    if state.text.kind == "footnote":
        state.text.kind = "endnote"


def _east_font(body: RtfBody, state: RtfState, number: int | None) -> None:
    if state.is_east:
        state.east_codec = body._fonts.get(number or 0)


def _replaced(_: RtfBody, state: RtfState, number: int | None) -> None:
    state.replaced = max(0, min(number if number is not None else 1, 10))


def _usual_font(body: RtfBody, state: RtfState, number: int | None) -> None:
    body._usual_font = number or 0


_ACTIONS: dict[str, _Action] = {
    "par": lambda body, state, _: body._end_paragraph(),
    "sect": lambda body, state, _: body._end_paragraph(),
    "cell": lambda body, state, _: body._end_cell(),
    "nestcell": lambda body, state, _: state.text.end_paragraph(),
    "row": lambda body, state, _: body._end_row(),
    "pard": _set("in_table", to=False),
    "intbl": _set("in_table", to=True),
    "b": _set("bold"),
    "ab": _set("bold_east"),
    "v": _set("is_hidden"),
    "plain": _plain,
    "uc": _replaced,
    "f": _font,
    "af": _east_font,
    "deff": _usual_font,
    "dbch": _set("is_east", to=True),
    "loch": _set("is_east", to=False),
    "hich": _set("is_east", to=False),
    "fcharset": _charset,
    "deleted": _count("deletion"),
    "revised": _count("insertion"),
    "ftnalt": _endnote,
    "fonttbl": _go("fonttbl"),
    "info": _go("info"),
    "creatim": _go("creatim"),
    "shpinst": _go("shape"),
    "do": _go("shape"),
    "upr": _old_copy,
    "ud": _new_copy,
}
