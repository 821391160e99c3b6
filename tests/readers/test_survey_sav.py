"""SPSS files: labels and missing values are kept, in every encoding, and a damaged file is refused."""

import dataclasses
import datetime as dt
import random
import struct
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import OptionError, ReadError
from qualkit.readers import read_survey
from qualkit.readers import sav_file as sav_file_module
from qualkit.readers.sav_layout import read_layout

AGREEMENT = {1.0: "完全不符合", 2.0: "不太符合", 3.0: "不确定", 4.0: "比较符合", 5.0: "完全符合"}
SAMPLES = Path(__file__).parents[1] / "data" / "samples"


@dataclasses.dataclass
class Field:
    """A variable of a file made by hand: numbers, or text of up to eight bytes."""

    name: str
    values: list
    label: str = ""
    labels: dict = dataclasses.field(default_factory=dict)
    missing: list = dataclasses.field(default_factory=list)


def sav(fields, *, encoding="utf-8", says=None, code_page=None, sets=""):
    """An uncompressed SPSS file, byte by byte, as older programs write it."""

    def padded(raw, size):
        return raw + b" " * (-len(raw) % size)

    n_rows = len(fields[0].values)
    out = b"$FL2" + b"@(#) SPSS DATA FILE".ljust(60) + struct.pack("<5i", 2, len(fields), 0, 0, n_rows)
    out += struct.pack("<d", 100.0) + b"01 Apr 31" + b"09:00:00" + b" " * 64 + b"\0" * 3
    for field in fields:
        is_text = any(isinstance(value, str) for value in field.values)
        out += struct.pack("<6i", 2, 8 if is_text else 0, bool(field.label), len(field.missing), 0x050802, 0x050802)
        out += field.name.upper().encode(encoding).ljust(8)
        if field.label:
            raw = field.label.encode(encoding)
            out += struct.pack("<i", len(raw)) + padded(raw, 4)
        out += b"".join(struct.pack("<d", value) for value in field.missing)
    for place, field in enumerate(fields, start=1):
        if field.labels:
            out += struct.pack("<2i", 3, len(field.labels))
            for value, words in field.labels.items():
                raw = words.encode(encoding)
                out += struct.pack("<d", value) + padded(bytes([len(raw)]) + raw, 8)
            out += struct.pack("<3i", 4, 1, place)
    names = "\t".join(f"{field.name.upper()}={field.name}" for field in fields).encode(encoding)
    out += struct.pack("<4i", 7, 13, 1, len(names)) + names
    if code_page is not None:
        out += struct.pack("<4i", 7, 3, 4, 8) + struct.pack("<8i", 20, 0, 0, -1, 1, 1, 2, code_page)
    if sets:
        raw = sets.encode(encoding)
        out += struct.pack("<4i", 7, 7, 1, len(raw)) + raw
    if says is not None:
        out += struct.pack("<4i", 7, 20, 1, len(says)) + says.encode()
    out += struct.pack("<2i", 999, 0)
    for row in range(n_rows):
        for field in fields:
            value = field.values[row]
            out += value.encode(encoding).ljust(8)[:8] if isinstance(value, str) else struct.pack("<d", value)
    return out


PEOPLE = [
    Field("bianhao", ["A3", "A5", "A8"], "编号"),
    Field("xb", [2.0, 1.0, 1.0], "性别", {1.0: "男", 2.0: "女"}),
    Field("zgr", ["爷爷", "妈妈", "爷爷"], "照顾者"),
]


def answers(survey, question, column="value"):
    found = survey.answers.loc[survey.answers.question == question, column]
    return [None if one != one else one for one in found]


# ── labels, missing values, sets ─────────────────────────────────────────────


