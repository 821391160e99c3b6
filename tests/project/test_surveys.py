"""Questionnaires in a project: answers as tables, open answers as texts of whoever wrote them."""

from pathlib import Path, PurePath

import pytest

import qualkit as qk
from qualkit.errors import DataError, OptionError, ProjectError
from qualkit.project.study_surveys import import_survey
from qualkit.project.survey_records import store_survey
from qualkit.readers import read_survey

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
LEAD = "序号,提交答卷时间,所用时间"


@pytest.fixture
def project(tmp_path):
    with qk.create_project(tmp_path / "study.qualkit", title="研究", prefix="DEV") as made:
        yield made


@pytest.fixture
def read(tmp_path):
    def make(*rows, header="1、编号,2、性别,3、还想说什么", name="家庭问卷"):
        path = tmp_path / f"{name}.csv"
        lines = [f"{number},2031/4/2 9:31:20,100,{row}" for number, row in enumerate(rows, start=1)]
        path.write_text("\n".join([f"{LEAD},{header}", *lines]), encoding="utf-8")
        return read_survey(path)

    return make


def column(table, name):
    return [None if value != value else value for value in table[name]]


# ── the tables ───────────────────────────────────────────────────────────────


def test_a_sample_comes_in_with_questions_answers_and_respondents(project):
    project.surveys.add(read_survey(SAMPLES / "wjx_text.csv"), "学校问卷", "pre")
    surveys = project.surveys.table()
    assert surveys[["survey", "wave", "format", "n_respondents", "n_questions"]].to_dict("records") == [
        {"survey": "学校问卷", "wave": "pre", "format": "wjx", "n_respondents": 3, "n_questions": 6}
    ]
    assert "case: 1、您的编号是？" in surveys.notes[0]
    assert list(project.cases.table().case) == ["A3", "A5", "A8"]
    respondents = project.surveys.respondents()
    assert column(respondents, "case") == ["A3", "A5", "A8"]
    assert column(respondents, "flags")[1].startswith("fast: 41 s")
    answers = project.surveys.answers()
    assert len(answers) == 33
    assert answers.state.value_counts().to_dict() == {"answered": 27, "skipped": 5, "empty": 1}
    skipped = answers[(answers.case == "A5") & (answers.question == "q6")]
    assert set(skipped.state) == {"skipped"}
    assert skipped.value.isna().all()


def test_the_tables_are_those_that_were_read(project, read):
    survey = read("A3,1,想家。", "A5,2,没有。", header="1、编号,第5题(甲),3、还想说什么")
    project.surveys.add(survey)
    questions = project.surveys.questions("家庭问卷")
    names = ["question", "number", "text", "kind", "part", "part_number", "options", "place"]
    assert questions[names].equals(survey.questions[names])
    answers = project.surveys.answers("家庭问卷")
    names = ["respondent", "question", "part", "value", "label", "state"]
    assert answers[names].equals(survey.answers[names])


def test_the_same_questionnaire_at_two_waves_is_two(project, read):
    project.surveys.add(read("A3,1,想家。"), wave="pre")
    project.surveys.add(read("A3,2,想玩。"), wave="post")
    assert column(project.surveys.table(), "wave") == ["pre", "post"]
    answers = project.surveys.answers(wave="post")
    assert column(answers, "label") == [None, "想玩。"]
    assert list(project.sources.table().name) == ["survey/家庭问卷/A3", "survey/家庭问卷/post/A3"]


# ── open answers ─────────────────────────────────────────────────────────────


def test_open_answers_become_a_text_whose_turns_are_of_the_case(project, read):
    header = "1、编号,2、想对爸爸说什么,3、想对老师说什么"
    project.surveys.add(read("A3,早点回来。,谢谢您！", "A5,,没有", header=header), wave="pre")
    sources = project.sources.table()
    assert list(sources.name) == ["survey/家庭问卷/A3", "survey/家庭问卷/A5"]
    assert set(sources.kind) == {"open_answers"}
    assert list(sources.case) == ["A3", "A5"]
    assert list(sources.date) == ["2031-04-02", "2031-04-02"]
    text = project.sources.get("survey/家庭问卷/A3").text
    assert text == "2、想对爸爸说什么\nA3：早点回来。\n\n3、想对老师说什么\nA3：谢谢您！\n"
    turns = project.turns.table()
    assert list(turns.text) == ["早点回来。", "谢谢您！", "没有"]
    assert list(turns.case) == ["A3", "A3", "A5"]


