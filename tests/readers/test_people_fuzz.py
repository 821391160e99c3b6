"""Tables of people with anything in them: only ReadError comes out, whatever a cell holds."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.errors import ReadError
from qualkit.readers.attendance import read_attendance
from qualkit.readers.consents import read_consents
from qualkit.readers.people import read_people

_WORDS = [
    "编号",
    "case",
    "姓名",
    "性别",
    "时点",
    "wave",
    "pre",
    "后测",
    "年级_pre",
    "前测年级",
    "节次",
    "第1节",
    "出席",
    "备注",
]
_WORDS += [
    "用途",
    "状态",
    "访谈",
    "同意",
    "撤回",
    "√",
    "×（生病）",
    "请假",
    "迟到",
    "A1",
    "A2",
    "1",
    "",
    "2031-04-05",
    "'=1",
    "关于",
]
CELLS = st.sampled_from(_WORDS) | st.text(max_size=5)
TABLES = st.lists(st.lists(CELLS, max_size=5), max_size=6)


@pytest.mark.parametrize(
    "read",
    [lambda path: read_people(path, waves=["pre", "post"]), read_attendance, read_consents],
    ids=["people", "attendance", "consents"],
)
@given(rows=TABLES)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_is_read_or_refused_with_its_name(tmp_path, read, rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path = tmp_path / "people.csv"
    path.write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))
    try:
        read(path)
    except ReadError as error:
        assert "people.csv" in str(error)  # noqa: PT017
