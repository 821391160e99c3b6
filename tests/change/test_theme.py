"""Change of themes: paired change of the rates of those who were asked."""

import numpy as np
import pandas as pd
import pytest

from qualkit.change import paired_change, theme_change


@pytest.fixture
def rates():
    cases = ["A1", "A2", "A3", "A4"]
    before = pd.DataFrame({"case": cases, "wave": "pre", "rate_per_1000": [8.0, 6.0, 7.0, 5.0], "status": "asked"})
    after = before.assign(wave="post", rate_per_1000=[3.0, 4.0, 6.0, 0.0], status=["asked"] * 3 + ["not asked"])
    return pd.concat([before, after], ignore_index=True).assign(code="type.withdrawal")


def test_it_is_the_paired_change_of_cases_asked_in_both_waves(rates):
    row = theme_change(rates, before="pre", after="post").iloc[0]
    expected = paired_change(rates[rates["case"] != "A4"], before="pre", after="post", value="rate_per_1000", by="code")
    assert row.n == 3
    assert (
        row[["difference", "t", "wilcoxon_p_exact"]].tolist()
        == expected.iloc[0][["difference", "t", "wilcoxon_p_exact"]].tolist()
    )
    assert "no value at post: A4" in row.note


def test_themes_are_one_family(rates):
    both = pd.concat([rates, rates.assign(code="type.cathartic", rate_per_1000=np.arange(8.0) ** 2)])
    table = theme_change(both, before="pre", after="post")
    assert table["code"].tolist() == ["type.withdrawal", "type.cathartic"]
    assert (table["p_holm"] >= table["p_value"]).all()