def test_the_sample_comes_in_with_labels_and_missing_values():
    survey = read_survey(SAMPLES / "survey_labels.sav")
    assert list(survey.respondents.case) == ["A3", "A5", "A8"]
    assert list(survey.questions.kind) == ["single", "number", "single", "matrix", "matrix", "multiple"]
    assert answers(survey, "xingbie", "label") == ["女", "男", "男"]
    assert answers(survey, "q6", "state") == ["answered", "skipped", "answered"]
    assert answers(survey, "q6", "label") == ["画画", "跳过", None]
    assert answers(survey, "q6") == [1, None, 0]
    assert survey.notes[0] == "read as SPSS, text in UTF-8"
    assert survey.questions.options[0] == {"1": "男", "2": "女"}


def test_user_missing_values_and_ranges_keep_what_the_file_calls_them(tmp_path):
    frame = pd.DataFrame({"a": [1.0, -8, 97, 98, np.nan], "b": [2.0, 2, 3, 1, -3]})
    labels = {"a": {1: "有", -8: "不适用", 97: "拒答", 98: "不知道"}, "b": {1: "是", 2: "否", 3: "说不清"}}
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(
        frame, path, variable_value_labels=labels, missing_ranges={"a": [-8, {"lo": 97, "hi": 99}], "b": [-3]}
    )
    survey = read_survey(path)
    assert answers(survey, "a") == [1, None, None, None, None]
    assert answers(survey, "a", "state") == ["answered", "skipped", "empty", "empty", "empty"]
    assert answers(survey, "a", "label") == ["有", "不适用", "拒答", "不知道", None]
    assert answers(survey, "b", "state")[4] == "skipped"
    assert answers(survey, "b", "label")[4] == "-3"


def test_variables_of_a_multiple_response_set_are_one_question(write):
    fields = [
        Field("bianhao", ["A3", "A5"], "编号"),
        Field("hua", [1.0, 0.0], "画画"),
        Field("shu", [1.0, 1.0], "看书"),
    ]
    survey = read_survey(write("a.sav", sav(fields, says="UTF-8", sets="$hobby=D1 1 9 最喜欢 hua shu\n")))
    questions = survey.questions
    assert list(questions.question) == ["hobby", "hobby"]
    assert list(questions.kind) == ["multiple", "multiple"]
    assert list(questions.part) == ["画画", "看书"]
    assert answers(survey, "hobby") == [1, 1, 0, 1]


def test_a_set_of_codes_is_told_option_by_option(write):
    options = {1.0: "画画", 2.0: "看书", 3.0: "打球"}
    fields = [Field("h1", [1.0, 3.0], "", options), Field("h2", [2.0, 9.0], "", {**options, 9.0: "无"}, [9.0])]
    survey = read_survey(write("a.sav", sav(fields, says="UTF-8", sets="$h=C 6 爱好 h1 h2\n")))
    assert list(survey.questions.part) == ["画画", "看书", "打球"]
    assert answers(survey, "h") == [1, 1, 0, 0, 0, 1]


def test_the_names_of_an_spss_export_of_wjx_are_understood(tmp_path):
    frame = pd.DataFrame(
        {
            "index": [1.0, 2, 3],
            "totalseconds": [312.0, 300, 288],
            "Q1": ["A3", "A5", "A8"],
            "Q2_Blank1": ["奶奶", "", "爸爸"],
            "Q2_Blank2": ["很好", "", "一般，不常回来"],
            "Q6_Row1": [4.0, -3, 5],
            "Q6_Row2": [2.0, -3, 4],
            "Q7_1": [1.0, 0, -3],
            "Q7_2": [0.0, 1, -3],
            "Q8": [1.0, 2, -2],
        }
    )
    labels = {
        "Q1": "1、您的编号是？",
        "Q6_Row1": "6、你觉得—我有朋友",
        "Q6_Row2": "6、你觉得—我有优点",
        "Q7_1": "7、喜欢:画画",
        "Q7_2": "7、喜欢:看书",
    }
    values = {"Q6_Row1": AGREEMENT, "Q6_Row2": AGREEMENT, "Q7_1": {0: "未选中", 1: "选中"}, "Q8": {1: "是", 2: "否"}}
    path = tmp_path / "wjx.sav"
    pyreadstat.write_sav(frame, path, column_labels=labels, variable_value_labels=values)
    survey = read_survey(path)
    kinds = dict(zip(survey.questions.question, survey.questions.kind, strict=True))
    assert kinds == {"q2": "open", "q6": "matrix", "q7": "multiple", "q8": "single"}
    assert list(survey.questions.part)[2:4] == ["我有朋友", "我有优点"]
    assert survey.questions.text[2] == "你觉得"
    assert list(survey.respondents.case) == ["A3", "A5", "A8"]
    assert list(survey.respondents.seconds) == [312, 300, 288]
    assert list(survey.respondents.respondent) == ["1", "2", "3"]
    assert answers(survey, "q6", "state") == ["answered", "answered", "skipped", "skipped", "answered", "answered"]
    assert answers(survey, "q8", "state") == ["answered", "answered", "empty"]
    assert answers(survey, "q2", "state")[2:4] == ["empty", "empty"]


