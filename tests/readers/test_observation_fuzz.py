"""Whatever stands in a table, an observation record comes in or a ReadError says why not."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.errors import ReadError
from qualkit.readers.content import Content
from qualkit.readers.grid import Merge, make_grid
from qualkit.readers.grids import grids_of
from qualkit.readers.observation import make_record

HEADERS = [
    "节次",
    "组员",
    "组员编号",
    "出席",
    "日期",
    "观察员",
    "参与度(1-5)",
    "参与度",
    "O1",
    "O2",
    "姓名",
    "项目",
    "备注",
]
CELLS = ["A1", "A2", "A3", "B1", "1", "2", "3", "9", "-1", "√", "×", "○", "2031-04-05", "2031/13/40", "请假", "微笑"]
LINES = [
    "第1节",
    "第三节",
    "第99999节",
    "第〇节",
    "第1节第2节",
    "第1节 记录",
    "社工反思：热身太长。",
    "社工反思",
    "平均分",
    "观察员甲",
]
ODD = ["", "\n", "：", "(1-5)", "A3：", "关键事件"]
WORDS = st.sampled_from([*HEADERS, *CELLS, *LINES, *ODD])
ROWS = st.lists(st.lists(WORDS, max_size=6), max_size=9)
MERGES = st.lists(st.tuples(*[st.integers(0, 8)] * 4), max_size=4)


@settings(max_examples=400)
@given(st.lists(st.tuples(ROWS, MERGES, st.lists(WORDS, max_size=3)), min_size=1, max_size=3), st.booleans())
def test_any_grid_is_a_record_or_is_refused(tables, is_workbook):
    content = Content("，".encode(), "第2节.csv")
    with contextlib.suppress(ReadError):
        grids = [
            make_grid(
                rows,
                file="a.xlsx",
                name=f"第{number}节" if is_workbook else "",
                merges=tuple(Merge(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in merges),
                above=tuple(above),
            )
            for number, (rows, merges, above) in enumerate(tables, start=1)
        ]
        record = make_record(grids, content)
        assert set(record.ratings.session) <= {int(source.meta["session"]) for source in record.sources}
        for source in record.sources:
            end = 0
            for turn in source.turns:
                assert end <= turn.start < turn.end <= len(source.text)
                end = turn.end
            cases = {turn.speaker for turn in source.turns if turn.speaker}
            assert cases <= set(record.attendance.case)


@pytest.mark.parametrize("name", ["observation_table.docx", "observation_merged_header.xlsx", "observation_long.csv"])
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8), cut=st.floats(0, 1)
)
def test_a_damaged_file_is_read_or_refused(samples, name, places, cut):
    data = bytearray((samples / name).read_bytes())
    for place, byte in places:
        data[int(place * len(data))] = byte
    if cut < 0.3:
        data = data[: int(cut * len(data))]
    with contextlib.suppress(ReadError):
        content = Content(bytes(data), name)
        make_record(grids_of(content), content)
