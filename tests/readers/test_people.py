"""Participants as people keep them: Chinese headers, names that must not come in, waves in headers or in rows."""

import pytest

from qualkit.errors import ReadError
from qualkit.readers.people import read_people

WAVES = ["pre", "post"]


def read(write, text, **options):
    return read_people(write("participants.csv", text), waves=WAVES, **options)


def test_chinese_headers_are_understood_and_other_columns_are_attributes(write):
    people = read(write, "编号,角色,社区,组别,性别,年级,监护类型,住校\nA1,组员,M1,实验组,女,五年级,隔代监护,是\n")
    (person,) = people.persons
    assert person.fields == {"role": "member", "site": "M1", "group": "实验组"}
    assert person.attributes == {
        ("sex", None): "女",
        ("grade", None): "五年级",
        ("guardianship", None): "隔代监护",
        ("住校", None): "是",
    }


def test_names_and_telephones_never_come_in_and_that_is_said(write):
    people = read(write, "序号,编号,姓名,化名,家长电话\n1,A1,某某,小雨,123\n")
    assert people.persons[0].attributes == {("化名", None): "小雨"}
    assert people.notes == ["left out, because people are codes here: 姓名, 家长电话"]


def test_without_codes_the_table_is_refused_although_it_has_names(write):
    with pytest.raises(ReadError, match=r"no column case \(编号\).*Every person needs a code"):
        read(write, "姓名,性别\n某某,女\n")


@pytest.mark.parametrize(
    "header", ["年级_pre,年级_post", "年级@pre,年级@post", "前测年级,后测年级", "年级（前测）,年级（后测）"]
)
def test_attributes_of_a_wave_are_told_by_their_headers(write, header):
    people = read(write, f"编号,{header}\nA1,五年级,六年级\n")
    assert people.persons[0].attributes == {("grade", "pre"): "五年级", ("grade", "post"): "六年级"}


def test_in_a_long_table_what_never_differs_is_of_the_person(write):
    people = read(
        write, "编号,时点,角色,性别,监护人\nA1,前测,组员,女,奶奶\nA1,后测,组员,女,妈妈\nA2,前测,组员,男,爷爷\n"
    )
    assert people.persons[0].attributes == {
        ("sex", None): "女",
        ("guardian", "pre"): "奶奶",
        ("guardian", "post"): "妈妈",
    }
    assert people.persons[1].attributes == {("sex", None): "男", ("guardian", "pre"): "爷爷"}
    assert people.notes == ["the same at every wave: sex"]


def test_rows_that_clash_are_named_with_what_differs(write):
    with pytest.raises(ReadError) as caught:
        read(write, "编号,性别,年级\nA1,女,五年级\nA2,男,五年级\nA1,男,五年级\n,女,\n")
    assert str(caught.value).splitlines() == [
        "participants.csv, row 4: case 'A1' stands in row 2 already, with other values: 性别 '女' and '男'. "
        "Keep one of the rows, or say in a column 时点 (wave) of which wave each is.",
        "participants.csv, row 5: the case is blank. Give every person a code, such as A1.",
    ]


def test_a_row_that_only_repeats_another_is_left_out_and_said(write):
    people = read(write, "编号,性别\nA1,女\nA1,女\n")
    assert len(people.persons) == 1
    assert people.notes == ["row 3 repeats row 2 (A1)"]


def test_codes_that_differ_by_width_or_capitals_alone_are_pointed_out(write):
    assert read(write, "编号\nA1\nＡ1\n").notes == ["A1 and Ａ1 are taken for two people"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("编号,时点\nA1,T7\n", "row 2: 'T7' is not a wave of this study. Write one of pre, post"),
        ("编号,时点,角色\nA1,pre,组员\nA1,post,对照\n", "row 3: role of A1 is 'member' in row 2 and 'comparison' here"),
        ("编号,时点,年级_pre\nA1,pre,五\n", "the column '年级_pre' names a wave although '时点' does"),
        ("编号,性别,sex\nA1,女,女\n", "columns 'sex' and '性别' say the same|columns '性别' and 'sex' say the same"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_place(write, text, message):
    with pytest.raises(ReadError, match=message):
        read(write, text)


def test_an_attribute_of_the_project_keeps_its_name(write):
    people = read(write, "编号,性别,负担_post\nA1,女,3\n", known=["性别", "负担_post"])
    assert set(people.persons[0].attributes) == {("性别", None), ("负担_post", None)}
