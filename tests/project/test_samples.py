"""Every sample comes into one project as what it is."""

from pathlib import Path

import pytest

from qualkit.project import create_project

SAMPLES = Path(__file__).parents[1] / "data" / "samples"

# file, kind, format, and words that the report must say of it.
EXPECTED = [
    ("word_roles.txt", "interview", "txt", "8 turns; no case for the speaker 访谈者, 社工"),
    ("word_qa.txt", "interview", "txt", "8 turns; no case for the speaker Q, A, 问, 答"),
    ("focus_group.txt", "focus group", "txt", "8 turns"),
    ("iflyrec.txt", "interview", "iflyrec", "4 turns"),
    ("feishu_minutes.txt", "interview", "feishu", "4 turns"),
    ("tencent_meeting.txt", "interview", "tencent_meeting", "4 turns"),
    ("tongyi_tingwu.txt", "interview", "tongyi", "4 turns"),
    ("tongyi_tingwu.srt", "interview", "srt", "2 turns"),
    ("otter.txt", "interview", "otter", "3 turns"),
    ("whisper.srt", "interview", "srt", "2 turns"),
    ("whisperx.json", "interview", "whisper", "3 turns; no case for the speaker SPEAKER_00, SPEAKER_01"),
    ("zoom.vtt", "interview", "webvtt", "2 turns; no case for the speaker 社工L, 小雨"),
    ("teams.vtt", "interview", "webvtt", "2 turns; no case for the speaker 社工L, 王老师（化名）"),
    ("interview_bold_speaker.docx", "interview", "docx", "4 turns"),
    ("observation_long.csv", "observations", "csv", "20 ratings"),
    ("observation_table.docx", "observations", "docx", "ratings"),
    ("observation_merged_header.xlsx", "observations", "xlsx", "ratings"),
    ("wjx_text.csv", "survey", "wjx", "not read because it identifies people: 来源详情"),
    ("wjx_seq.csv", "survey", "wjx", "answered fast: respondent 2"),
    ("survey_labels.sav", "survey", "sav", "3 respondents"),
    ("prepost_total.csv", "participants", "csv", "10 cases"),
]


@pytest.fixture
def empty(path):
    """A project with five children."""
    with create_project(path, prefix="DEV", coder="Lin", language="en") as project:
        for case in ("A1", "A2", "A3", "A5", "A8"):
            project.cases.add(case, role="member")
        yield project


@pytest.mark.parametrize(("file", "kind", "file_format", "said"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_a_sample_is_known_by_what_it_holds(empty, file, kind, file_format, said):
    (row,) = empty.import_files(SAMPLES / file).to_dict("records")
    assert (row["status"], row["kind"], row["format"]) == ("imported", kind, file_format), row["detail"]
    assert said in row["detail"]
    assert empty.check().empty


def test_all_samples_stand_beside_each_other_in_one_project(empty):
    files = [SAMPLES / row[0] for row in EXPECTED if row[0] != "tongyi_tingwu.srt"]
    report = empty.import_files(files)
    assert set(report["status"]) == {"imported"}
    assert empty.check().empty
    again = empty.import_files(files)
    assert set(again["status"]) == {"unchanged"}