def test_a_coding_on_an_open_answer_belongs_to_the_case(project, read):
    project.surveys.add(read("A3,1,想家。"))
    code = project.codes.add("need.family", label={"zh": "家庭"})
    text = project.sources.get("survey/家庭问卷/A3").text
    place = text.index("想家")
    project.codings.add("survey/家庭问卷/A3", place, place + 2, code)
    assert project.codings.table()[["text", "case"]].to_dict("records") == [{"text": "想家", "case": "A3"}]


def test_a_respondent_who_is_no_case_has_a_text_of_nobody(project, read):
    project.cases.add("A3")
    survey = read("a03,1,想家。", "A9,2,没有。", "(空),2,很好。")
    detail = project._journal.run("x", lambda action: _stored(action, survey).detail)
    assert "no such case: A9; their answers stay without a case" in detail
    assert column(project.surveys.respondents(), "case") == ["A3", None, None]
    assert list(project.sources.table().name) == ["survey/家庭问卷/A3", "survey/家庭问卷/2", "survey/家庭问卷/3"]
    assert column(project.sources.table(), "case") == ["A3", None, None]
    assert list(project.cases.table().case) == ["A3"]


def _stored(action, survey):
    return store_survey(action, survey, name="家庭问卷", wave=None, changed="offer")


def test_a_case_with_two_questionnaires_of_one_kind_has_two_texts(project, read):
    project.surveys.add(read("A3,1,想家。", "A3,2,没有。"))
    assert list(project.sources.table().name) == ["survey/家庭问卷/A3", "survey/家庭问卷/A3 (2)"]


def test_people_who_withdrew_are_in_no_table(project, read):
    project.surveys.add(read("A3,1,想家。", "A5,1,没有。"))
    project.consents.set("A5", "interview", "withdrawn")
    assert list(project.surveys.respondents().case) == ["A3"]
    assert set(project.surveys.answers().case) == {"A3"}
    assert set(project.surveys.answers(include_withdrawn=True).case) == {"A3", "A5"}


# ── again, and back ──────────────────────────────────────────────────────────


def test_importing_again_replaces_the_same_respondents_and_adds_the_new(project, read):
    first = project.surveys.add(read("A3,1,想家。", "A5,2,没有。"))
    again = project.surveys.add(read("A3,2,想妈妈。", "A5,2,没有。", "A8,1,很好。"))
    assert first == again
    answers = project.surveys.answers()
    assert column(answers[answers.respondent == "1"], "value")[0] == 2
    assert len(project.surveys.respondents()) == 3
    assert "想妈妈。" in project.sources.get("survey/家庭问卷/A3").text
    assert len(project.sources.table()) == 3


def test_importing_the_same_again_changes_nothing(project, read):
    survey = read("A3,1,想家。", "A5,2,没有。")
    project.surveys.add(survey)
    before = len(project.history.table())
    project.surveys.add(survey)
    assert len(project.history.table()) == before


def test_a_case_is_recognised_though_the_rows_have_moved(project, read):
    project.surveys.add(read("A3,1,想家。", "A5,2,没有。"))
    project.surveys.add(read("A5,2,没有。", "A3,1,想家。"))
    respondents = project.surveys.respondents()
    assert sorted(zip(respondents.respondent, respondents.case, strict=True)) == [("1", "A3"), ("2", "A5")]
    assert list(project.sources.table().name) == ["survey/家庭问卷/A3", "survey/家庭问卷/A5"]


def test_another_person_under_the_same_number_replaces_nobody(project, read):
    for case in ("A3", "A5"):
        project.cases.add(case)
    project.surveys.add(read("A3,1,想家。"))
    project.surveys.add(read("A5,2,没有。"))
    respondents = project.surveys.respondents()
    assert list(respondents.case) == ["A3", "A5"]
    assert list(respondents.respondent) == ["1", "1 (2)"]


def test_a_text_that_was_nobodys_becomes_that_of_the_case_once_it_is_there(project, read):
    project.cases.add("A3")
    survey = read("A9,1,想家。")
    project.surveys.add(survey)
    project.cases.add("A9")
    project.surveys.add(survey)
    sources = project.sources.table()
    assert list(sources.name) == ["survey/家庭问卷/A9"]
    assert list(sources.case) == ["A9"]
    assert list(project.turns.table().case) == ["A9"]


