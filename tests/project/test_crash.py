"""Kill a process that is coding, again and again: nothing acknowledged may be lost."""

import random
import subprocess
import sys
import time

import pytest

from qualkit.project import open_project

CODER = """
import sys
from qualkit.project import open_project
project = open_project(sys.argv[1], coder="Lin")
print("ready", flush=True)
number = 0
while True:
    coding = project.codings.add("pre/A3", number % 20, number % 20 + 3, "cause")
    print("added", coding, flush=True)
    number += 1
    if number % 7 == 0:
        project.codings.remove(coding)
        print("removed", coding, flush=True)
    if number % 11 == 0:
        project.codings.set_memo(coding, "memo" * number)
"""


@pytest.mark.slow
def test_what_was_acknowledged_survives_50_kills_at_random_moments(project, path):
    project.close()
    chance = random.Random(1)
    added, removed, unsure = set(), set(), set()
    for _ in range(50):
        lines = code_until_killed(path, after=chance.uniform(0, 0.15))
        added |= {coding for verb, coding in lines if verb == "added"}
        removed |= {coding for verb, coding in lines if verb == "removed"}
        # The last one may be on its way to being removed, unacknowledged.
        unsure |= {lines[-1][1]} if lines else set()
        with open_project(path, coder="Lin") as survivor:
            there = survivor.codings.table().coding_id.tolist()
            assert len(set(there)) == len(there)
            assert added - removed - unsure <= set(there)
            assert not removed & set(there)
            assert survivor.check().empty
    assert len(added) > 100
    with open_project(path, coder="Lin") as survivor:
        before = set(survivor.codings.table().coding_id)
        survivor.undo()
        survivor.redo()
        assert set(survivor.codings.table().coding_id) == before
        while survivor.history.next_undo().action != "codes.add":
            survivor.undo()
        assert survivor.codings.table().empty
        assert survivor.check().empty


def code_until_killed(path, *, after):
    process = subprocess.Popen([sys.executable, "-c", CODER, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(after)
    process.kill()
    output = process.stdout.read()
    process.wait()
    process.stdout.close()
    # A line cut short by the kill was not acknowledged.
    return [tuple(line.split()) for line in output.splitlines(keepends=True) if line.endswith("\n")]
