"""What is missing and why: by case, wave or session, and kind of material."""

import pandas as pd
import pytest

from qualkit.errors import DataError, NotFoundError, OptionError
from qualkit.project import create_project
from qualkit.readers.table import read_table
from qualkit.scales import Scale

SCALE = Scale(id="mood", low=1, high=5, items=[1, 2], subscales={"a": [1, 2]}, title={"zh": "情绪"})
TEXT = "访谈者：下课呢？\nA1：自己待着。\n"


@pytest.fixture
def study(path):
    """Two members, one comparison case, a grandmother, two sessions."""
    with create_project(path, prefix="DEV", coder="Lin") as project:
        for case, role in (("A1", "member"), ("A2", "member"), ("D1", "comparison"), ("B1", "guardian")):
            project.cases.add(case, role=role, about="A1" if case == "B1" else None)
        project.sources.add_text("pre/A1", TEXT, kind="interview", case="A1", wave="pre")
        project.sources.add_text("post/B1", TEXT, kind="interview", case="B1", wave="post")
        project.scales.add(SCALE)
        answers = pd.DataFrame([{"case": case, "1": 1, "2": 2} for case in ("A1", "D1")])
        project.responses.add_table(answers, wave="pre")
        for session in (1, 2):
            project.sessions.add(session)
        project.sessions.set_attendance(1, "A1", True)
        project.sessions.set_attendance(1, "A2", False, note="请假")
        project.sessions.set_attendance(2, "A1", False)
        yield project


def status_of(project, case, kind, **options):
    table = project.completeness(**options)
    rows = table[(table["case"] == case) & (table["kind"] == kind)]
    places = rows["wave"].where(rows["wave"].notna(), rows["session"].astype("Int64").astype(str)).fillna("")
    return dict(zip(places, zip(rows["status"], rows["reason"].fillna(""), strict=True), strict=True))


def test_interviews_and_scales_are_expected_of_members_at_every_wave(study):
    assert status_of(study, "A1", "interview") == {"pre": ("present", ""), "post": ("missing", "not recorded")}
    assert status_of(study, "A2", "interview") == {
        "pre": ("missing", "not recorded"),
        "post": ("missing", "not recorded"),
    }
    assert status_of(study, "A2", "scale/mood")["pre"] == ("missing", "not recorded")


def test_an_interview_without_a_wave_is_expected_of_nobody_else(study):
    study.sources.add_text("A1 extra", TEXT, kind="interview", case="A1")
    assert status_of(study, "A1", "interview")[""] == ("present", "")
    assert status_of(study, "A2", "interview")[""] == ("not_expected", "")


def test_of_comparison_cases_only_scales_are_expected_and_of_informants_nothing(study):
    assert status_of(study, "D1", "scale/mood") == {"pre": ("present", ""), "post": ("missing", "not recorded")}
    assert {one for one, _ in status_of(study, "D1", "interview").values()} == {"not_expected"}
    assert status_of(study, "B1", "interview")["post"] == ("present", "")
    assert {one for one, _ in status_of(study, "B1", "scale/mood").values()} == {"not_expected"}


def test_an_interview_with_the_grandmother_counts_for_the_child_she_speaks_about(study):
    assert status_of(study, "A1", "informant") == {"post": ("present", "")}
    assert status_of(study, "A2", "informant") == {"post": ("missing", "not recorded")}
    study.cases.add("C1", role="teacher")
    study.cases.relate("C1", "老师", "A2")
    study.sources.add_text("post/C1", TEXT, kind="interview", case="C1", wave="post")
    assert status_of(study, "A2", "informant") == {"post": ("present", "")}


def test_attendance_tells_leave_absence_and_nothing_recorded_apart(study):
    assert status_of(study, "A1", "attendance") == {"1": ("present", ""), "2": ("missing", "absent")}
    assert status_of(study, "A2", "attendance") == {"1": ("excused", "请假"), "2": ("missing", "not recorded")}


def test_who_was_not_there_could_not_be_observed(study):
    ratings = {"session": [1], "case": ["A1"], "observer": ["O1"], "item": ["参与度"], "value": [3.0]}
    study.observations.add_table(pd.DataFrame(ratings))
    assert status_of(study, "A1", "observation") == {"1": ("present", "")}
    assert status_of(study, "A2", "observation") == {"1": ("excused", "请假")}


def test_a_reason_given_by_the_author_excuses(study):
    absence = study.absences.add("A2", "访谈", wave="post", reason="转学")
    assert status_of(study, "A2", "interview")["post"] == ("excused", "转学")
    assert study.absences.add("A2", "interview", wave="post", reason="转学到县城") == absence
    assert study.absences.table()[["case", "kind", "wave", "reason"]].values.tolist() == [
        ["A2", "interview", "post", "转学到县城"]
    ]
    study.absences.remove(absence)
    assert status_of(study, "A2", "interview")["post"] == ("missing", "not recorded")
    study.absences.add("A2", "attendance", reason="住院")
    assert status_of(study, "A2", "attendance")["2"] == ("excused", "住院")


def test_reasons_without_words_or_for_nobody_are_refused(study):
    with pytest.raises(DataError, match="say what is missing and why"):
        study.absences.add("A2", "interview", reason=" ")
    with pytest.raises(NotFoundError, match="no absence 'x'"):
        study.absences.remove("x")
    with pytest.raises(OptionError, match="wave='T9'"):
        study.absences.add("A2", "interview", wave="T9", reason="转学")


def test_withdrawn_people_are_listed_and_excused(study):
    study.consents.set("A2", "interview", "withdrawn")
    assert status_of(study, "A2", "interview")["pre"] == ("excused", "consent withdrawn")
    assert status_of(study, "A2", "consent") == {"": ("excused", "consent withdrawn")}
    assert status_of(study, "A1", "consent") == {"": ("missing", "not recorded")}


def test_what_is_expected_can_be_said(study):
    expected = {"member": {"interview": ["pre"]}, "guardian": {"interview": ["post"]}}
    assert status_of(study, "A2", "interview", expected=expected) == {
        "pre": ("missing", "not recorded"),
        "post": ("not_expected", ""),
    }
    assert set(study.completeness(kinds=["interview"])["kind"]) == {"interview"}
    with pytest.raises(OptionError, match=r"there is no material diary\. The project has"):
        study.completeness(kinds=["diary"])


def test_a_project_with_nothing_in_it_lacks_nothing(path):
    with create_project(path) as project:
        assert project.completeness().empty
        project.cases.add("A1")
        assert project.completeness().empty


def test_the_table_goes_out_in_chinese(study, tmp_path):
    table = read_table(study.export_completeness(tmp_path / "完整性.xlsx"))
    assert table.iloc[0].tolist() == ["A1", "组员", "pre", "", "访谈", "1", "有", ""]
