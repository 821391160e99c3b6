import hashlib
import shutil
from pathlib import Path

import pytest

from qualkit.errors import ReadError
from qualkit.project import codings, create_project, study_texts
from qualkit.project.texts import read_text

DEVIANCE = Path(__file__).parents[2] / "corpus" / "deviance"

FILES = {
    "study.yaml": """\
schema: qualkit.study/1
title: {zh: 小研究, en: small study}
prefix: DEV
waves: [pre, post]
sites: {M1: {zh: 村}}
codebooks: [codebook.yaml]
scales: [scales/mood.yaml]
links: {scale: mood, themes: {low: mood.low}}
speakers: {访谈者: W1}
""",
    "codebook.yaml": """\
schema: qualkit.codebook/1
id: small
version: "1.0"
title: {zh: 小手册, en: small}
codes:
- id: mood
  label: {zh: 情绪, en: mood}
  definition: {zh: 情绪。, en: Mood.}
  assignable: false
- id: mood.low
  parent: mood
  label: {zh: 低落, en: low}
  definition: {zh: 低落。, en: Low.}
""",
    "scales/mood.yaml": """\
schema: qualkit.scale/1
id: mood
title: {zh: 情绪, en: mood}
range: [1, 5]
items: 2
subscales: {low: [1, 2]}
""",
    "participants.csv": """\
case,role,site,sex,about
B1,guardian,M1,女,A1
A1,member,M1,女,
A2,member,M1,男,
W1,worker,,,
""",
    "relations.csv": "case,relation,other,wave\nB1,奶奶,A1,pre\n",
    "sessions/sessions.csv": """\
session,date,name,aim,activities,strategy
1,2031-09-20,相识,认识,游戏,
2,2031-09-27,情绪,说出,卡片,
""",
    "sessions/attendance.csv": "session,case,attended\n1,A1,1\n1,A2,0\n2,A1,1\n2,A2,1\n",
    "sessions/第1节.txt": "节次：第1节\n\n特殊事件\nA1小声说了名字。\n",
    "interviews/pre/A1.txt": "访谈对象：A1\n时间：2031-09-06\n\n访谈者：下课呢？\nA1：自己待着，不想说话。\n",
    "interviews/post/A1.txt": "访谈对象：A1\n时间：2031-11-15\n\n访谈者：现在呢？\nA1：跟他们一起折纸。\n",
    "interviews/pre/A2.txt": "访谈对象：A2\n\n访谈者：下课呢？\nA2：踢球。\n",
    "informants/B1.txt": "访谈对象：B1\n\n访谈者：孩子呢？\nB1：话多了一点。\n",
    "observations/ratings.csv": """\
节次,日期,组员编号,出席,观察员,参与度(1-5),关键事件
1,2031-09-20,A1,1,O1,2,小声
1,2031-09-20,A2,0,O1,,
""",
    "scales/pre.csv": "编号,1,2\nA1,4,5\nA2,2,\n",
    "scales/post.csv": "编号,1,2\nA1,2,3\nA2,2,2\n",
    "codings/Lin.csv": "source,quote,code,memo\npre/A1,不想说话,mood.low,很轻\npre/A1,自己待着,mood.low,\n",
    "logic_chain.csv": "problem,cause,need,aim,session,strategy,outcome\nmood.low,,被听见,说出情绪,2,,\n",
}


@pytest.fixture
def folder(tmp_path):
    """A small study with one file of every kind."""
    for name, text in FILES.items():
        file = tmp_path / "study" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "study"


@pytest.fixture
def empty(path):
    """A project with nothing in it."""
    with create_project(path, prefix="DEV", coder="Lin", language="en") as project:
        yield project


def refused(report):
    return report[report["status"] == "refused"].set_index("file")["detail"]


