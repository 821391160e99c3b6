"""How long the headless demo takes, from the command to the last file."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time

REPEATS = 3


def main() -> None:
    """Print the seconds of each run and their median."""
    taken = []
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "qualkit", "demo", "--headless", "--output", folder],
                check=True,
                capture_output=True,
            )
            taken.append(time.perf_counter() - began)
    print(
        "headless demo   ",
        "  ".join(f"{seconds:.1f} s" for seconds in taken),
        f"  median {statistics.median(taken):.1f} s",
    )


if __name__ == "__main__":
    main()
