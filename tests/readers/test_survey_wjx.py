"""Exports of 问卷星: words and numbers say the same, and nothing that identifies comes in unasked."""

from pathlib import Path

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import OptionError, ReadError
from qualkit.readers import read_survey
from qualkit.readers.table import read_rows

LEAD = "序号,提交答卷时间,所用时间,来源,来源详情,来自IP"
WHO = "2031/4/2 9:31:20,312秒,微信,虚构用户,198.51.100.7"


def wjx(header, *answers):
    """An export with the given questions; one text of cells per respondent."""
    rows = [f"{number},{WHO},{cells}" for number, cells in enumerate(answers, start=1)]
    return "\n".join([f"{LEAD},{header}", *rows])


@pytest.fixture
def survey(write):
    def read(header, *answers, **options):
        return read_survey(write("问卷.csv", wjx(header, *answers)), **options)

    return read


def kinds(survey):
    return dict(zip(survey.questions.question, survey.questions.kind, strict=True))


def cells(survey, question, column):
    answers = survey.answers[survey.answers.question == question]
    return [None if value != value else value for value in answers[column]]


# ── the samples ──────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def exports():
    samples = Path(__file__).parents[1] / "data" / "samples"
    return read_survey(samples / "wjx_text.csv"), read_survey(samples / "wjx_seq.csv")


def test_words_and_numbers_of_the_same_answers_give_the_same_questions(exports):
    words, numbers = (one.questions[["question", "kind", "part", "part_number"]] for one in exports)
    assert words.equals(numbers)
    assert list(words.kind.unique()) == ["single", "matrix", "multiple", "open"]


def test_words_and_numbers_of_the_same_answers_give_the_same_states(exports):
    words, numbers = (one.answers[["respondent", "question", "part", "state"]] for one in exports)
    assert words.equals(numbers)
    assert words.state.value_counts().to_dict() == {"answered": 27, "skipped": 5, "empty": 1}


def test_words_and_numbers_of_the_same_answers_choose_the_same(exports):
    words, numbers = (one.answers[one.answers.question == "q6"].value for one in exports)
    assert words.reset_index(drop=True).equals(numbers.reset_index(drop=True))


def test_the_samples_have_the_same_people(exports):
    for one in exports:
        assert list(one.respondents.case) == ["A3", "A5", "A8"]
        assert one.respondents.submitted_at.iloc[0] == "2031-04-02T09:31:20"
        assert list(one.respondents.seconds) == [312, 41, 288]


def test_who_sent_it_and_from_where_is_not_read_and_that_is_said(exports):
    for one in exports:
        assert list(one.dropped.column) == ["来源详情", "来自IP"]
        assert "虚构用户" not in one.answers.to_csv() + one.respondents.to_csv()
        assert any("not read because it identifies people: 来源详情" in note for note in one.notes)


def test_the_notes_say_what_was_understood(exports):
    words, numbers = exports
    assert words.notes[:3] == (
        "read as 问卷星, answers as words, GB18030",
        "3 respondents, 6 questions: 3 single choice, 1 multiple choice, 1 matrix, 1 open",
        "case: 1、您的编号是？",
    )
    assert numbers.notes[0] == "read as 问卷星, answers as numbers, UTF-8 with BOM"


def test_the_words_written_beside_an_option_stay_with_it(exports):
    answers = exports[0].answers
    other = answers[(answers.question == "q6") & (answers.part == "其他") & (answers.respondent == "3")]
    assert list(other.label) == ["其他〖编竹篮〗"]
    assert list(other.value) == [1]


def test_an_answer_knows_its_column_and_a_respondent_the_row(exports):
    words, numbers = exports
    assert cells(words, "q5", "place")[:2] == ["K", "L"]
    assert list(numbers.respondents.row) == [2, 3, 4]


# ── the kinds of question ────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "header",
    ["5、你觉得—我有朋友,5、你觉得—我有优点", "5、(我有朋友),5、(我有优点)", "第5题(我有朋友),第5题(我有优点)"],
)
def test_the_rows_of_a_matrix_are_found_however_they_are_headed(survey, header):
    read = survey(header, "3,4", "2,5")
    assert list(read.questions.question) == ["q5", "q5"]
    assert list(read.questions.kind) == ["matrix", "matrix"]
    assert list(read.questions.part) == ["我有朋友", "我有优点"]
    assert cells(read, "q5", "value") == [3, 4, 2, 5]


