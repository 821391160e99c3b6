"""Single files and folders named in the author's own words come in as what they are."""

from pathlib import Path

import pytest

from qualkit.errors import OptionError
from qualkit.project import create_project

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
WORDS = "访谈者：下课呢？\nA3：自己待着。\n"


@pytest.fixture
def empty(path):
    with create_project(path, prefix="DEV", coder="Lin", language="en") as project:
        yield project


def write(folder, name, text=WORDS):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def sources_of(project):
    table = project.sources.table()[["name", "kind", "case", "wave", "session"]]
    return table.astype(object).where(table.notna(), None).values.tolist()


def test_the_name_of_a_file_tells_case_and_wave(empty, tmp_path):
    report = empty.import_files([write(tmp_path, "A3前测.txt"), write(tmp_path, "A3 后测.txt", WORDS + "访谈者：嗯。")])
    assert report["status"].tolist() == ["imported", "imported"]
    assert sources_of(empty) == [
        ["pre/A3", "interview", "A3", "pre", None],
        ["post/A3", "interview", "A3", "post", None],
    ]


def test_what_the_user_says_goes_before_what_the_name_says(empty, tmp_path):
    empty.import_files([write(tmp_path, "A3前测.txt")], case="A5", wave="post")
    assert sources_of(empty) == [["post/A5", "interview", "A5", "post", None]]


def test_records_of_sessions_logs_and_focus_groups_are_told_apart(empty, tmp_path):
    names = ("第三节小组活动.txt", "社工日志0412.txt", "家长焦点小组.txt")
    empty.import_files([write(tmp_path, name, f"{name}\n今天来了八个人。") for name in names])
    assert sorted(sources_of(empty)) == [
        ["session/3", "session_record", None, None, 3],
        ["家长焦点小组", "focus_group", None, None, None],
        ["社工日志0412", "worker_log", None, None, None],
    ]


def test_a_table_is_known_by_its_columns(empty, tmp_path):
    report = empty.import_files(
        [
            write(tmp_path, "名单.csv", "编号,角色,年龄\nA3,member,11\n"),
            write(tmp_path, "每节.csv", "节次,组员编号,参与度(1-5)\n1,A3,2\n"),
        ]
    )
    assert dict(zip(report["kind"], report["status"], strict=True)) == {
        "participants": "imported",
        "observations": "imported",
    }


def test_what_nobody_knows_is_refused_with_where_it_belongs(empty, tmp_path):
    report = empty.import_files(write(tmp_path, "x.csv", "a,b\n1,2\n"))
    assert report["status"].tolist() == ["refused"]
    assert "interviews/" in report["detail"][0]


def test_a_folder_in_the_authors_own_words_comes_in(empty, tmp_path):
    folder = tmp_path / "论文材料"
    write(folder, "访谈/前测/A3.txt")
    write(folder, "访谈/后测/A3.txt", WORDS + "访谈者：好。")
    write(folder, "监护人访谈/B1.txt", "访谈者：孩子呢？\nB1：话多了。")
    write(folder, "小组记录/第2节.txt", "第二节\n今天来了八个人。")
    report = empty.import_folder(folder)
    assert set(report["status"]) == {"imported"}
    assert sources_of(empty) == [
        ["pre/A3", "interview", "A3", "pre", None],
        ["post/A3", "interview", "A3", "post", None],
        ["post/B1", "interview", "B1", "post", None],
        ["session/2", "session_record", None, None, 2],
    ]
    assert "check its title" in report.set_index("file")["detail"]["study.yaml"]


def test_two_interviews_with_one_child_at_one_wave_are_two_sources(empty, tmp_path):
    folder = tmp_path / "study"
    write(folder, "interviews/pre/A3 第一次.txt")
    write(folder, "interviews/pre/A3 第二次.txt", WORDS + "访谈者：嗯。")
    empty.import_folder(folder)
    assert [row[0] for row in sources_of(empty)] == ["pre/A3", "pre/A3 A3 第二次"]


def test_one_interview_in_two_formats_is_taken_once(empty, tmp_path):
    folder = tmp_path / "study"
    write(folder, "interviews/pre/A3.txt")
    write(folder, "interviews/pre/A3.srt", "1\n00:00:01,000 --> 00:00:02,000\nA3：好\n")
    report = empty.import_folder(folder).set_index("file")["status"]
    assert sorted(report[["interviews/pre/A3.txt", "interviews/pre/A3.srt"]]) == ["imported", "refused"]


def test_an_unknown_way_to_treat_changed_files_is_refused(empty, tmp_path):
    with pytest.raises(OptionError, match="changed"):
        empty.import_files([write(tmp_path, "A3.txt")], changed="yes")
    with pytest.raises(OptionError, match="kind"):
        empty.import_files([write(tmp_path, "A3.txt")], kind="song")