def test_numbered_variables_with_the_same_value_labels_are_a_scale(tmp_path):
    frame = pd.DataFrame({f"klx{item}": [1.0, 3, 5] for item in range(1, 8)})
    pyreadstat.write_sav(frame, tmp_path / "a.sav", variable_value_labels=dict.fromkeys(frame.columns, AGREEMENT))
    questions = read_survey(tmp_path / "a.sav").questions
    assert set(questions.kind) == {"scale_item"}
    assert list(questions.question.unique()) == ["klx"]
    assert list(questions.part_number) == [1, 2, 3, 4, 5, 6, 7]


def test_questions_that_are_only_numbered_stay_questions(tmp_path):
    frame = pd.DataFrame({"q1": [1.0, 2], "q2": [12.0, 9], "q3": [1.0, 2]})
    labels = {"q1": {1: "男", 2: "女"}, "q3": {1: "是", 2: "否"}}
    pyreadstat.write_sav(frame, tmp_path / "a.sav", variable_value_labels=labels)
    questions = read_survey(tmp_path / "a.sav").questions
    assert list(questions.question) == ["q1", "q2", "q3"]
    assert list(questions.kind) == ["single", "number", "single"]


def test_days_and_moments_become_iso_and_impossible_ones_stay_numbers(write):
    day = (dt.datetime(2031, 4, 2) - dt.datetime(1582, 10, 14)).total_seconds()
    fields = [Field("d", [day, day + 3_661.0, 1e300, float("nan")])]
    data = sav(fields, says="UTF-8").replace(
        struct.pack("<2i", 0x050802, 0x050802), struct.pack("<2i", 0x160814, 0x160814)
    )
    survey = read_survey(write("a.sav", data))
    assert list(survey.questions.kind) == ["date"]
    assert answers(survey, "d", "label") == ["2031-04-02", "2031-04-02T01:01:01", "1e+300", None]
    assert answers(survey, "d", "state") == ["answered", "answered", "answered", "empty"]


def test_what_identifies_a_person_is_not_read(write):
    fields = [
        Field("xm", ["甲一", "乙二"], "姓名"),
        Field("ip", ["1.2.3.4", "1.2.3.5"]),
        Field("xb", [1.0, 2.0], "性别"),
    ]
    survey = read_survey(write("a.sav", sav(fields, says="UTF-8")))
    assert list(survey.questions.question) == ["xb"]
    assert survey.dropped.to_dict("list") == {"column": ["ip", "xm"], "reason": ["a network address", "a name"]}


def test_the_case_can_be_named(write):
    path = write("a.sav", sav(PEOPLE, says="UTF-8"))
    assert list(read_survey(path, case="zgr").respondents.case) == ["爷爷", "妈妈", "爷爷"]
    with pytest.raises(OptionError, match="case='nobody' is no variable"):
        read_survey(path, case="nobody")


