"""Bad input of some 250 kinds does no harm: it is refused with file and remedy, or read, soon and in little memory.

All kinds are read and imported by one process of its own (``bad_input/bad_process.py``), whose time and memory count.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bad_process import KINDS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="time and memory are measured as Linux tells them"),
]

PROCESS = Path(__file__).parent / "bad_input" / "bad_process.py"
MOST_SECONDS = 5
MOST_MEBIBYTES = 512
# Longer ones are no message but the file itself.
LONGEST_MESSAGE = 3_000
WHAT_TO_DO = re.compile(
    r"(?:^|[.:;…)] )(?:Open|Save|Remove|Give|Split|Check|Write|Add|Rename|Export|Let|Correct|Enter|Put|Keep|Copy|Unpack"
    r"|Close|Name|Choose|Shorten|Get|Have|Begin|Head|Install|Blank|List|Move|Take)\b"
    r"|[。；：]请|^请",
    re.MULTILINE,
)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What became of every kind, by its name."""
    folder = tmp_path_factory.mktemp("bad")
    done = subprocess.run(
        [sys.executable, str(PROCESS), str(folder)], capture_output=True, encoding="utf-8", timeout=800, check=False
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"{told[-1] if told else ''}\n{done.stderr[-3000:]}"
    return {one["name"]: one for one in told if "read" in one}


def require_message(message, file):
    assert Path(file).name in message
    assert WHAT_TO_DO.search(message), message
    assert len(message) <= LONGEST_MESSAGE


def test_there_are_many_kinds_and_each_has_a_name_of_its_own():
    assert len({kind.name for kind in KINDS}) == len(KINDS) > 200


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_bad_input_is_refused_with_its_reason_or_read(outcomes, kind):
    for outcome in outcomes[kind.name]["read"]:
        assert "raised" not in outcome, outcome.get("raised")
        if kind.says:
            assert all(word in outcome.get("refused", "") for word in kind.says), outcome
        if kind.gives:
            assert kind.gives in outcome.get("result", ""), outcome
        if "refused" in outcome:
            require_message(outcome["refused"], kind.file)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_bad_input_takes_little_time_and_memory(outcomes, kind):
    imported = outcomes[kind.name]["imported"]
    for outcome in [*outcomes[kind.name]["read"], *([imported] if imported else [])]:
        assert outcome["seconds"] <= MOST_SECONDS
        assert outcome["mebibytes"] <= MOST_MEBIBYTES


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.read != "dictionary"], ids=lambda kind: kind.name)
def test_bad_input_keeps_no_good_file_out_and_leaves_nothing_half_written(outcomes, kind):
    imported = outcomes[kind.name]["imported"]
    assert "raised" not in imported, imported.get("raised")
    assert "refused" not in imported, imported
    result = imported["result"]
    assert result["problems"] == 0
    if kind.read != "study":
        assert result["good"] == ["imported", "imported"]
    if "imported" not in result["statuses"]:
        assert result["left"] == []
    for status, detail in zip(result["statuses"], result["details"], strict=True):
        if status == "refused":
            require_message(detail, kind.file if kind.read != "import" else "")
    # An Excel file that is named like a CSV file is no table to the one reader and a record to the other.
    if kind.says and kind.name != "an Excel file with the ending of CSV":
        assert "refused" in result["statuses"]
