"""A small study: three children, two waves, one coder; a guardian who speaks about a child."""

import pandas as pd
import pytest


@pytest.fixture
def cases():
    return pd.DataFrame({"case": ["A1", "A2", "A3"], "role": "member", "site": ["M1", "M1", "M2"]})


@pytest.fixture
def turns():
    rows = [
        ("s1", 1, "W1", "pre", 20),
        ("s1", 2, "A1", "pre", 300),
        ("s1", 3, "A1", "pre", 200),
        ("s2", 1, "A1", "post", 1000),
        ("s3", 1, "A2", "pre", 2000),
        ("s4", 1, "A2", "post", 1000),
        ("s5", 1, "A3", "pre", 400),
        ("s6", 1, "B1", "post", 900),
        ("s7", 1, "W1", None, 700),
    ]
    return pd.DataFrame(rows, columns=["source_id", "turn", "case", "wave", "n_characters"])


@pytest.fixture
def codings():
    rows = [
        ("c1", "s1", "pre/A1", 2, 20, 26, "就……不知道。", "type.withdrawal.silence", "A1", "pre"),
        ("c2", "s1", "pre/A1", 2, 40, 52, "他们玩他们的，我不过去。", "type.withdrawal.avoidance", "A1", "pre"),
        ("c3", "s1", "pre/A1", 3, 60, 75, "下课我就待在图书角，不出来了。", "type.withdrawal.avoidance", "A1", "pre"),
        ("c4", "s2", "post/A1", 1, 5, 12, "有时候还是不说", "type.withdrawal.silence", "A1", "post"),
        ("c5", "s3", "pre/A2", 1, 5, 15, "他挡我，我就推他一把", "type.aggressive.physical", "A2", "pre"),
        ("c6", "s3", "pre/A2", 1, 30, 37, "放学等着，真的", "type.aggressive.verbal", "A2", "pre"),
        ("c7", "s6", "post/B1", 1, 10, 20, "他在家也打弟弟，说不听", "type.aggressive.physical", "B1", "post"),
        ("c8", "s7", "session/3", 1, 10, 20, "A2一个人坐在后面不动", "type.withdrawal.avoidance", "A2", None),
    ]
    columns = ["coding_id", "source_id", "source", "turn", "start", "end", "text", "code", "case", "wave"]
    return pd.DataFrame(rows, columns=columns).assign(coder="Lin", memo=None, status="accepted")


@pytest.fixture
def scores():
    rows = [
        ("withdrawal", "A1", 25.0, 14.0),
        ("withdrawal", "A2", 9.0, 9.0),
        ("withdrawal", "A3", 20.0, 12.0),
        ("aggressive", "A1", 8.0, 7.0),
        ("aggressive", "A2", 26.0, 12.0),
        ("aggressive", "A3", 8.0, None),
    ]
    wide = pd.DataFrame(rows, columns=["subscale", "case", "pre", "post"])
    return wide.melt(["subscale", "case"], var_name="wave", value_name="score")


@pytest.fixture
def change():
    rows = [
        ("withdrawal", "A1", -11.0, -5.5, "improved"),
        ("withdrawal", "A2", 0.0, 0.0, "unchanged"),
        ("withdrawal", "A3", -8.0, -4.0, "improved"),
        ("aggressive", "A1", -1.0, -0.4, "unchanged"),
        ("aggressive", "A2", -14.0, -5.8, "improved"),
        ("aggressive", "A3", None, None, None),
    ]
    return pd.DataFrame(rows, columns=["subscale", "case", "change", "rci", "class"])