# ── encodings ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("encoding", "says", "code_page", "found"),
    [
        ("utf-8", "UTF-8", 65001, "UTF-8"),
        ("utf-8", None, None, "UTF-8"),
        ("gbk", "GBK", 936, "GBK"),
        ("gbk", None, 936, "gb18030"),
        ("gbk", None, None, "GBK"),
        ("gbk", "windows-1252", 1252, "GBK"),
        ("gbk", "NO-SUCH", None, "GBK"),
    ],
)
def test_chinese_is_read_in_the_encoding_that_fits_whatever_the_file_says(write, encoding, says, code_page, found):
    survey = read_survey(write("a.sav", sav(PEOPLE, encoding=encoding, says=says, code_page=code_page)))
    assert answers(survey, "xb", "label") == ["女", "男", "男"]
    assert answers(survey, "zgr", "label") == ["爷爷", "妈妈", "爷爷"]
    assert list(survey.questions.text) == ["性别", "照顾者"]
    assert survey.notes[0] == f"read as SPSS, text in {found}"


def test_western_text_is_read_as_such(write):
    fields = [Field("x", ["Müsli", "Äpfel"], "Café"), Field("y", [1.0, 2.0], "Größe", {1.0: "groß", 2.0: "klein"})]
    survey = read_survey(write("a.sav", sav(fields, encoding="windows-1252", code_page=1252)))
    assert answers(survey, "x", "label") == ["Müsli", "Äpfel"]
    assert survey.notes[0].endswith("windows-1252")


def test_variables_with_chinese_names_are_read(tmp_path):
    pyreadstat.write_sav(pd.DataFrame({"编号": ["A3"], "性别": [1.0]}), tmp_path / "a.sav")
    survey = read_survey(tmp_path / "a.sav")
    assert list(survey.questions.question) == ["性别"]
    assert list(survey.respondents.case) == ["A3"]


@pytest.mark.parametrize("options", [{"compress": True}, {"row_compress": True}, {}])
def test_packed_files_are_read_alike(tmp_path, options):
    frame = pd.DataFrame({"编号": ["A3", "A5"], "q1": [1.0, np.nan], "q2": ["很长的回答，" * 60, "没有"]})
    pyreadstat.write_sav(frame, tmp_path / "a.zsav", **options)
    survey = read_survey(tmp_path / "a.zsav")
    assert answers(survey, "q1", "state") == ["answered", "empty"]
    assert answers(survey, "q2", "label") == ["很长的回答，" * 60, "没有"]


def test_a_portable_file_is_read(tmp_path):
    pyreadstat.write_por(pd.DataFrame({"ID": ["A3", "A5"], "Q1": [1.0, 2.0]}), tmp_path / "a.por")
    survey = read_survey(tmp_path / "a.por")
    assert survey.format == "por"
    assert list(survey.respondents.case) == ["A3", "A5"]
    assert answers(survey, "q1") == [1, 2]


# ── bad files ────────────────────────────────────────────────────────────────


def edited(place, value):
    data = bytearray(sav(PEOPLE, says="UTF-8"))
    data[place : place + 4] = struct.pack("<i", value)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"$FL2", "byte 0: damaged .the file ends within its header"),
        (sav(PEOPLE)[:150], "the file ends within its header"),
        (sav(PEOPLE)[:230], "the file ends within"),
        (sav(PEOPLE)[:-20], "the answers of 3 people do not fit into what is left"),
        (edited(64, 77), "its header makes no sense"),
        (edited(80, 2_000_000_000), "up to 2,500,000 answers are read"),
        (edited(176, 5), "byte 176: damaged .a record of the kind 5"),
        (edited(180, 999), "a variable that makes no sense"),
        (edited(176 + 32, 2_000_000_000), "2,000,000,000 letters in a label"),
        (b"a,b\n1,2\n", "is no SPSS file: it does not begin as one"),
        (sav([Field("a", [])]), "has no respondents"),
        (
            (SAMPLES / "survey_labels.sav").read_bytes().replace(b"Q5_2    ", b"\x005_2    ", 1),
            "damaged .a variable has no name",
        ),
    ],
)
def test_a_damaged_file_is_refused_with_the_place(write, data, message):
    with pytest.raises(ReadError, match=rf"a\.sav.*{message}"):
        read_survey(write("a.sav", data))


