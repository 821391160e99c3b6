"""Write the resolution into a PNG file, so that Word shows it at its true size."""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_END_OF_HEADER = len(_SIGNATURE) + 4 + 4 + 13 + 4


def with_dpi(png: bytes, dpi: float) -> bytes:
    """``png`` with a ``pHYs`` chunk of ``dpi`` dots per inch (PNG specification, 11.3.5.3)."""
    per_metre = round(dpi / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return png[:_END_OF_HEADER] + chunk + png[_END_OF_HEADER:]


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height
