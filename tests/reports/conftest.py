"""A small invented joint display with a quotation that would like to be a script."""

import pandas as pd
import pytest

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)><b>笑</b>"


@pytest.fixture
def joint_table():
    rows = [
        ("A1", "withdrawal", 25.0, 14.0, "improved", 3, 0, "convergent", HOSTILE, "现在是我先开口叫她的。"),
        ("A2", "withdrawal", 12.0, 11.0, "unchanged", 1, 1, "convergent", "我就踢球。", None),
        ("A7", "withdrawal", 22.0, 24.0, "unchanged", 2, 5, "complementary", "我听不懂她们说话。", "不想去了。"),
        ("A9", "withdrawal", 18.0, 9.0, "improved", 2, 3, "divergent", "我叫她们别理她。", "还是我说谁坐哪儿。"),
        ("A10", "withdrawal", 15.0, None, None, 0, None, "silent", None, None),
        ("A1", "aggressive", 6.0, 6.0, "unchanged", 0, 0, "silent", None, None),
        ("A9", "aggressive", 20.0, 12.0, "improved", 4, 1, "convergent", "我就给她起外号。", "我跟她说对不起了。"),
    ]
    columns = [
        "case",
        "subscale",
        "before",
        "after",
        "class",
        "n_before",
        "n_after",
        "fit",
        "quote_before",
        "quote_after",
    ]
    table = pd.DataFrame(rows, columns=columns).astype({"n_before": "Int64", "n_after": "Int64"})
    table["theme"] = "type." + table["subscale"]
    table["change"] = table["after"] - table["before"]
    table["rate_before"], table["rate_after"] = table["n_before"] * 1.5, table["n_after"] * 1.5
    for when, wave in (("before", "pre"), ("after", "post")):
        table[f"quote_{when}_source_id"] = ("DEV-" + wave + "-" + table["case"]).where(table[f"quote_{when}"].notna())
    return table


@pytest.fixture
def quote_sources():
    cases = ["A1", "A2", "A7", "A9", "A10"]
    return pd.DataFrame(
        [
            (f"DEV-{wave}-{case}", "interview", date)
            for case in cases
            for wave, date in (("pre", "2031-09-06"), ("post", "2031-11-15"))
        ],
        columns=["source_id", "kind", "date"],
    )


@pytest.fixture
def members():
    return pd.DataFrame({"case": ["A1", "A2", "A7", "A9", "A10"], "role": "member"})
