import pandas as pd
import pytest

from qualkit.errors import OptionError
from qualkit.reports import citation, cite, cite_joint_display, quotation

FULL = {"case": "A3", "kind": "interview", "role": "member", "date": "2031-09-06"}


@pytest.mark.parametrize(
    ("values", "options", "expected"),
    [
        (FULL, {}, "（A3，个案访谈，2031-09-06）"),
        (FULL, {"language": "en"}, "(A3, interview, 2031-09-06)"),
        ({**FULL, "role": "guardian", "case": "B2"}, {}, "（B2，监护人访谈，2031-09-06）"),
        ({**FULL, "date": None}, {}, "（A3，个案访谈）"),
        ({**FULL, "case": None}, {}, "（个案访谈，2031-09-06）"),
        ({"kind": "session_record", "session": 3}, {"template": "（第{session}节{kind}）"}, "（第3节小组活动记录）"),
        ({**FULL, "kind": "diary"}, {}, "（A3，diary，2031-09-06）"),
        ({**FULL, "case": "{date}"}, {}, "（{date}，个案访谈，2031-09-06）"),
    ],
)
def test_the_source_of_a_quotation(values, options, expected):
    assert citation(values, **options) == expected


def test_a_template_with_an_unknown_name_is_refused():
    with pytest.raises(OptionError, match=r"names \{place\}.*Use \{case\}, \{kind\}"):
        citation(FULL, template="（{case}，{place}）")


def test_codings_are_cited_by_source_and_role(quote_sources, members):
    codings = pd.DataFrame({"source_id": ["DEV-pre-A1", "DEV-post-A7"], "case": ["A1", "A7"], "text": ["一", "二"]})
    cited = cite(codings, quote_sources, members)
    assert cited["citation"].tolist() == ["（A1，个案访谈，2031-09-06）", "（A7，个案访谈，2031-11-15）"]
    assert "citation" not in codings


def test_a_joint_display_is_cited_where_it_quotes(joint_table, quote_sources, members):
    cited = cite_joint_display(joint_table, quote_sources, members)
    assert cited["citation_after"].iloc[0] == "（A1，个案访谈，2031-11-15）"
    assert cited["citation_before"].isna().tolist() == joint_table["quote_before"].isna().tolist()


def test_english_has_a_blank_before_the_source():
    assert quotation(" No. ", "(A3)", language="en") == "“No.” (A3)"
    assert quotation("不。", "", language="en") == "“不。”"
