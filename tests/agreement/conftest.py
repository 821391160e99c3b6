"""A small coded study: two interviews, two coders."""

import pandas as pd
import pytest


@pytest.fixture
def turns():
    rows = [
        ("s1", 1, "访谈者", 0, 10, "下课你做什么？"),
        ("s1", 2, "A1", 12, 30, "（低头）不知道。"),
        ("s1", 3, "访谈者", 32, 40, "不跟他们玩？"),
        ("s1", 4, "A1", 42, 60, "他们玩他们的，我走开。"),
        ("s1", 5, "A1", 62, 80, "我踢了门。"),
        ("s2", 1, "A2", 0, 20, "他挡我路，我推了他。"),
        ("s2", 2, "A2", 22, 40, "后来我道歉了。"),
        ("s3", 1, "A3", 0, 20, "我画画。"),
    ]
    return pd.DataFrame(rows, columns=["source_id", "turn", "speaker", "start", "end", "text"])


@pytest.fixture
def codings():
    rows = [
        ("c1", "s1", 13, 20, "type.withdrawal.silence", "Lin"),
        ("c2", "s1", 14, 29, "type.withdrawal.silence", "Zhao"),
        ("c3", "s1", 43, 58, "type.withdrawal.avoidance", "Lin"),
        ("c4", "s1", 43, 58, "type.withdrawal", "Zhao"),
        ("c5", "s1", 62, 70, "type.cathartic.displacement", "Lin"),
        ("c6", "s1", 62, 75, "type.aggressive.physical", "Zhao"),
        ("c7", "s2", 2, 15, "type.aggressive.physical", "Lin"),
        ("c8", "s2", 2, 15, "type.aggressive.physical", "Zhao"),
        ("c9", "s3", 0, 10, "type.withdrawal.avoidance", "Lin"),
    ]
    table = pd.DataFrame(rows, columns=["coding_id", "source_id", "start", "end", "code", "coder"])
    return table.assign(status="accepted")