def test_every_file_of_a_study_comes_in(empty, folder):
    report = empty.import_folder(folder)
    assert list(report.columns) == ["file", "kind", "format", "status", "detail"]
    assert set(report["status"]) == {"imported"}
    assert set(report["file"]) == set(FILES)
    assert empty.sources.table()[["name", "kind", "case", "wave"]].fillna("").values.tolist() == [
        ["pre/A1", "interview", "A1", "pre"],
        ["pre/A2", "interview", "A2", "pre"],
        ["post/A1", "interview", "A1", "post"],
        ["post/B1", "interview", "B1", "post"],
        ["session/1", "session_record", "", ""],
        ["observation/1", "observation", "", ""],
    ]
    assert empty.sources.table().date[0] == "2031-09-06"
    assert empty.codings.table()[["source", "text", "code", "coder", "case", "origin"]].values.tolist() == [
        ["pre/A1", "自己待着", "mood.low", "Lin", "A1", "import"],
        ["pre/A1", "不想说话", "mood.low", "Lin", "A1", "import"],
    ]
    assert empty.cases.table().set_index("case").about["B1"] == "A1"
    assert empty.turns.table().case.tolist() == ["W1", "A1", "W1", "A2", "W1", "A1", "W1", "B1", "A1", "A2"]
    assert empty.scores.table()[["case", "wave", "score"]].fillna(-1).values.tolist() == [
        ["A1", "pre", 9],
        ["A2", "pre", -1],
        ["A1", "post", 5],
        ["A2", "post", 4],
    ]
    assert empty.sessions.attendance_table().attended.tolist() == [True, False, True, True]
    observed = empty.observations.table()
    assert observed[["session", "case", "attended"]].values.tolist() == [[1, "A1", True], [1, "A2", False]]
    assert observed.value.fillna(-1).tolist() == [2, -1]
    assert observed.key_event.fillna("").tolist() == ["小声", ""]
    assert empty.links.table().need.tolist() == ["被听见"]
    assert empty.settings["links"]["themes"] == {"low": "mood.low"}
    assert empty.check().empty


def test_imported_again_nothing_changes(empty, folder):
    empty.import_folder(folder)
    events = len(empty.history.table())
    assert set(empty.import_folder(folder)["status"]) == {"unchanged"}
    assert len(empty.history.table()) == events


def test_an_import_is_undone_file_by_file_and_can_be_repeated(empty, folder):
    empty.import_folder(folder)
    while empty.undo():
        pass
    assert empty.sources.table().empty
    assert empty.cases.table().empty
    assert set(empty.import_folder(folder)["status"]) == {"imported"}
    assert len(empty.codings.table()) == 2
    assert empty.check().empty


def test_progress_is_told_before_each_file_and_at_the_end(empty, folder):
    told = []
    empty.import_folder(folder, progress=lambda done, total, file: told.append((done, total, file)))
    assert told[0] == (0, len(FILES), "study.yaml")
    assert told[-1] == (len(FILES), len(FILES), "")


def instead(file, old, new):
    """A file of the small study with something else in it."""
    assert old in FILES[file]
    return file, FILES[file].replace(old, new)