def test_codings_on_an_answer_that_changed_are_asked_about_and_move(project, read):
    project.surveys.add(read("A3,1,很想家。"))
    code = project.codes.add("need.family", label={"zh": "家庭"})
    place = project.sources.get("survey/家庭问卷/A3").text.index("想家")
    project.codings.add("survey/家庭问卷/A3", place, place + 2, code)
    changed = read("A3,1,我真的很想家。")
    with pytest.raises(ProjectError, match=r"codings hang on survey/家庭问卷/A3. Nothing was taken over"):
        project.surveys.add(changed)
    assert "很想家。" in column(project.surveys.answers(), "label")
    project.surveys.add(changed, changed="accept")
    assert list(project.codings.table().text) == ["想家"]
    assert project.check().empty


def test_keeping_the_earlier_answers_changes_nothing(project, read):
    first = project.surveys.add(read("A3,1,想家。"))
    assert project.surveys.add(read("A3,2,想玩。"), changed="keep") == first
    assert column(project.surveys.answers(), "value")[0] == 1


def test_answers_that_are_gone_are_gone_and_an_empty_text_with_them(project, read):
    project.surveys.add(read("A3,1,想家。", header="1、编号,2、性别,3、还想说什么"))
    project.surveys.add(read("A3,1", header="1、编号,2、性别"))
    assert list(project.surveys.answers().question) == ["q2"]
    assert project.sources.table().empty


def test_undo_takes_a_questionnaire_back_whole_and_redo_brings_it_again(project, read):
    project.surveys.add(read("A3,1,想家。"))
    answers = project.surveys.answers()
    project.undo()
    assert project.surveys.table().empty
    assert project.surveys.answers().empty
    assert project.sources.table().empty
    project.redo()
    assert project.surveys.answers().equals(answers)
    assert project.check().empty


def test_undo_takes_back_what_came_in_again(project, read):
    project.surveys.add(read("A3,1,想家。"))
    before = project.surveys.answers()
    project.surveys.add(read("A3,2,想玩。"))
    project.undo()
    assert project.surveys.answers().equals(before)


def test_a_questionnaire_can_be_removed_unless_codings_hang_on_it(project, read):
    project.surveys.add(read("A3,1,想家。"))
    code = project.codes.add("need.family", label={"zh": "家庭"})
    coding = project.codings.add("survey/家庭问卷/A3", 12, 13, code)
    with pytest.raises(ProjectError, match="still in use"):
        project.surveys.remove("家庭问卷")
    project.codings.remove(coding)
    project.surveys.remove("家庭问卷")
    assert project.surveys.table().empty
    assert project.surveys.answers().empty
    assert project.sources.table().empty


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"name": "a/b"}, OptionError, "cannot name a questionnaire"),
        ({"wave": "t9"}, OptionError, "is not a wave of this study"),
        ({"changed": "perhaps"}, OptionError, "changed='perhaps' is not known"),
    ],
)
def test_what_cannot_be_is_refused(project, read, options, error, message):
    with pytest.raises(error, match=message):
        project.surveys.add(read("A3,1,想家。"), **options)


def test_a_path_is_no_questionnaire(project):
    with pytest.raises(DataError, match=r"Give what qk\.read_survey returns"):
        project.surveys.add(SAMPLES / "wjx_text.csv")


def test_a_questionnaire_that_is_not_there_is_named_with_those_that_are(project, read):
    project.surveys.add(read("A3,1,想家。"), wave="pre")
    with pytest.raises(OptionError, match=r"survey='学校': the project has 家庭问卷 \(pre\)"):
        project.surveys.answers("学校")


# ── from a folder ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("place", "name", "wave"),
    [
        ("surveys/pre/家庭问卷.csv", "家庭问卷", "pre"),
        ("surveys/家庭问卷_post.csv", "家庭问卷", "post"),
        ("问卷/前测.csv", "survey", "pre"),
        ("surveys/家庭问卷.csv", "家庭问卷", None),
    ],
)
def test_folder_and_name_of_a_file_say_which_questionnaire_it_is(project, tmp_path, read, place, name, wave):
    read("A3,1,想家。")
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    (tmp_path / "家庭问卷.csv").rename(path)
    outcome = project._journal.run("import.file", lambda action: _imported(action, path, PurePath(place)))
    assert outcome == ["imported", "wjx"]
    surveys = project.surveys.table()
    assert list(surveys.survey) == [name]
    assert column(surveys, "wave") == [wave]


def _imported(action, path, place):
    outcome = import_survey(action, path, place=place)
    return [outcome.status, outcome.format]
