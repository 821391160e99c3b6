import struct
import zlib

from qualkit.figures.png import size_of, with_dpi


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff" * 2))
    + _chunk(b"IEND", b"")
)


def test_the_resolution_stands_between_head_and_picture():
    tagged = with_dpi(PNG, 300)
    expected = _chunk(b"pHYs", struct.pack(">IIB", 11811, 11811, 1))
    assert tagged == PNG[:33] + expected + PNG[33:]


def test_the_size_is_read_from_the_head():
    assert size_of(with_dpi(PNG, 600)) == (3, 2)