OVERLAPPING = "schema: qualkit.scale/1\nid: mood\nrange: [1, 5]\nitems: 2\nsubscales: {a: [1, 2], b: [2]}\n"


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("interviews/pre/A2.txt", "", "A2.txt"),
        ("interviews/pre/A9.txt", "访谈者：好\nA9：好", "'A9' is not in participants.csv"),
        ("interviews/later/A1.txt", "A1：好", "lies in later/, which is no wave"),
        ("interviews/pre/A2.docx", "no zip", "A2.docx"),
        ("informants/B1.srt", b"\xff\xfe\x00", "B1.srt"),
        ("sessions/record.txt", "记录", "not the number of a session"),
        ("sessions/attendance.csv", "session,case,attended\n1,A9,1\n9,A1,1\n", "row 2: There is no case 'A9'"),
        ("sessions/attendance.csv", "session,case,attended\n1,A1,maybe\n", "row 2: attended is 'maybe'"),
        ("observations/ratings.csv", "节次,组员编号,参与度(1-5)\n1,A1,9\n", "outside 1 to 5"),
        ("observations/ratings.csv", "节次,组员编号,参与度(1-5)\n7,A9,3\n", "no case 'A9'"),
        ("scales/pre.csv", "编号,1,2\nA1,7,5\n", "7.0 is out of range"),
        ("scales/pre.csv", "编号,1,2\nA9,3,5\n", "no case 'A9'"),
        ("scales/mood.yaml", OVERLAPPING, "two subscales"),
        ("codings/Lin.csv", "source,quote,code\npre/A1,没有这句,mood.low\n", "'没有这句' is not in 'pre/A1'"),
        ("codings/Lin.csv", "source,quote,code\npre/A1,：,mood.low\n", "more than once"),
        ("codings/Lin.csv", "source,quote,code\npre/A1,下课呢？\n", "row 2: There is no code ''"),
        ("codings/Lin.csv", 'source,quote,code\npre/A1,"下课呢？\nA1：自己",mood.low\n', "inside one turn"),
        ("codings/Lin.csv", "source,quote,code\npre/A1,待着,mood\n", "only groups others"),
        ("codings/Lin.csv", "quote,code\n待着,mood\n", "has no column source"),
        (*instead("codebook.yaml", "id: mood.low", "id: mood"), "mood"),
        (*instead("participants.csv", "A2", "A1"), "case 'A1' stands in row 3 already"),
        (*instead("participants.csv", "女,A1", "女,A7"), "row 2: There is no case 'A7'"),
        (*instead("participants.csv", "A2,member,M1", "A2,member,M3"), "site 'M3' is not in study.yaml"),
        ("relations.csv", "case,relation,other\nB7,x,A1\n", "row 2: There is no case 'B7'"),
        ("logic_chain.csv", "problem,reason\na,b\n", "reason is no part of a chain"),
        ("notes.pdf", "%PDF", "damaged or not a PDF"),
        ("song.xyz", "la la", "files of the kind .xyz cannot be read"),
    ],
)
def test_a_bad_file_is_refused_whole_and_the_others_go_on(empty, folder, file, content, message):
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    report = empty.import_folder(folder)
    problems = refused(report)
    assert file in problems
    assert Path(file).name in problems[file]
    assert message in problems[file]
    assert (report["status"] == "imported").sum() >= len(FILES) - 1 - len(problems)
    assert empty.check().empty
    # Nothing of the file was kept, and once repaired it comes in with what depended on it.
    shutil.rmtree(folder)
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    again = empty.import_folder(folder)
    assert refused(again).empty
    assert len(empty.codings.table()) == 2
    assert empty.check().empty


def test_all_problems_of_a_file_are_said_at_once(empty, folder):
    (folder / "codings" / "Lin.csv").write_text(
        "source,quote,code\npre/A1,没有,mood.low\npre/A7,待着,mood.low\npre/A1,待着,mood.high\n", encoding="utf-8"
    )
    detail = refused(empty.import_folder(folder))["codings/Lin.csv"]
    assert [line.split(":")[0] for line in detail.splitlines()] == [f"Lin.csv, row {row}" for row in (2, 3, 4)]
    assert empty.codings.table().empty


def test_a_text_is_read_once_for_all_codings_on_it(empty, folder, monkeypatch):
    read = []
    monkeypatch.setattr(
        study_texts, "read_text", lambda connection, text_id: read.append(1) or read_text(connection, text_id)
    )
    monkeypatch.setattr(codings, "read_text", lambda *args: pytest.fail("read again"))
    empty.import_folder(folder)
    assert (len(empty.codings.table()), len(read)) == (2, 1)