def test_words_consent_and_questionnaires_of_a_folder_come_in(empty, tmp_path):
    folder = tmp_path / "study"
    write(folder, "participants.csv", "编号,角色\nA3,member\nA5,member\nA8,member\n")
    write(folder, "词典.txt", "小雨 人名\n")
    write(folder, "知情同意.csv", "编号,访谈,引用\nA3,同意,拒绝\n")
    (folder / "surveys").mkdir()
    (folder / "surveys" / "需求调查.csv").write_bytes((SAMPLES / "wjx_text.csv").read_bytes())
    report = empty.import_folder(folder).set_index("file")
    assert set(report["status"]) == {"imported"}, report["detail"].to_dict()
    assert "小雨" in empty.dictionary.words()
    assert set(empty.consents.table()["status"]) == {"given", "refused"}
    assert len(empty.surveys.respondents()) == 3
    assert "来自IP" in report["detail"]["surveys/需求调查.csv"]
    assert empty.check().empty


def test_what_is_said_of_each_file_goes_before_its_name(project, tmp_path):
    paths = [tmp_path / "录音一.txt", tmp_path / "A5前测.txt"]
    for path in paths:
        path.write_text("社工：下课呢？\nA5：自己待着。\n", encoding="utf-8")
    report = project.import_files(paths, case={paths[0]: "A6"}, wave={str(paths[0]): "post"}, progress=False)
    assert report["status"].tolist() == ["imported", "imported"]
    table = project.sources.table().set_index("name")
    assert table.loc["post/A6", ["case", "wave"]].tolist() == ["A6", "post"]
    assert table.loc["pre/A5", ["case", "wave"]].tolist() == ["A5", "pre"]
    with pytest.raises(OptionError, match="kind"):
        project.import_files(paths, kind={paths[1]: "poem"})


SCALE = "schema: qualkit.scale/1\nid: mood\ntitle: {zh: 情绪}\nrange: [1, 5]\nitems: 2\nsubscales: {low: [1, 2]}\n"


def test_the_matrix_of_a_questionnaire_is_the_scale_and_codes_are_matched_as_people_write_them(empty, tmp_path):
    folder = tmp_path / "study"
    write(folder, "participants.csv", "编号,角色\nA3,member\nA5,member\nA8,member\n")
    write(folder, "scales/mood.yaml", SCALE)
    write(folder, "scales/后测.csv", "编号,1,2\na03,4,5\nＡ５,1,2\n")
    (folder / "scales" / "前测.csv").write_bytes((SAMPLES / "wjx_seq.csv").read_bytes())
    report = empty.import_folder(folder).set_index("file")
    assert set(report["status"]) == {"imported"}, report["detail"].to_dict()
    scores = empty.scores.table()[["case", "wave", "score"]].values.tolist()
    assert sorted(scores) == [
        ["A3", "post", 9],
        ["A3", "pre", 5],
        ["A5", "post", 3],
        ["A5", "pre", 2],
        ["A8", "pre", 9],
    ]


def test_an_empty_record_is_refused_and_the_others_go_on(empty, tmp_path):
    folder = tmp_path / "study"
    write(folder, "observations/第1节.docx", "")
    write(folder, "x.xlsx", "")
    write(folder, "interviews/pre/A3.txt")
    report = empty.import_folder(folder).set_index("file")["status"]
    assert report[["observations/第1节.docx", "x.xlsx", "interviews/pre/A3.txt"]].tolist() == [
        "refused",
        "refused",
        "imported",
    ]


def test_a_document_that_was_removed_comes_back_when_its_file_is_imported_again(empty, tmp_path):
    file = write(tmp_path, "A3前测.txt")
    empty.import_files(file)
    empty.sources.remove("pre/A3")
    assert empty.import_files(file)["status"].tolist() == ["imported"]
    assert empty.sources.table()["name"].tolist() == ["pre/A3"]
    empty.sources.remove("pre/A3")
    empty.undo()
    assert empty.import_files(file)["status"].tolist() == ["unchanged"]
    assert empty.check().empty


def test_a_record_makes_its_members_while_no_list_says_who_there_is(empty, tmp_path):
    file = write(tmp_path, "观察.csv", "节次,组员编号,参与度(1-5)\n1,A3,2\n1,A5,4\n")
    (row,) = empty.import_files(file).to_dict("records")
    assert row["status"] == "imported"
    assert "made the cases A3, A5" in row["detail"]
    assert empty.cases.table()[["case", "role"]].values.tolist() == [["A3", "member"], ["A5", "member"]]


def test_a_picture_and_a_missing_file_are_refused_with_their_reason(empty, tmp_path):
    picture = tmp_path / "活动照片.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    report = empty.import_files([picture, tmp_path / "没有.xyz"])
    assert "picture" in report["detail"][0]
    assert "does not exist" in report["detail"][1]
