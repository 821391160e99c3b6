"""Open Word and Excel files, which are zip archives, so that a broken or hostile one does no harm."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from typing import IO

from qualkit.errors import ReadError
from qualkit.remarks import Remark

_MOST_BYTES = 200_000_000
_MOST_MEMBERS = 5_000
# Real documents stay below 1 : 60; a bomb lives from ratios of a thousand.
_HIGHEST_RATIO = 200
_RATIO_MATTERS_FROM = 2_000_000
_CHUNK = 1 << 16
_ANEW = "Open the file in its program and save it again."

_NOT_SOUND = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class Archive:
    """The members of a zip archive, checked before and while they are unpacked."""

    def __init__(self, data: bytes, name: str, *, kind: str) -> None:
        self._name = name
        self._kind = kind
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise ReadError(
                Remark(
                    f"{name} is protected by a password or of the old format (.doc, .xls). "
                    f"Open it, remove the password and save it as {kind}.",
                    f"{name} 有密码保护，或是旧格式（.doc、.xls）。请打开它，去掉密码，另存为 {kind}。",
                )
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _NOT_SOUND as error:
            raise ReadError(
                Remark(
                    f"{name} is damaged or not a {kind} file (no zip archive). "
                    f"Get a whole copy, or open it and save it as {kind}.",
                    f"{name} 已损坏，或不是 {kind} 文件。请重新取一份完整的，或打开后另存为 {kind}。",
                )
            ) from error
        self._check_sizes()

    def names(self) -> list[str]:
        """The names of all members."""
        return self._zip.namelist()

    def read(self, member: str) -> bytes:
        """Unpack one member, counting the bytes that truly come out."""
        try:
            with self._zip.open(member) as stream:
                return self._read_bounded(stream, member)
        except KeyError as error:
            raise ReadError(
                f"{self._name} has no part {member!r}, so it is not a {self._kind} file. Open it and save it again."
            ) from error
        except _NOT_SOUND as error:
            raise ReadError(
                f"{self._name}, part {member!r}: damaged ({error}). Open it, let it be repaired and save it again."
            ) from error

    def read_xml(self, member: str) -> bytes:
        """Unpack one XML member; one that declares entities is refused."""
        content = self.read(member)
        # Looked for in the bytes as well as without the NULs of UTF-16.
        spaced = content.replace(b"\0", b"") if b"\0" in content else b""
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"<!DOCTYPE" in spaced:
            raise ReadError(
                f"{self._name}, part {member!r}: declares a document type or entities, which no office program "
                f"writes and which can do harm. Open the file and save it as {self._kind} anew."
            )
        return content

    def _check_sizes(self) -> None:
        members = self._zip.infolist()
        if len(members) > _MOST_MEMBERS:
            raise ReadError(
                f"{self._name} holds {len(members)} parts, more than {_MOST_MEMBERS}: refused as a zip bomb. {_ANEW}"
            )
        # Two programs would read two different files.
        twins = [name for name, n in Counter(member.filename for member in members).items() if n > 1]
        if twins:
            raise ReadError(f"{self._name} holds the part {twins[0][:80]!r} more than once. {_ANEW}")
        total = sum(member.file_size for member in members)
        if total > _MOST_BYTES:
            raise ReadError(
                f"{self._name} would unpack to {total:,} bytes, more than {_MOST_BYTES:,}: refused as a zip bomb. "
                f"Remove pictures or split the file."
            )
        for member in members:
            ratio = member.file_size / max(member.compress_size, 1)
            if member.file_size > _RATIO_MATTERS_FROM and ratio > _HIGHEST_RATIO:
                raise ReadError(
                    f"{self._name}, part {member.filename!r}: packed {ratio:,.0f} : 1, refused as a zip bomb. "
                    f"Open the file in its program and save it again."
                )

    def _read_bounded(self, stream: IO[bytes], member: str) -> bytes:
        content = bytearray()
        while chunk := stream.read(_CHUNK):
            content += chunk
            if len(content) > _MOST_BYTES:
                raise ReadError(
                    f"{self._name}, part {member!r}: unpacks to more than {_MOST_BYTES:,} bytes, "
                    f"refused as a zip bomb. {_ANEW}"
                )
        return bytes(content)