def test_a_changed_text_takes_the_place_of_the_earlier_one_while_nothing_hangs_on_it(empty, folder):
    empty.import_folder(folder)
    (folder / "interviews/pre/A2.txt").write_text("访谈对象：A2\n\n访谈者：下课呢？\nA2：打球。\n", encoding="utf-8")
    (folder / "interviews/pre/A1.txt").write_text(
        "访谈对象：A1\n\n访谈者：下课呢？\nA1：不想说话。\n", encoding="utf-8"
    )
    report = empty.import_folder(folder).set_index("file")
    assert report.status["interviews/pre/A2.txt"] == "new version"
    assert report.status["interviews/pre/A1.txt"] == "changed"
    assert "打球" in empty.sources.get("pre/A2").text
    assert len(empty.codings.table()) == 2


def test_a_changed_table_adds_what_is_new(empty, folder):
    empty.import_folder(folder)
    (folder / "codings/Lin.csv").write_text(FILES["codings/Lin.csv"] + "post/A1,一起折纸,mood.low,\n", encoding="utf-8")
    (folder / "scales/pre.csv").write_text(FILES["scales/pre.csv"].replace("A2,2,", "A2,2,3"), encoding="utf-8")
    report = empty.import_folder(folder).set_index("file")
    assert report.detail["codings/Lin.csv"] == "1 codings; 2 already there"
    assert empty.scores.table().score.tolist() == [9, 5, 5, 4]
    assert len(empty.responses.table()) == 8
    assert empty.check().empty


def test_what_is_odd_is_noted(empty, folder):
    (folder / "interviews/pre/A2.txt").write_text(
        "访谈对象：A1\n时间：秋天\n\n奶奶：来了。\nA2：踢球。\n奶奶：好。\n", encoding="utf-8"
    )
    detail = empty.import_folder(folder).set_index("file").detail["interviews/pre/A2.txt"]
    assert "the text says it is about 'A1'" in detail
    assert "no case for the speaker 奶奶" in detail
    assert "no date: '秋天' is no day" in detail


def test_without_study_yaml_the_names_of_files_and_folders_are_used(empty, folder):
    (folder / "study.yaml").unlink()
    report = empty.import_folder(folder).set_index("file")
    assert report.status["interviews/pre/A1.txt"] == "imported"
    assert report.status["scales/pre.csv"] == "imported"
    assert "waves:" in (folder / "study.yaml").read_text(encoding="utf-8")
    assert report.status["codings/Lin.csv"] == "refused"


def test_a_study_yaml_that_contradicts_itself_stops_the_import(empty, folder):
    (folder / "study.yaml").write_text("schema: qualkit.study/1\nwave: [pre]\nspeakers: [W1]\n", encoding="utf-8")
    report = empty.import_folder(folder)
    assert report["status"].tolist() == ["refused"]
    assert "study.yaml, line 2: 'wave' is not known" in report["detail"][0]
    assert "study.yaml, line 3: speakers is no list of" in report["detail"][0]
    assert empty.sources.table().empty


def test_a_missing_folder_is_named(empty, tmp_path):
    with pytest.raises(ReadError, match="is no folder"):
        empty.import_folder(tmp_path / "nowhere")


def test_an_interrupted_import_goes_on_where_it_stopped(empty, folder):
    class Stopped(Exception):
        pass

    def stop(done, total, file):
        if done == 9:
            raise Stopped

    with pytest.raises(Stopped):
        empty.import_folder(folder, progress=stop)
    assert empty.check().empty
    report = empty.import_folder(folder)
    assert report["status"].tolist() == ["unchanged"] * 9 + ["imported"] * (len(FILES) - 9)


