"""Small invented tables for figures, and a browser or a reason to skip."""

import pandas as pd
import pytest

from qualkit.errors import NoBrowserError, NoFontError
from qualkit.figures import choose_fonts, find_browser

SUBSCALES = {"withdrawal": "退缩型", "cathartic": "宣泄型", "aggressive": "攻击型"}
_SCORES = {
    "withdrawal": [(19, 8), (9, 9), (20, 14), (15, 9), (21, None)],
    "cathartic": [(10, 5), (11, 4), (11, 10), (19, 15), (10, 11)],
    "aggressive": [(12, 11), (20, 9), (8, 8), (19, 23), (10, 10)],
}
_FITS = ["convergent", "complementary", "divergent", "silent", "convergent"]


@pytest.fixture
def figure_scores():
    return pd.DataFrame(
        [
            (subscale, f"A{number}", wave, score)
            for subscale, pairs in _SCORES.items()
            for number, pair in enumerate(pairs, start=1)
            for wave, score in zip(("pre", "post"), pair, strict=True)
        ],
        columns=["subscale", "case", "wave", "score"],
    )


@pytest.fixture
def reliable():
    return pd.DataFrame(
        [
            (subscale, f"A{number}", None if after is None else "improved" if before - after > 4 else "unchanged")
            for subscale, pairs in _SCORES.items()
            for number, (before, after) in enumerate(pairs, start=1)
        ],
        columns=["subscale", "case", "class"],
    )


@pytest.fixture
def matrix():
    codes = {"type.withdrawal.silence": [3, 0, 1], "type.cathartic.outburst": [0, 4, 2]}
    return pd.DataFrame(
        [
            (code, f"A{number}", count, count * 1.7, "not asked" if (code, number) == (list(codes)[1], 3) else "asked")
            for code, counts in codes.items()
            for number, count in enumerate(counts, start=1)
        ],
        columns=["code", "case", "n_segments", "rate_per_1000", "status"],
    )


@pytest.fixture
def joint():
    rows = []
    for subscale, pairs in _SCORES.items():
        for number, (before, after) in enumerate(pairs, start=1):
            change = None if after is None else after - before
            rows.append(
                {
                    "case": f"A{number}",
                    "subscale": subscale,
                    "theme": f"type.{subscale}",
                    "before": before,
                    "after": after,
                    "change": change,
                    "class": None if change is None else "improved" if change < -4 else "unchanged",
                    "n_before": 3,
                    "n_after": 1,
                    "rate_before": 4.5,
                    "rate_after": 1.2 if number != 3 else None,
                    "coding_ids_before": f"DEV-{number}a DEV-{number}b",
                    "coding_ids_after": f"DEV-{number}c",
                    "fit": _FITS[number - 1],
                }
            )
    return pd.DataFrame(rows)


@pytest.fixture(scope="session")
def browser():
    try:
        choose_fonts("前后测")
        return find_browser()
    except (NoBrowserError, NoFontError) as missing:
        pytest.skip(str(missing))
