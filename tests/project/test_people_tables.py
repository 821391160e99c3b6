"""Participants, relations, sessions, attendance and consent: in from tables, out to tables, and back the same."""

import time

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from qualkit.errors import NotFoundError, ReadError
from qualkit.project import create_project
from qualkit.readers.table import read_table
from qualkit.tables import ABSENCES, ATTENDANCE, ATTRIBUTE_TYPES, COMPLETENESS, CONSENTS, RELATIONS

PEOPLE = """\
编号,姓名,角色,社区,组别,性别,年龄,前测年级,后测年级,监护类型,住校,入组日期,关于
B1,某某,监护人,M1,,女,66,,,,,,A1
A1,某某,组员,M1,实验组,女,11,五年级,六年级,隔代监护,是,2031/3/1,
A2,某某,组员,M1,实验组,男,12,六年级,六年级,隔代监护,否,2031年3月2日,
A3,某某,组员,M2,对照组,女,9,四年级,五年级,单亲监护,是,2031-03-01,
A4,某某,组员,M2,对照组,男,10,四年级,五年级,单亲监护,否,,
"""


@pytest.fixture
def empty(path):
    """A project with nothing in it."""
    with create_project(path, prefix="DEV", coder="Lin") as project:
        yield project


@pytest.fixture
def write(tmp_path):
    """Write a text file and give its path."""

    def write_file(name, text):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write_file


@pytest.fixture
def peopled(empty, write):
    """A project with four members and a guardian."""
    empty.cases.import_table(write("participants.csv", PEOPLE))
    return empty


def test_participants_come_in_with_typed_columns_and_without_names(peopled, path):
    table = peopled.cases.table().set_index("case")
    assert {name: str(table[name].dtype) for name in ("age", "住校")} == {"age": "Int64", "住校": "boolean"}
    assert table.loc["A1", ["role", "sex", "age", "grade_pre", "grade_post", "住校", "入组日期"]].tolist() == [
        "member", "女", 11, "五年级", "六年级", True, "2031-03-01"
    ]  # fmt: skip
    assert pd.isna(table.loc["B1", "住校"])
    assert table.loc["B1", "about"] == "A1"
    assert not any("某某" in str(value) for value in table.to_numpy().ravel())
    assert "某某".encode() not in path.read_bytes()


def test_the_import_says_which_type_each_attribute_was_taken_for(empty, write):
    detail = empty.cases.import_table(write("participants.csv", PEOPLE))
    assert detail == (
        "5 cases; attributes: sex category (女, 男), age integer, grade category (四年级, 五年级, 六年级), "
        "guardianship category (隔代监护, 单亲监护), 住校 yes_no, 入组日期 date; "
        "left out, because people are codes here: 姓名"
    )
    assert empty.cases.attribute_types().set_index("attribute").loc["grade", "levels"] == ("四年级", "五年级", "六年级")


def test_a_value_that_keeps_a_column_from_being_numbers_is_named_with_its_row(empty, write):
    rows = "".join(f"A{number},{number + 8}\n" for number in range(1, 9))
    detail = empty.cases.import_table(write("p.csv", f"编号,年龄\n{rows}A9,十一岁\n"))
    assert "age text because of row 10 '十一岁'" in detail
    assert empty.cases.table()["age"].iloc[-1] == "十一岁"


def test_once_the_author_has_set_a_type_values_that_do_not_fit_refuse_the_file(peopled, write):
    peopled.cases.set_attribute_type("age", "integer", label={"zh": "年龄（岁）"})
    with pytest.raises(ReadError, match=r"p.csv, row 3: age: '十' is not a whole number"):
        peopled.cases.import_table(write("p.csv", "编号,年龄（岁）\nA1,12\nA2,十\n"))
    assert peopled.cases.table().set_index("case").loc["A1", "age"] == 11


def test_everything_wrong_with_participants_is_said_at_once(empty, write):
    text = "编号,角色,关于\nA1,组员,\n,组员,\nB1,监护人,A9\nA1,对照,\n"
    with pytest.raises(ReadError) as caught:
        empty.cases.import_table(write("p.csv", text))
    assert "row 3: the case is blank" in str(caught.value)
    assert "row 5: case 'A1' stands in row 2 already, with other values: role" in str(caught.value)
    with pytest.raises(ReadError, match="row 2: There is no case 'A9'"):
        empty.cases.import_table(write("p.csv", "编号,角色,关于\nB1,监护人,A9\n"))
    assert empty.cases.table().empty


