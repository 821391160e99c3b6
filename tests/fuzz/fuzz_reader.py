"""Let atheris look for bytes at which a reader raises anything but ReadError: ``fuzz_reader.py ENDING SEEDS …``.

Run by ``test_fuzz.py``; by hand with libFuzzer's options after the seeds, such as ``-max_total_time=600``.
"""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["qualkit.readers"]):
    from qualkit.errors import ReadError
    from qualkit.readers import read_source, read_survey

ENDING = sys.argv[1]
FOLDER = Path(tempfile.mkdtemp())


def packed(data: bytes) -> bytes:
    """The bytes as the text of a Word file: changed by chance, an archive itself would never be sound again."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part in ("word/document.xml", "word/comments.xml", "word/footnotes.xml", "word/styles.xml"):
            archive.writestr(part, data)
    return stream.getvalue()


def read(data: bytes) -> None:
    """Read the bytes as a file with the ending, and look at the places in what comes out."""
    file = FOLDER / f"A3.{ENDING}"
    file.write_bytes(packed(data) if ENDING == "docx" and not data.startswith(b"PK") else data)
    try:
        if ENDING == "sav":
            read_survey(file)
            return
        source = read_source(file)
    except ReadError:
        return
    place = 0
    for turn in source.turns:
        if not place <= turn.start <= turn.end <= len(source.text):
            raise AssertionError(f"{turn} lies outside of its place")
        place = turn.end


if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *sys.argv[2:]], read)
    atheris.Fuzz()
