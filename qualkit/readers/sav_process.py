"""Read one SPSS file in a process of its own, so that a damaged file can harm nothing else.

Run as a script by ``sav_file``, never imported: what it writes is one line of JSON about the variables
and then their numbers. Text comes byte for byte as Latin-1; in which encoding it is, ``sav_file`` finds out.
"""

from __future__ import annotations

import json
import sys
from typing import Any

_SECONDS = 4
_BYTES_PER_SECOND = 5_000_000


def main() -> None:
    """Read the file named on the command line and write what it holds."""
    path, kind, most_rows, n_bytes, most_memory = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
    _limit(_SECONDS + n_bytes // _BYTES_PER_SECOND, most_memory)
    import numpy as np
    import pyreadstat

    options: Any = {"disable_datetime_conversion": True, "output_format": "dict", "row_limit": most_rows}
    if kind == "por":
        values, about = pyreadstat.read_por(path, **options)
    else:
        values, about = pyreadstat.read_sav(path, encoding="ISO-8859-1", user_missing=True, **options)
    if not all(isinstance(name, str) for name in values):
        raise ValueError("a variable has no name")
    if len(values) != len(about.column_labels):
        raise ValueError("two variables have the same name")
    is_text = [about.readstat_variable_types[name] == "string" for name in values]
    texts = {
        name: ["" if one is None else str(one) for one in column]
        for (name, column), text in zip(values.items(), is_text, strict=True)
        if text
    }
    numbers = [np.array(column, dtype=float) for column, text in zip(values.values(), is_text, strict=True) if not text]
    head = {
        "names": list(values),
        "labels": about.column_labels,
        "formats": about.original_variable_types,
        "value_labels": {name: list(found.items()) for name, found in about.variable_value_labels.items()},
        "missing": about.missing_ranges,
        "sets": about.mr_sets,
        "texts": texts,
    }
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")
    for column in numbers:
        sys.stdout.buffer.write(column.tobytes())


def _limit(seconds: int, most_memory: int) -> None:
    try:
        import resource
    except ImportError:
        return  # Windows has no such limits; the time of the whole process is bounded by who started it.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))


if __name__ == "__main__":
    main()