def test_importing_again_changes_what_changed_and_undo_takes_it_back(peopled, write):
    before = peopled.cases.table()
    peopled.cases.import_table(write("participants.csv", PEOPLE))
    assert_frame_equal(peopled.cases.table(), before)
    peopled.cases.import_table(write("p.csv", "编号,年龄,组别\nA2,13,\nA5,9,实验组\n"))
    table = peopled.cases.table().set_index("case")
    assert table["age"].tolist() == [66, 11, 13, 9, 10, 9]
    assert pd.isna(table.loc["A2", "group"])
    peopled.undo()
    assert_frame_equal(peopled.cases.table(), before)


def test_roles_are_one_word_in_every_language(empty):
    empty.cases.add("A1", role="组员")
    empty.cases.add("C1", role="班主任")
    empty.cases.add("D1", role="村医")
    assert empty.cases.table()["role"].tolist() == ["member", "teacher", "村医"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_cases_written_to_a_file_come_back_as_the_same_table(peopled, tmp_path, suffix, language):
    peopled.cases.update("A1", 情况="=1+1，\n换行", note="-3 到 -5")
    file = peopled.cases.export(tmp_path / f"out.{suffix}", language=language)
    with create_project(tmp_path / "other.qualkit", prefix="DEV") as other:
        other.cases.import_table(file)
        own, back = (one.cases.table().drop(columns="case_id") for one in (peopled, other))
        assert_frame_equal(back[sorted(own)], own[sorted(own)], check_like=True)


_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), max_size=8).map(str.strip)
_VALUES = st.one_of(st.none(), st.integers(-99, 99).map(str), st.sampled_from(["是", "否", "甲", "2031-04-05"]), _WORDS)


