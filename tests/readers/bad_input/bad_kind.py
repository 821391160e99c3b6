"""What a kind of bad input is, and small helpers that several of them are made with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
Made = bytes | str | list[bytes] | list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of bad input.

    ``build`` gives the bytes of the file, or of several that must all end alike. ``read`` names the reader.
    Either the file is refused and the message has all words of ``says``, or it is read and the result shows
    ``gives``. With neither, the file may be read or refused, whichever is found out.
    """

    name: str
    file: str
    build: Callable[[], Made]
    read: str = "source"
    says: tuple[str, ...] = ()
    gives: str = ""


def refused(name: str, file: str, build: Callable[[], Made] | bytes | str, *says: str, read: str = "source") -> Kind:
    """A file that is refused with these words."""
    return Kind(name=name, file=file, build=as_builder(build), read=read, says=says or (file,))


def is_read(name: str, file: str, build: Callable[[], Made] | bytes | str, gives: str, *, read: str = "source") -> Kind:
    """A file that is read, with this in the result."""
    return Kind(name=name, file=file, build=as_builder(build), read=read, gives=gives)


def either(name: str, file: str, build: Callable[[], Made] | bytes | str, *, read: str = "source") -> Kind:
    """A file that may be read or refused."""
    return Kind(name=name, file=file, build=as_builder(build), read=read)


def as_builder(build: Callable[[], Made] | bytes | str) -> Callable[[], Made]:
    """A function that gives the bytes."""
    if callable(build):
        return build
    data = build.encode() if isinstance(build, str) else build
    return lambda: data


def sample(name: str) -> bytes:
    """The bytes of a sample."""
    return (SAMPLES / name).read_bytes()


def cuts(name: str) -> Callable[[], list[bytes]]:
    """A sample that breaks off at many places."""

    def build() -> list[bytes]:
        data = sample(name)
        places = {1, 4, 20, 64, 176, len(data) - 1, len(data) - 2, *(len(data) * part // 12 for part in range(1, 12))}
        return [data[:place] for place in sorted(places) if 0 < place < len(data)]

    return build


def make_zip(
    members: Mapping[str, bytes | str] | Iterable[tuple[str, bytes | str]], *, is_packed: bool = True
) -> bytes:
    """A zip archive."""
    stream = io.BytesIO()
    pairs = members.items() if isinstance(members, Mapping) else members
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED) as archive:
        for name, content in pairs:
            archive.writestr(name, content)
    return stream.getvalue()


def remake(name: str, **parts: bytes | str) -> bytes:
    """A sample that is a zip archive, with ``a__b_xml`` (a/b.xml) given anew."""
    given = {key.replace("__", "/").replace("_xml", ".xml"): value for key, value in parts.items()}
    with zipfile.ZipFile(SAMPLES / name) as archive:
        members: dict[str, bytes | str] = {one: archive.read(one) for one in archive.namelist()}
    return make_zip({**members, **given})


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