def test_a_ranking_is_the_same_as_words_and_as_numbers(survey):
    words = survey("7、排序（排序题）", "老师→同学→家人", "家人→老师", "(跳过)")
    numbers = survey("第7题(老师),第7题(同学),第7题(家人)", "1,2,3", "2,-2,1", "-3,-3,-3")
    for read in (words, numbers):
        assert list(read.questions.kind) == ["ranking"] * 3
        assert list(read.questions.part) == ["老师", "同学", "家人"]
        assert cells(read, "q7", "value") == [1, 2, 3, 2, None, 1, None, None, None]
        assert cells(read, "q7", "state")[3:6] == ["answered", "empty", "answered"]
        assert set(cells(read, "q7", "state")[6:]) == {"skipped"}


def test_a_multiple_choice_of_which_everybody_took_one_is_known_by_its_heading(survey):
    read = survey("6、你喜欢什么（多选）", "画画", "看书", "画画")
    assert list(read.questions.part) == ["画画", "看书"]
    assert cells(read, "q6", "value") == [1, 0, 0, 1, 1, 0]


def test_words_that_recur_are_a_choice_and_words_of_ones_own_are_not(survey):
    read = survey("1、照顾,2、想法", *["奶奶,我想回家", "奶奶,没有", "妈妈,想爸爸", "妈妈,没有", "爷爷,想去玩"])
    assert kinds(read) == {"q1": "single", "q2": "open"}


def test_an_age_is_a_number_and_a_code_is_a_choice(survey):
    assert kinds(survey("1、你几岁了,2、性别", "3,1", "4,2", "4,2")) == {"q1": "number", "q2": "single"}


def test_a_day_becomes_iso(survey):
    read = survey("1、生日", "2031年4月2日", "2030/12/1")
    assert kinds(read) == {"q1": "date"}
    assert cells(read, "q1", "label") == ["2031-04-02", "2030-12-01"]


def test_minus_three_stays_an_answer_where_other_answers_are_negative(survey):
    read = survey("1、温度是多少", "-3", "-5", "4")
    assert cells(read, "q1", "value") == [-3, -5, 4]


def test_an_option_with_words_beside_its_number_is_that_option(survey):
    read = survey("1、照顾,2、性别", "1,1", "4〖姑姑〗,2", "1,2")
    assert kinds(read)["q1"] == "single"
    assert cells(read, "q1", "value") == [1, 4, 1]
    assert cells(read, "q1", "label") == [None, "4〖姑姑〗", None]


def test_thousands_of_different_words_with_the_sign_of_a_choice_are_open(survey):
    read = survey("1、名单", *[f"甲{number}┋乙{number}" for number in range(300)])
    assert kinds(read) == {"q1": "open"}


def test_a_kind_can_be_said_better(survey):
    read = survey("1、照顾", "奶奶", "奶奶", "妈妈", kinds={"q1": "open"})
    assert kinds(read) == {"q1": "open"}


def test_a_kind_for_a_question_that_is_not_there_is_refused(survey):
    with pytest.raises(OptionError, match=r"there is no question q9\. There are q1"):
        survey("1、照顾", "奶奶", kinds={"q9": "open"})


# ── people ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["姓名", "您的手机号", "联系电话", "微信号", "家庭住址", "身份证号码", "QQ", "邮箱"])
def test_what_identifies_a_person_is_not_read_unless_asked_for(survey, name):
    rows = ("甲一,1", "乙二,2", "丙三,2")
    read = survey(f"1、{name},2、性别", *rows)
    assert list(read.questions.question) == ["q2"]
    assert f"1、{name}" in list(read.dropped.column)
    kept = survey(f"1、{name},2、性别", *rows, keep_identifying=True)
    assert list(kept.questions.question) == ["q1", "q2"]
    assert len(kept.dropped) == 0
    assert list(kept.respondents["来自IP"]) == ["198.51.100.7"] * 3


def test_a_question_about_telephones_is_not_a_telephone_number(survey):
    read = survey(
        "1、你有自己的手机吗？,2、你家有电话吗？,3、你每天玩手机多少分钟", "有,没有,30", "有,没有,60", "没有,有,0"
    )
    assert list(read.questions.question) == ["q1", "q2", "q3"]
    assert list(read.dropped.column) == ["来源详情", "来自IP"]


@pytest.mark.parametrize(
    ("words", "concern"),
    [
        ("打13800000000找我", "a telephone number"),
        ("110101203104021234", "an identity number"),
        ("写信到abc@example.org", "an email address"),
        ("在203.0.113.9上", "a network address"),
    ],
)
def test_what_looks_like_a_telephone_number_in_an_answer_is_kept_and_pointed_out(survey, words, concern):
    read = survey("1、还想说什么", words, "没有")
    assert read.concerns[["respondent", "question", "concern"]].values.tolist() == [["1", "q1", concern]]
    assert read.concerns.part.isna().all()
    assert words not in "".join(read.notes)
    assert any(f"q1, respondent 1 ({concern})" in note for note in read.notes)


