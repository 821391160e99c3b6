"""How long ``import qualkit`` and ``qualkit --help`` take beside ``import pandas``, in one run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

REPEATS = 9

COMMANDS = {
    "import pandas": [sys.executable, "-c", "import pandas"],
    "import qualkit": [sys.executable, "-c", "import qualkit"],
    "qualkit --help": [sys.executable, "-m", "qualkit", "--help"],
    "python -c pass": [sys.executable, "-c", "pass"],
}


def main() -> None:
    """Print the medians and their ratio to ``import pandas``; the commands take turns, so noise hits all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(REPEATS):
        for name, command in COMMANDS.items():
            began = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            seconds[name].append(time.perf_counter() - began)
    pandas = statistics.median(seconds["import pandas"])
    for name, taken in seconds.items():
        median = statistics.median(taken)
        print(f"{name:16} {median * 1000:7.0f} ms   {median / pandas:5.2f} x import pandas")


if __name__ == "__main__":
    main()
