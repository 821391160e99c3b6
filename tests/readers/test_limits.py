"""The largest files that are read take at most 512 MiB and five seconds, and one that is larger is refused for less."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bad_process import LARGEST

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="time and memory are measured as Linux tells them"),
]

PROCESS = Path(__file__).parent / "bad_input" / "bad_process.py"


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What became of every file, by its name."""
    command = [sys.executable, str(PROCESS), str(tmp_path_factory.mktemp("large")), "--largest"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=500, check=False)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"{told[-1] if told else ''}\n{done.stderr[-3000:]}"
    return {one["name"]: one["read"] for one in told if "read" in one}


@pytest.mark.parametrize("kind", LARGEST, ids=lambda kind: kind.name)
def test_the_largest_files_are_read_within_bounds_and_larger_ones_refused(outcomes, kind):
    (outcome,) = outcomes[kind.name]
    assert all(word in outcome.get("refused", "") for word in kind.says), outcome
    assert kind.gives in outcome.get("result", "") if kind.gives else "result" not in outcome, outcome
    assert outcome["mebibytes"] <= 512
    assert outcome["seconds"] <= 5
