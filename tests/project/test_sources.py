import pytest

from qualkit.errors import DataError, OptionError, ProjectError
from qualkit.model import Note, Source, Turn
from qualkit.tables import SOURCES


def test_a_source_comes_back_as_it_was_given(project):
    text = "A3：一。\r\nA3：二。\u2028\x00\t结束 "
    source = project.sources.add_text("raw", text, kind="other", session=None, meta={"format": "txt"})
    back = project.sources.get(source)
    assert back.text == text
    assert (back.source_id, back.name, back.kind, back.case, back.wave) == (source, "raw", "other", None, None)
    assert back.meta == {"format": "txt"}


def test_turns_and_marks_are_found_when_none_are_given(project):
    source = project.sources.get("pre/A3")
    assert [turn.speaker for turn in source.turns] == ["访谈者", "A3", "访谈者", "A3"]
    assert [source.text[mark.start : mark.end] for mark in source.marks] == ["（低头）"]


def test_the_table_has_the_columns_it_promises(project):
    table = project.sources.table()
    assert list(table.columns) == list(SOURCES.columns)
    row = table.iloc[0]
    assert (row["name"], row.kind, row.case, row.wave, row.n_turns, row.language) == (
        ("pre/A3", "interview", "A3", "pre", 4, "zh")
    )


def test_date_and_session_are_kept(project):
    project.sessions.add(3, date="2031年10月11日", name="我的长处")
    source = project.sources.add_text("s3", "记录。", kind="session_record", session=3, date="2031/10/11")
    row = project.sources.table().set_index("source_id").loc[source]
    assert (row.session, row.date) == (3, "2031-10-11")


def test_a_case_that_is_not_there_is_made_with_the_source(project):
    project.sources.add_text("pre/A9", "A9：嗯。", kind="interview", case="A9", wave="pre")
    assert project.cases.table().case.tolist() == ["A3", "A9"]
    project.undo()
    assert project.cases.table().case.tolist() == ["A3"]
    assert project.sources.table().name.tolist() == ["pre/A3"]


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "text is empty"), (" \n", "text is empty"), ("a\ud83d", "surrogate"), (b"x", "the text is a bytes")],
)
def test_a_text_that_cannot_be_kept_is_refused(project, text, message):
    with pytest.raises(DataError, match=message):
        project.sources.add_text("bad", text, kind="interview")
    assert len(project.sources.table()) == 1


def test_a_source_is_not_overwritten(project):
    with pytest.raises(ProjectError, match="named 'pre/A3' exists already"):
        project.sources.add_text("pre/A3", "anderes", kind="interview")


def test_unknown_kind_wave_and_day_are_refused(project):
    with pytest.raises(OptionError, match="kind='chat'"):
        project.sources.add_text("x", "text", kind="chat")
    with pytest.raises(OptionError, match=r"wave='T9'.*'pre', 'post'.*set_waves"):
        project.sources.add_text("x", "text", kind="interview", wave="T9")
    with pytest.raises(DataError, match="'yesterday' is no day"):
        project.sources.add_text("x", "text", kind="interview", date="yesterday")
    project.set_waves(["pre", "post", "T9"])
    project.sources.add_text("x", "text", kind="interview", wave="T9")


@pytest.mark.parametrize(
    ("turns", "message"),
    [
        ([Turn(start=0, end=9)], r"turn 1 is \[0, 9\), but the text has 4"),
        ([Turn(start=0, end=3), Turn(start=2, end=4)], "turn 2 begins at 2, inside the one before"),
    ],
)
def test_turns_that_do_not_fit_the_text_are_refused(project, turns, message):
    with pytest.raises(DataError, match=message):
        project.sources.add_text("x", "四个字。", kind="interview", turns=turns)


def test_a_source_with_codings_is_not_removed(project):
    coding = project.codings.add("pre/A3", 0, 3, "cause")
    with pytest.raises(ProjectError, match=r"source 'pre/A3' is still in use \(1 in codings\)"):
        project.sources.remove("pre/A3")
    project.codings.remove(coding)
    project.sources.remove("pre/A3")
    assert project.sources.table().empty
    project.sources.add_text("pre/A3", "ein neuer Text", kind="interview")


def test_what_a_file_says_beside_its_text_is_kept_as_memos(project):
    text = "A3：自己待着。\n访谈者：嗯。"
    note = Note(start=3, end=7, text="语气很轻", author="Zhao")
    source_id = project.sources.add(Source(name="pre/A4", text=text, notes=(note, note)))
    memos = project.memos.table()
    assert memos[["target", "target_id", "coder", "text"]].values.tolist() == [
        ["sources", source_id, "Zhao", "〔批注〕「自己待着」语气很轻"]
    ]
    project.undo()
    assert project.memos.table().empty
