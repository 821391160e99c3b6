"""Observation records in the project: ratings, texts to code and attendance come in together."""

import docx
import pytest

from qualkit.errors import NotFoundError, ReadError
from qualkit.project import create_project
from qualkit.readers import read_observation_record

HEAD = "节次,日期,组员编号,出席,参与度(1-5),情绪表现,关键事件,观察员\n"
ROWS = "3,2031-04-19,A3,1,3,微笑,第一次举手,O1\n3,2031-04-19,A8,0,,,请假,O1\n"
OTHER = "3,2031-04-19,A3,1,4,平静,第一次举手,O2\n3,2031-04-19,A8,1,2,低头,,O2\n"
SAID = "A3：情绪表现 微笑；关键事件 第一次举手（O1）"


@pytest.fixture
def project(path):
    with create_project(path, prefix="DEV", coder="Lin", language="en") as project:
        for case in ("A3", "A8"):
            project.cases.add(case, role="member")
        project.codes.add("mood")
        yield project


@pytest.fixture
def record(tmp_path):
    def write(text, name="观察.csv"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


def ratings(project):
    table = project.observations.table().astype(object)
    table = table.where(table.notna(), None)
    return {(row["case"], row["observer"]): row["value"] for row in table.to_dict("records")}


def attendance(project):
    table = project.sessions.attendance_table()
    return dict(zip(table["case"], table["attended"], strict=True))


def code(project, quote, *, source="observation/3"):
    text = project.sources.get(source).text
    start = text.index(quote)
    return project.codings.add(source, start, start + len(quote), "mood")


def test_a_record_brings_ratings_a_text_of_the_session_and_attendance(project, record):
    (source_id,) = project.observations.add_record(read_observation_record(record(HEAD + ROWS)))
    assert ratings(project) == {("A3", "O1"): 3, ("A8", "O1"): None}
    assert attendance(project) == {"A3": True, "A8": False}
    source = project.sources.get(source_id)
    assert (source.name, source.kind, source.session, source.date) == ("observation/3", "observation", 3, "2031-04-19")
    assert source.text == f"{SAID}\nA8：缺席；关键事件 请假（O1）"
    assert project.check().empty


def test_a_coding_on_a_row_belongs_to_the_member_it_is_about(project, record):
    project.observations.add_record(read_observation_record(record(HEAD + ROWS)))
    code(project, "微笑")
    code(project, "请假")
    assert project.codings.table()["case"].tolist() == ["A3", "A8"]
    assert set(project.turns.table()["kind"]) == {"observation"}


def test_all_of_a_record_comes_in_or_nothing(project, record):
    read = read_observation_record(record(HEAD + ROWS + "3,2031-04-19,A9,1,3,,,O1\n"))
    with pytest.raises(NotFoundError, match="A9"):
        project.observations.add_record(read)
    assert project.sources.table().empty
    assert project.observations.table().empty
    assert project.sessions.table().empty


def test_one_undo_takes_a_record_back(project, record):
    project.observations.add_record(read_observation_record(record(HEAD + ROWS)))
    project.undo()
    assert project.sources.table().empty
    assert project.observations.table().empty
    assert project.sessions.attendance_table().empty


def test_the_record_of_another_observer_stands_beside_the_first(project, record):
    project.observations.add_record(read_observation_record(record(HEAD + ROWS)))
    project.observations.add_record(read_observation_record(record(HEAD + OTHER, name="第二观察员.csv")))
    assert project.sources.table()["name"].tolist() == ["observation/3", "observation/3 O2"]
    assert ratings(project) == {("A3", "O1"): 3, ("A8", "O1"): None, ("A3", "O2"): 4, ("A8", "O2"): 2}
    assert attendance(project) == {"A3": True, "A8": True}


def test_a_record_without_an_observer_is_told_apart_by_its_file(project, record):
    plain = "节次,组员编号,参与度(1-5),表现\n3,A3,{},低头\n"
    project.observations.add_record(read_observation_record(record(plain.format(2), name="甲.csv")))
    project.observations.add_record(read_observation_record(record(plain.format(3), name="乙.csv")))
    assert project.sources.table()["name"].tolist() == ["observation/3", "observation/3 乙"]


def test_imported_again_with_corrected_ratings_the_codings_stay(project, record):
    file = record(HEAD + ROWS)
    assert project.import_files([file], kind="observations")["status"].tolist() == ["imported"]
    code(project, "第一次举手")
    file.write_text(HEAD + ROWS.replace("A3,1,3", "A3,1,5"), encoding="utf-8")
    assert project.import_files([file], kind="observations")["status"].tolist() == ["new version"]
    assert ratings(project)["A3", "O1"] == 5
    assert project.codings.table()["text"].tolist() == ["第一次举手"]
    assert project.check().empty


def test_a_changed_text_with_codings_is_offered_and_nothing_is_taken_until_accepted(project, record):
    file = record(HEAD + ROWS)
    project.import_files([file], kind="observations")
    code(project, "第一次举手")
    file.write_text(HEAD + ROWS.replace("A3,1,3,微笑", "A3,1,5,大笑"), encoding="utf-8")
    for changed in ("offer", "keep"):
        (offer,) = project.import_files([file], kind="observations", changed=changed).to_dict("records")
        assert offer["status"] == "changed"
        assert offer["detail"].startswith("observation/3: the file has changed and codings hang on its text")
        assert ratings(project)["A3", "O1"] == 3
    report = project.import_files([file], kind="observations", changed="accept")
    assert report["status"].tolist() == ["new version"]
    assert ratings(project)["A3", "O1"] == 5
    source = project.sources.get("observation/3")
    (coding,) = project.codings.table().to_dict("records")
    assert source.text[coding["start"] : coding["end"]] == "第一次举手"
    assert "大笑" in source.text


def test_ratings_that_are_there_are_kept_when_their_row_is_gone(project, record):
    file = record(HEAD + ROWS)
    project.import_files([file], kind="observations")
    file.write_text(HEAD + ROWS.split("\n")[0] + "\n", encoding="utf-8")
    project.import_files([file], kind="observations")
    assert set(ratings(project)) == {("A3", "O1"), ("A8", "O1")}


def test_attendance_of_its_own_table_counts_and_a_difference_is_said(project, record):
    project.sessions.add(3)
    table = record("session,case,attended\n3,A3,1\n3,A8,1\n", name="attendance.csv")
    assert project.import_files([table])["status"].tolist() == ["imported"]
    (row,) = project.import_files([record(HEAD + ROWS)], kind="observations").to_dict("records")
    assert attendance(project) == {"A3": True, "A8": True}
    assert "attendance is told otherwise by its own table, which counts: A8 in session 3" in row["detail"]


def test_how_a_record_was_understood_is_reported(project, record):
    (row,) = project.import_files([record("节次,组员编号,发言次数\n3,A3,4\n3,A8,2\n")], kind="observations").to_dict(
        "records"
    )
    assert row["detail"] == "2 ratings; observation/3: 2 turns; 发言次数: no range in the header; 2 to 4 in the table"


def test_all_members_that_a_list_of_participants_lacks_are_named_at_once(project, record):
    project.import_files([record("编号,角色\nA3,member\n", name="参与者.csv")])
    rows = "".join(f"3,2031-04-19,{case},1,3,,,O1\n" for case in ("A7", "A9"))
    (row,) = project.import_files([record(HEAD + rows)], kind="observations").to_dict("records")
    assert row["status"] == "refused"
    assert [line.split(" in this")[0] for line in row["detail"].splitlines()] == [
        "观察.csv: There is no case 'A7'",
        "观察.csv: There is no case 'A9'",
    ]


def test_what_is_no_record_is_refused(project, record):
    with pytest.raises(ReadError, match=r"观察\.csv: no table with the column 组员编号"):
        project.observations.add_record(read_observation_record(record("甲,乙\n1,2\n")))


def test_a_word_record_is_known_by_its_table_wherever_it_lies(project, tmp_path):
    document = docx.Document()
    document.add_paragraph("第三节观察记录 2031年4月19日")
    table = document.add_table(0, 3)
    for row in (("组员", "参与度(1-5)", "表现"), ("A3", "3", "微笑"), ("A8", "", "")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("社工反思：热身太长。")
    document.save(tmp_path / "第三节观察记录.docx")
    (row,) = project.import_files([tmp_path / "第三节观察记录.docx"]).to_dict("records")
    assert (row["kind"], row["status"], row["format"]) == ("observations", "imported", "docx")
    source = project.sources.get("observation/3")
    assert source.date == "2031-04-19"
    assert source.text.split("\n")[1:] == ["A3：表现 微笑", "A8：缺席", "社工反思：热身太长。"]
    assert attendance(project) == {"A3": True, "A8": False}


def test_an_observation_in_running_text_is_a_source(project, record):
    file = record("今天A3坐在窗边，没有出声。\n", name="A3观察笔记.txt")
    (row,) = project.import_files([file]).to_dict("records")
    assert (row["kind"], row["status"]) == ("observation", "imported")
    assert project.sources.table()[["kind", "case"]].values.tolist() == [["observation", "A3"]]


def test_the_report_says_which_part_a_process_record_lacks(project, record):
    text = "一、特殊事件\nA3哭了。\n二、目标达成\n多数。\n三、社工反思\n不该催。\n"
    (row,) = project.import_files([record(text, name="第2节小组记录.txt")]).to_dict("records")
    assert row["detail"] == "session/2: 0 turns; no part 小组动力"
    assert project.sources.get("session/2").meta["parts_missing"] == "group_dynamics"
