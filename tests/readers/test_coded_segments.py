"""Coded segments of other programs come in by their own columns."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.errors import ReadError
from qualkit.readers.coded_segments import COLUMNS, read_segments


def rows(segments):
    return [[getattr(one, column) for column in COLUMNS] for one in segments]


@pytest.mark.parametrize("file", ["taguette_highlights.csv", "taguette_highlights.xlsx"])
def test_highlights_of_taguette_have_a_row_for_each_tag(samples, file):
    assert rows(read_segments(samples / file)) == [
        ["A3_前测.docx", "就……自己待着。", "类型.退缩", "", ""],
        ["A3_前测.docx", "就……自己待着。", "情绪", "", ""],
        ["A3_前测.docx", "我也不过去。\n过去了他们也不说话。", "类型.退缩", "", ""],
    ]


def test_codings_of_qualcoder_keep_their_coders_and_leave_pictures_out(samples):
    assert rows(read_segments(samples / "qualcoder_codings.csv")) == [
        ["A3.docx", "就……自己待着。", "退缩", "研究者L", "像上次一样"],
        ["A3.docx", "我也不过去。", "退缩", "研究者W", ""],
    ]


def test_a_report_of_qualcoder_is_read_by_its_headings(samples):
    assert rows(read_segments(samples / "qualcoder_report.txt")) == [
        ["A3.docx", "就……自己待着。", "退缩", "研究者L", "像上次一样"],
        ["A3.docx", "我也不过去。", "退缩", "研究者W", ""],
        ["A5.docx", "他们笑我，说我“没人要”，\n我就不去了。", "被嘲笑", "研究者L", ""],
    ]


def test_a_report_as_a_page_is_read_too(samples, write):
    lines = (samples / "qualcoder_report.txt").read_text("utf-8-sig").split("\n")
    page = "<html><body>" + "".join(f"<p>{line or '<br />'}</p>" for line in lines) + "</body></html>"
    assert rows(read_segments(write("report.html", page))) == rows(read_segments(samples / "qualcoder_report.txt"))


def test_codings_of_qualcoder_by_cases_name_the_file(write):
    path = write("a.csv", "Case,Filename,Coder,Coded,Id,Codename,Coded_Memo\nA3,A3.docx,Lin,我不去,ctid:1,退缩,\n")
    assert rows(read_segments(path)) == [["A3.docx", "我不去", "退缩", "Lin", ""]]


def test_our_own_columns_keep_the_number_of_their_row(write):
    segments = read_segments(write("Lin.csv", "source,quote,code,memo\n\npre/A1,待着,mood.low,很轻\n"))
    assert [(one.row, one.source, one.quote, one.code, one.coder, one.memo) for one in segments] == [
        (3, "pre/A1", "待着", "mood.low", "", "很轻")
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "quote,code\n待着,mood\n", r"no column source \(document, file\); it has quote, code"),
        ("a.csv", "", "empty"),
        ("a.csv", "\n\n", "no rows"),
        ("a.csv", "source,quote,code\nA1,我，不去,mood,,x\n", "row 2: 5 cells, but the header has 3"),
        ("a.docx", "x", "Save them as .xlsx or .csv"),
        ("a.html", "<html><p>好</p></html>", "no coding report of QualCoder"),
        ("a.xlsx", "x", "a.xlsx"),
    ],
)
def test_another_file_is_refused_with_the_remedy(write, name, content, message):
    with pytest.raises(ReadError, match=message):
        read_segments(write(name, content))


CELLS = st.lists(
    st.sampled_from(
        [
            "id",
            "document",
            "tag",
            "content",
            "File",
            "Coded",
            "Codename",
            "source",
            "quote",
            "code",
            "x",
            "",
            '"',
            "好\n",
            "imid:1",
        ]
    ),
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(CELLS, max_size=6), ending=st.sampled_from([".csv", ".txt", ".html"]))
def test_any_cells_give_segments_or_a_read_error(write, cells, ending):
    with suppress(ReadError):
        read_segments(write(f"a{ending}", "\n".join(",".join(row) for row in cells)))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "line", ["[1-2] a, File: b,  Coder: c\n好\n", "a, CODE MEMO: File: b", ", File: ", "MEMO: x\n"]
)
def test_a_long_report_takes_linear_time(write, line):
    with suppress(ReadError):
        read_segments(write("a.txt", "a, File: b,  Coder: c\n" + line * 50_000))