def test_the_reference_study_comes_in_whole(empty):
    before = {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in DEVIANCE.rglob("*") if file.is_file()}
    report = empty.import_folder(DEVIANCE)
    assert refused(report).empty
    codings = empty.codings.table()
    assert set(codings.coder) == {"Lin", "Zhao"}
    assert set(codings.case) == {f"A{number}" for number in range(1, 11)}
    assert codings.turn.notna().all()
    assert set(empty.turns.table().case.dropna()) >= set(codings.case) | {"W1"}
    assert empty.turns.table().case.notna().all()
    assert len(empty.scores.table()) == 10 * 2 * 3
    assert empty.check().empty
    assert before == {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in before}


@pytest.mark.parametrize(
    "line", ["codebooks: [5]", 'codebooks: ["a\\0b"]', "waves: []", "waves: [pre, pre]", "waves: [1, 2]"]
)
def test_a_list_of_the_study_that_cannot_be_used_is_refused_with_its_line(empty, folder, line):
    (folder / "study.yaml").write_text(f"schema: qualkit.study/1\n{line}\n", encoding="utf-8")
    report = empty.import_folder(folder)
    assert "study.yaml, line 2: " in refused(report)["study.yaml"]
    assert empty.sources.table().empty


def test_a_study_nested_too_deeply_is_refused(empty, folder):
    (folder / "study.yaml").write_text("- " * 5000 + "x", encoding="utf-8")
    assert "nested more than 12 levels deep" in refused(empty.import_folder(folder))["study.yaml"]


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("speakers: {访谈者: [W1]}", "line 2: the case of '访谈者' is ['W1']. Write the code of one case"),
        ("sites: {M1: [村]}", "line 2: the site 'M1' is no text"),
        ("title: [a]", "line 2: title is no text"),
        ("prefix: [a]", "line 2: prefix is no text"),
        ("language: fr", "line 2: language is 'fr'. Choose one of zh, en"),
        ("title: !!omap [a: 1]", "line 2: the YAML tag"),
        ("title: &a b\nprefix: *a", "line 2: &a (a YAML reference) is not read"),
        ("title: a\ntitle: b", "line 3: 'title' is given twice (first in line 2)"),
        ("# " + "x" * 1_000_000, "line 1: the file has more than 1,000,000 bytes"),
    ],
)
def test_a_study_that_says_what_cannot_be_used_is_refused_with_its_line(empty, folder, lines, message):
    (folder / "study.yaml").write_text(f"schema: qualkit.study/1\n{lines}\n", encoding="utf-8")
    assert f"study.yaml, {message}" in refused(empty.import_folder(folder))["study.yaml"]
    assert empty.sources.table().empty


@pytest.mark.parametrize("target", ["study.yaml", "/dev/zero", "nowhere.yaml"])
def test_a_study_yaml_that_leads_to_no_file_is_refused_and_not_guessed(empty, folder, target):
    (folder / "study.yaml").unlink()
    (folder / "study.yaml").symlink_to(target)
    assert list(refused(empty.import_folder(folder))) != []
    assert (folder / "study.yaml").is_symlink()
    assert empty.sources.table().empty


def test_names_no_system_accepts_and_links_to_themselves_are_refused_and_the_others_go_on(empty, folder):
    (folder / "loop.yaml").symlink_to("loop.yaml")
    text = FILES["study.yaml"].replace("codebook.yaml", f"{'x' * 300}.yaml").replace("scales/mood.yaml", "loop.yaml")
    (folder / "study.yaml").write_text(text, encoding="utf-8")
    problems = refused(empty.import_folder(folder))
    assert "cannot be opened" in problems[f"{'x' * 300}.yaml"]
    assert "loop.yaml" in problems
    assert "pre/A1" in set(empty.sources.table()["name"])


def test_a_device_named_as_codebook_is_refused_and_the_others_go_on(empty, folder):
    text = FILES["study.yaml"].replace("codebook.yaml", "/dev/zero")
    (folder / "study.yaml").write_text(text, encoding="utf-8")
    report = empty.import_folder(folder)
    assert "a device or a pipe" in refused(report)["/dev/zero"]
    assert "pre/A1" in set(empty.sources.table()["name"])
