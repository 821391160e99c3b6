"""Read files named on standard input, one a line; answer each with a line on standard output.

Run by ``ahead`` as ``python -m qualkit.readers.worker``, never imported.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from qualkit.errors import ReadError
from qualkit.readers.sources import read_source
from qualkit.readers.wire import to_line


def main() -> None:
    """Answer until standard input ends: ``+`` and the source, or ``-`` and why it cannot be read."""
    asked = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - the process's own input
    answers = open(1, "w", encoding="utf-8", newline="\n", closefd=False)  # noqa: SIM115
    # Whatever a library prints must not stand between the answers.
    sys.stdout = sys.stderr
    for line in asked:
        path, kind = json.loads(line)
        try:
            answer = f"+{to_line(read_source(Path(path), kind=kind))}"
        except ReadError as error:
            answer = f"-{json.dumps(str(error), ensure_ascii=False)}"
        answers.write(answer + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