def test_a_packed_file_that_would_unpack_without_end_is_refused(tmp_path):
    path = tmp_path / "a.zsav"
    pyreadstat.write_sav(pd.DataFrame({"a": [1.0, 2.0]}), path, compress=True)
    data = bytearray(path.read_bytes())
    trailer = struct.unpack_from("<q", data, len(data) - 24 - 24 + 24)[0]
    assert trailer > 0
    data[-8:-4] = struct.pack("<i", 2_000_000_000)
    path.write_bytes(bytes(data))
    with pytest.raises(ReadError, match="refused as a zip bomb"):
        read_survey(path)


def test_a_reader_that_does_not_end_is_stopped(write, tmp_path, monkeypatch):
    endless = tmp_path / "endless.py"
    endless.write_text("import time\ntime.sleep(60)")
    monkeypatch.setattr(sav_file_module, "_PROCESS", endless)
    monkeypatch.setattr(sav_file_module, "_WALL_SECONDS", 0.5)
    with pytest.raises(ReadError, match=r"a\.sav: reading it takes more than 0\.5 s"):
        read_survey(write("a.sav", sav(PEOPLE)))


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("import os\nos.abort()", "the reader stopped on it"),
        ("raise MemoryError", "needs more memory"),
        ("print('nothing')", "is damaged"),
        ("import pyreadstat_that_is_not_there", "is damaged"),
    ],
)
def test_a_reader_that_breaks_down_takes_nothing_with_it(write, tmp_path, monkeypatch, script, message):
    broken = tmp_path / "broken.py"
    broken.write_text(script)
    monkeypatch.setattr(sav_file_module, "_PROCESS", broken)
    with pytest.raises(ReadError, match=rf"a\.sav.*{message}"):
        read_survey(write("a.sav", sav(PEOPLE)))


def mutated(data, rng):
    data = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 5, 20])):
        place = rng.randrange(len(data))
        kind = rng.randrange(4)
        if kind == 0:
            data[place] = rng.randrange(256)
        elif kind == 1:
            data[place : place + 4] = struct.pack("<i", rng.choice([0, -1, 1, 2, 7, 255, 65_535, 2**31 - 1, -(2**31)]))
        elif kind == 2:
            del data[place : place + rng.choice([1, 4, 8, 100])]
        else:
            data[place:place] = rng.randbytes(rng.choice([1, 4, 8]))
        data = data or bytearray(b"$FL2")
    return bytes(data)


def test_thousands_of_mutated_files_are_walked_through_or_refused():
    rng = random.Random(31)
    whole = [sav(PEOPLE, says="UTF-8", code_page=65001), (SAMPLES / "survey_labels.sav").read_bytes()]
    refused = []
    for _ in range(5_000):
        data = mutated(rng.choice(whole), rng)
        try:
            read_layout(data, "a.sav")
        except ReadError as error:
            refused.append(str(error))
    assert refused
    assert all("a.sav" in message for message in refused)


@pytest.mark.slow
def test_mutated_files_are_read_or_refused_by_the_whole_reader(write):
    rng = random.Random(7)
    whole = [sav(PEOPLE, says="UTF-8", code_page=65001), (SAMPLES / "survey_labels.sav").read_bytes()]
    refused = []
    for _ in range(100):
        path = write("a.sav", mutated(rng.choice(whole), rng))
        try:
            read_survey(path)
        except ReadError as error:
            refused.append(str(error))
    assert refused
    assert all("a.sav" in message for message in refused)


@given(st.binary(max_size=400))
def test_any_bytes_behind_the_first_ones_have_a_layout_or_are_refused(rest):
    with pytest.raises(ReadError, match=r"a\.sav, byte"):
        read_layout(b"$FL2" + rest, "a.sav")
