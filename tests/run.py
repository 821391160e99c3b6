"""Run every check: ``python -m uv run --group test tests/run.py``; ``--quick`` for the inner loop.

Installs Chromium and a Chinese font first where that is possible without asking (Debian and Ubuntu, as root);
elsewhere it says what to install and goes on.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRONTEND = ROOT / "qualkit" / "widgets" / "frontend"

LINT = {
    "ruff": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy"],
    "layers": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
}
PYTEST = ["-m", "pytest", "--doctest-modules", "qualkit", "tests", "--ignore=qualkit/project/migrations"]
TESTS = {
    "tests": [*PYTEST, "-n", "2", "--dist", "loadfile", "-m", "not browser"],
    "browser": ["-m", "pytest", "tests", "-m", "browser"],
}
QUICK = {"tests": [*PYTEST, "-n", "2", "--dist", "loadfile", "-m", "not browser and not slow"]}


def main() -> int:
    """Run the checks and say which failed; the exit code is 1 when one did."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="leave out slow and browser tests")
    quick = arguments.parse_args().quick

    checks = {**LINT, **(QUICK if quick else TESTS)}
    if not quick:
        install_system_packages()
    failed = [] if quick else check_frontend()
    for name, command in checks.items():
        if not run(name, [sys.executable, *command]):
            failed.append(name)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return 1 if failed else 0


def run(name: str, command: list[str], *, folder: Path = ROOT) -> bool:
    """Run one command in ``folder`` and say how long it took."""
    print(f"\n=== {name}: {' '.join(Path(command[0]).name if part == command[0] else part for part in command)}")
    # Without bytecode every start compiles every import anew.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    began = time.monotonic()
    code = subprocess.run(command, cwd=folder, env=environment, check=False).returncode
    print(
        f"=== {name}: {'passed' if code == 0 else f'FAILED ({code})'} in {time.monotonic() - began:.0f} s", flush=True
    )
    return code == 0


def install_system_packages() -> None:
    """Chromium and a Chinese font, from Debian's packages, when they are missing."""
    sys.path.insert(0, str(ROOT))
    from qualkit.errors import FigureError
    from qualkit.figures import choose_fonts, find_browser

    missing = []
    for package, look in (("chromium", find_browser), ("fonts-wqy-microhei", lambda: choose_fonts("汉字"))):
        try:
            look()
        except FigureError:
            missing.append(package)
    if not missing:
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=apt, check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], env=apt, check=True)
    else:
        print(
            f"Missing on this machine: {', '.join(missing)}. On Debian or Ubuntu run "
            f"'sudo apt-get install {' '.join(missing)}'; elsewhere install Chrome, Edge or Chromium and a "
            "Chinese font. Tests that need them are skipped and say so."
        )


def check_frontend() -> list[str]:
    """Build the browser side anew where npm is at hand; the committed bundle must come out byte for byte."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is not installed: the committed browser bundle is used as it is, its rebuild is not checked.")
        return []
    steps = {
        "npm ci": ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        "frontend": ["run", "check"],
    }
    return [name for name, command in steps.items() if not run(name, [npm, *command], folder=FRONTEND)]


if __name__ == "__main__":
    raise SystemExit(main())