@pytest.mark.slow
@given(
    rows=st.lists(st.tuples(_VALUES, _VALUES, _VALUES), min_size=1, max_size=6), suffix=st.sampled_from(["csv", "xlsx"])
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_attributes_come_back_as_the_same_table(tmp_path_factory, rows, suffix):
    folder = tmp_path_factory.mktemp("round")
    with create_project(folder / "a.qualkit") as project, create_project(folder / "b.qualkit") as other:
        for number, (one, two, three) in enumerate(rows):
            project.cases.add(f"A{number}", 宿舍=one, 负担_pre=two, 负担_post=three)
        other.cases.import_table(project.cases.export(folder / f"out.{suffix}"))
        for name in other.cases.attribute_types()["attribute"]:
            other.cases.set_attribute_type(name, "text")
        own, back = (one.cases.table().drop(columns="case_id") for one in (project, other))
        # A column without any value need not come back.
        filled = [name for name in own if name in back or own[name].notna().any()]
        assert_frame_equal(back[sorted(back)], own[sorted(filled)])


def test_relations_come_in_once_and_go_out_as_they_came(peopled, write, tmp_path):
    text = "编号,关系,对方,时点\nB1,奶奶,A1,\nA1,一起玩,A2,前测\nA2,一起玩,A3,后测\n"
    assert peopled.cases.import_relations(write("r.csv", text)) == "3 relations"
    assert peopled.cases.import_relations(write("r.csv", text)) == "0 relations; 3 already there"
    table = peopled.cases.relations()
    assert list(table.columns) == list(RELATIONS.columns)
    assert table.fillna("").values.tolist()[1] == ["A1", "一起玩", "A2", "pre"]
    for suffix in ("csv", "xlsx"):
        file = peopled.cases.export_relations(tmp_path / f"out.{suffix}")
        assert peopled.cases.import_relations(file) == "0 relations; 3 already there"


def test_all_relations_with_somebody_unknown_are_named(peopled, write):
    with pytest.raises(ReadError) as caught:
        peopled.cases.import_relations(write("r.csv", "编号,关系,对方,时点\nZ1,奶奶,A1,\nA1,,A2,\nA1,x,A2,T9\n"))
    lines = str(caught.value).splitlines()
    assert lines[0].startswith("r.csv, row 2: There is no case 'Z1'")
    assert lines[1] == "r.csv, row 3: what is A1 to A2? Enter the relation, such as 奶奶 or 一起玩."
    assert lines[2].startswith("r.csv, row 4: 'T9' is not a wave")


SESSIONS = (
    "节次,日期,主题,目标,内容,策略,物资\n第1节,2031/9/20,相识,认识,名字接龙,,纸\n2,2031-09-27,情绪,说出,卡片,s,笔\n"
)


def test_sessions_and_attendance_come_in_and_go_out_the_same(peopled, write, tmp_path):
    assert peopled.sessions.import_table(write("s.csv", SESSIONS)) == "2 sessions; not used: 物资"
    wide = "组员,第1节,第2节\nA1,√,请假\nA2,迟到,×\nA3,,√\n"
    assert peopled.sessions.import_attendance(write("a.csv", wide)) == "5 rows"
    table = peopled.sessions.attendance_table()
    assert list(table.columns) == list(ATTENDANCE.columns)
    assert table.fillna("").values.tolist() == [
        [1, "A1", True, ""],
        [1, "A2", True, "迟到"],
        [2, "A1", False, "请假"],
        [2, "A2", False, ""],
        [2, "A3", True, ""],
    ]
    with create_project(tmp_path / "other.qualkit") as other:
        other.cases.import_table(peopled.cases.export(tmp_path / "people.xlsx"))
        other.sessions.import_table(peopled.sessions.export(tmp_path / "sessions.xlsx"))
        other.sessions.import_attendance(peopled.sessions.export_attendance(tmp_path / "attendance.csv"))
        assert_frame_equal(other.sessions.attendance_table(), table)
        columns = ["session", "date", "name", "aim", "activities", "strategy"]
        assert_frame_equal(other.sessions.table()[columns], peopled.sessions.table()[columns])


def test_attendance_of_unknown_people_or_sessions_is_refused_with_its_row(peopled, write):
    peopled.sessions.add(1)
    with pytest.raises(ReadError) as caught:
        peopled.sessions.import_attendance(write("a.csv", "编号,1,9\nA1,√,\nA7,√,√\n"))
    assert "row 3: There is no case 'A7'" in str(caught.value)
    assert "row 3: There is no session 9" in str(caught.value)


def test_a_session_stands_once_in_its_table(peopled, write):
    with pytest.raises(ReadError, match="row 3: session 1 stands in row 2 already"):
        peopled.sessions.import_table(write("s.csv", "节次,日期\n1,2031-09-20\n第一节,2031-09-27\n"))


def test_consents_come_in_and_go_out_the_same(peopled, write, tmp_path):
    wide = (
        "编号,访谈,录音,引用,共享,日期,同意人,备注\nA1,√,√,×,未询问,2031-03-01,监护人,口头\nA2,√,,,,2031-03-01,本人,\n"
    )
    assert peopled.consents.import_table(write("c.csv", wide)) == "5 consents"
    table = peopled.consents.table()
    assert list(table.columns) == list(CONSENTS.columns)
    assert table.iloc[2].tolist()[1:] == ["A1", "quotation", "refused", "2031-03-01", "guardian", "口头"]
    for suffix in ("csv", "xlsx"):
        file = peopled.consents.export(tmp_path / f"out.{suffix}")
        peopled.consents.import_table(file)
        assert_frame_equal(peopled.consents.table(), table)
    assert read_table(tmp_path / "out.csv").iloc[0].tolist() == ["A1", "访谈", "同意", "2031-03-01", "监护人", "口头"]
    with pytest.raises(ReadError, match="row 2: There is no case 'A9'"):
        peopled.consents.import_table(write("c.csv", "编号,访谈\nA9,√\n"))


def test_tables_of_people_have_the_columns_that_are_described(peopled):
    assert list(peopled.absences.table().columns) == list(ABSENCES.columns)
    assert list(peopled.cases.attribute_types().columns) == list(ATTRIBUTE_TYPES.columns)
    assert list(peopled.completeness().columns) == list(COMPLETENESS.columns)


@pytest.mark.slow
def test_five_thousand_people_with_twenty_attributes_come_in_within_seconds(empty, write):
    header = ",".join(["编号", "角色", *(f"属性{number}" for number in range(20))])
    rows = [
        ",".join([f"A{row}", "组员", *(str((row * 7 + column) % 11) for column in range(20))]) for row in range(5000)
    ]
    file = write("p.csv", "\n".join([header, *rows]))
    began = time.perf_counter()
    empty.cases.import_table(file)
    assert time.perf_counter() - began < 20  # 2.4 s on two cores; the margin is for slow machines
    assert empty.cases.table().shape == (5000, 26)


def test_an_unknown_case_has_no_consent(empty):
    with pytest.raises(NotFoundError, match="no case 'A9'"):
        empty.consents.set("A9", "interview", "given")