@pytest.mark.parametrize("heading", ["编号", "您的编号是？", "请填写你的编号：", "个案编号", "ID", "Case ID", "代码"])
def test_the_case_is_found_by_its_heading(survey, heading):
    read = survey(f"1、{heading},2、性别", "A3,1", "(空),2")
    assert list(read.respondents.case.dropna()) == ["A3"]
    assert list(read.questions.question) == ["q2"]
    assert "no case in row 3" in read.notes


def test_the_case_can_be_named(survey):
    read = survey("1、小组里的代号,2、性别", "A3,1", "A5,2", case="q1")
    assert list(read.respondents.case) == ["A3", "A5"]
    with pytest.raises(OptionError, match="case='q7' is no column"):
        survey("1、代号,2、性别", "A3,1", case="q7")


def test_a_case_that_answers_twice_is_listed_however_it_is_written(survey):
    read = survey("1、编号,2、性别", "A3,1", "ａ03,1", "A5,2")
    assert "more than one respondent with the case A3 (rows 2, 3)" in read.notes
    assert len(read.respondents) == 3


def test_respondents_whose_number_recurs_are_called_by_their_row(write):
    text = f"{LEAD},1、性别\n1,{WHO},1\n1,{WHO},2\n"
    assert list(read_survey(write("a.csv", text)).respondents.respondent) == ["2", "3"]


# ── files ────────────────────────────────────────────────────────────────────


def test_an_excel_export_reads_like_the_csv(tmp_path, samples):
    rows = read_rows(samples / "wjx_seq.csv")
    book = xlsxwriter.Workbook(tmp_path / "wjx_seq.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, rows.header)
    for place, row in enumerate(rows.rows, start=1):
        sheet.write_row(place, 0, [int(cell) if cell.lstrip("-").isdigit() else cell for cell in row.cells])
    book.close()
    excel, text = read_survey(tmp_path / "wjx_seq.xlsx"), read_survey(samples / "wjx_seq.csv")
    assert excel.answers.equals(text.answers)
    assert excel.respondents.equals(text.respondents)
    assert excel.questions.equals(text.questions)


def test_the_time_is_read_with_and_without_its_unit(write):
    text = f"{LEAD},1、性别\n" + "".join(
        f"{number},2031/4/2 9:31:20,{taken},微信,甲,198.51.100.7,1\n"
        for number, taken in enumerate(["41", "41秒", "1分2秒", "0:01:02", ""], start=1)
    )
    seconds = read_survey(write("a.csv", text)).respondents.seconds
    assert list(seconds)[:4] == [41, 41, 62, 62]
    assert np.isnan(seconds[4])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{LEAD},1、性别\n", "has no respondents"),
        (f"{LEAD}\n1,{WHO}\n", "has no questions, only columns about who answered"),
        (f"{LEAD},1、性别\n1,{WHO},1,2\n", r"row 2, column H: '2' has no column"),
    ],
)
def test_an_export_without_answers_is_refused(write, text, message):
    with pytest.raises(ReadError, match=rf"a\.csv.*{message}"):
        read_survey(write("a.csv", text))


answer = st.sampled_from(
    ["", "1", "0", "-3", "(空)", "画画┋看书", "其他〖〗", "a→b", "→", "┋", "2031-04-02", "没有。", "〖", "1e9"]
)


@given(
    st.lists(
        st.sampled_from(["1、性别", "第2题(甲)", "第2题(乙)", "3、x—a", "3、x—b", "4、(r)", "、", "姓名", "ID"]),
        min_size=1,
        max_size=6,
        unique=True,
    ),
    st.data(),
)
def test_whatever_stands_in_the_cells_every_answer_has_a_state(tmp_path_factory, headers, data):
    rows = data.draw(st.lists(st.lists(answer, min_size=len(headers), max_size=len(headers)), min_size=1, max_size=5))
    path = tmp_path_factory.mktemp("wjx") / "a.csv"
    path.write_text(wjx(",".join(headers), *map(",".join, rows)), encoding="utf-8")
    try:
        read = read_survey(path)
    except ReadError:
        return
    assert len(read.answers) == len(rows) * len(read.questions)
    assert set(read.answers.state) <= {"answered", "skipped", "empty"}
    unanswered = read.answers.state != "answered"
    assert read.answers.value[unanswered].isna().all()
    has_something = read.answers.value.notna() | read.answers.label.notna()
    assert has_something[~unanswered].all()
