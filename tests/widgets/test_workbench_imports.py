"""Files from the browser: written piece by piece into a private folder, imported, reported, and taken away again."""

import stat
import threading
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import OptionError, ReadError
from qualkit.widgets.batch import open_path
from qualkit.widgets.file_names import safe_name
from qualkit.widgets.uploads import LARGEST_FILE, LARGEST_PIECE, MOST_FILES

INTERVIEW = "编号：{case}\n\n社工：下课呢？\n{case}：我就自己待着。\n"


class Imports:
    """The Documents tab of a workbench, as the page brings files to it."""

    def __init__(self, page):
        self.page = page
        self.part = page.widget._parts["documents"].imports

    def ask(self, t, buffers=(), **body):
        # News of a running import may come in between.
        (answer,) = [each for each in self.page.say(t, buffers, tab="documents", **body) if "re" in each]
        return answer

    def upload(self, files, name="u1"):
        files = {path: data if isinstance(data, bytes) else data.encode() for path, data in files.items()}
        announced = [{"name": path, "size": len(data)} for path, data in files.items()]
        answer = self.ask("upload.begin", upload=name, files=announced)
        assert answer["ok"], answer
        pieces = [{"file": n, "offset": 0, "length": len(data)} for n, data in enumerate(files.values())]
        buffer = memoryview(b"".join(files.values()))
        assert self.ask("upload.pieces", [buffer], upload=name, pieces=pieces)["received"] == len(buffer)

    def look(self, files, name="u1"):
        self.upload(files, name)
        return self.ask("import.look", upload=name)["plan"]

    def run(self, files=()):
        chosen = [{name: each[name] for name in ("file", "case", "wave", "kind")} for each in files]
        assert self.ask("import.start", op_id=uuid4().hex, files=chosen)["ok"]
        self.part.wait()
        report = self.ask("hello")["report"]
        return {row["file"]: row for row in report["rows"]}

    @property
    def copies(self):
        """The files that wait in the private folder."""
        batch = self.part._batch
        return [] if batch is None else sorted(p.name for p in batch.root.rglob("*") if p.is_file())


@pytest.fixture
def imports(project, browser):
    return Imports(browser(project.workbench()))


# ── names ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["../x.txt", "a/../../x", "", "/", "..", "a\\..\\..\\x", "/".join("a" * 30)])
def test_a_name_that_leads_out_of_the_folder_is_refused(name):
    with pytest.raises(OptionError, match="no name of a file"):
        safe_name(name)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("C:\\windows\\A1.docx", "C_/windows/A1.docx"),
        ("CON", "_CON"),
        ("lpt1.docx", "_lpt1.docx"),
        ("A1\x00.docx", "A1_.docx"),
        ("A1.docx. . ", "A1.docx"),
        ("\ud800.txt", "_.txt"),
        ("访谈 一/A3：前测.docx", "访谈 一/A3：前测.docx"),
    ],
)
def test_a_name_no_disk_can_hold_is_made_one_it_can(name, safe):
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_any_name_stays_below_its_folder_or_is_refused(tmp_path_factory, name):
    try:
        safe = safe_name(name)
    except OptionError:
        return
    root = tmp_path_factory.getbasetemp()
    assert (root / safe).resolve().is_relative_to(root.resolve())
    assert all(0 < len(part.encode()) <= 200 for part in safe.split("/"))


# ── pieces ───────────────────────────────────────────────────────────────────


def test_files_lie_in_a_folder_nobody_else_can_open(imports):
    imports.upload({"A1.txt": "好"})
    root = imports.part._uploads["u1"].root
    assert (root / "A1.txt").read_text(encoding="utf-8") == "好"
    assert stat.S_IMODE(root.stat().st_mode) == 0o700


def test_a_piece_that_comes_twice_is_written_once(imports):
    imports.ask("upload.begin", upload="u", files=[{"name": "a.txt", "size": 6}])
    for offset, data in ((0, b"abc"), (0, b"abc"), (3, b"def"), (3, b"def")):
        piece = {"file": 0, "offset": offset, "length": 3}
        assert imports.ask("upload.pieces", [memoryview(data)], upload="u", pieces=[piece])["ok"]
    assert (imports.part._uploads["u"].root / "a.txt").read_bytes() == b"abcdef"


@pytest.mark.parametrize(
    "piece",
    [
        {"file": 1, "offset": 0, "length": 3},
        {"file": 0, "offset": 4, "length": 3},
        {"file": 0, "offset": 2, "length": 3},
        {"file": 0, "offset": 0, "length": 4},
        {"file": -1, "offset": 0, "length": 3},
        {"file": 0, "offset": "0", "length": 3},
    ],
)
def test_a_piece_that_does_not_fit_is_refused(imports, piece):
    imports.ask("upload.begin", upload="u", files=[{"name": "a.txt", "size": 6}])
    assert imports.ask("upload.pieces", [memoryview(b"abc")], upload="u", pieces=[piece])["code"] == "VALIDATION"
    assert imports.ask("import.look", upload="u")["ok"] is False


def test_what_is_too_much_is_refused_before_it_comes(imports):
    one = {"name": "a.txt", "size": 1}
    assert not imports.ask("upload.begin", upload="u", files=[one] * (MOST_FILES + 1))["ok"]
    assert not imports.ask("upload.begin", upload="u", files=[{"name": "a", "size": LARGEST_FILE + 1}])["ok"]
    assert not imports.ask("upload.begin", upload="u", files=[{"name": "a", "size": LARGEST_FILE}] * 22)["ok"]
    assert not imports.ask("upload.begin", upload="u", files=[])["ok"]
    imports.ask("upload.begin", upload="u", files=[{"name": "a", "size": LARGEST_FILE}])
    large = memoryview(bytes(LARGEST_PIECE + 1))
    piece = {"file": 0, "offset": 0, "length": LARGEST_PIECE + 1}
    assert imports.ask("upload.pieces", [large], upload="u", pieces=[piece])["code"] == "VALIDATION"


def test_two_files_of_one_name_are_kept_apart(imports):
    plan = imports.look({"A1.txt": "一", "a1.TXT": "二"})
    assert [each["file"] for each in plan["files"]] == ["A1.txt", "a1 (2).TXT"]


def test_a_cancelled_upload_leaves_nothing(imports):
    imports.upload({"A1.txt": "好"})
    root = imports.part._uploads["u1"].root
    imports.ask("upload.cancel", upload="u1")
    assert not root.exists()
    assert imports.ask("import.look", upload="u1")["code"] == "UNKNOWN_ID"


# ── import ───────────────────────────────────────────────────────────────────


def test_loose_files_are_asked_about_and_come_in_as_was_said(imports, project):
    plan = imports.look({"A5前测.txt": INTERVIEW.format(case="A5"), "记录.txt": INTERVIEW.format(case="A6")})
    assert not plan["is_study"]
    guesses = {each["file"]: (each["case"], each["wave"], each["kind"]) for each in plan["files"]}
    assert guesses == {"A5前测.txt": ("A5", "pre", "interview"), "记录.txt": (None, None, "interview")}
    plan["files"][1] |= {"case": "A6", "wave": "post"}
    rows = imports.run(plan["files"])
    assert {file: row["status"] for file, row in rows.items()} == {"A5前测.txt": "imported", "记录.txt": "imported"}
    table = project.sources.table().set_index("name")
    assert table.loc["pre/A5", "case"] == "A5"
    assert table.loc["post/A6", ["case", "wave"]].tolist() == ["A6", "post"]
    assert imports.copies == []


def test_a_question_whose_answer_was_lost_is_answered_again(imports):
    plan = imports.look({"A5前测.txt": INTERVIEW.format(case="A5")})
    assert imports.ask("import.look", upload="u1")["plan"] == plan


def test_a_bad_file_is_reported_with_its_reason_and_the_others_come_in(imports, project):
    plan = imports.look({"A7前测.docx": b"no archive", "A8前测.txt": INTERVIEW.format(case="A8"), "leer.txt": b""})
    rows = imports.run(plan["files"])
    assert [rows[file]["status"] for file in ("A7前测.docx", "A8前测.txt", "leer.txt")] == [
        "refused",
        "imported",
        "refused",
    ]
    assert "A7前测.docx" in rows["A7前测.docx"]["detail"]
    assert "leer.txt 是空文件" in rows["leer.txt"]["detail"]
    assert imports.copies == []


def test_a_folder_of_a_study_comes_in_as_import_folder_has_it(imports, project):
    files = {
        "我的研究/participants.csv": "case,role\nA5,member\n",
        "我的研究/interviews/pre/A5.txt": INTERVIEW.format(case="A5"),
        "我的研究/interviews/post/A5.txt": INTERVIEW.format(case="A5"),
    }
    assert imports.look(files)["is_study"]
    rows = imports.run()
    assert rows["interviews/pre/A5.txt"]["status"] == "imported"
    assert {"pre/A5", "post/A5"} <= set(project.sources.table()["name"])
    assert project.cases.table().set_index("case").loc["A5", "role"] == "member"
    assert imports.look(files, "u2")["is_study"]
    assert imports.run()["interviews/pre/A5.txt"]["status"] == "unchanged"


def test_no_message_tells_where_the_copies_lie(imports):
    files = {"研究/study.yaml": "schema: qualkit.study/1\nprefix: DEV\ncodebooks: [../codes.yaml]\n"}
    imports.look({**files, "研究/interviews/pre/A5.txt": INTERVIEW.format(case="A5")})
    row = imports.run()["../codes.yaml"]
    assert (row["status"], "qualkit-" in row["detail"]) == ("refused", False)
    assert "../codes.yaml" in row["detail"]


@pytest.mark.parametrize("folder", ["", "我的研究/interviews/pre/"])
def test_a_changed_file_with_codings_is_offered_and_taken_when_asked(imports, project, folder):
    name = f"{folder}A5.txt" if folder else "A5前测.txt"
    text = INTERVIEW.format(case="A5")
    imports.run(imports.look({name: text})["files"])
    start = text.index("自己待着")
    project.codings.add("pre/A5", start, start + 4, "type.withdrawal")

    longer = text.replace("下课呢", "下课以后呢")
    rows = imports.run(imports.look({name: longer, f"{folder}A9.txt": text}, "u2")["files"])
    (row,) = [row for row in rows.values() if row["status"] == "changed"]
    assert imports.copies == [name.rsplit("/", 1)[-1], *(["study.yaml"] if folder else [])]
    answer = imports.ask("import.accept", row=row["row"])
    assert answer["row"]["status"] == "new version"
    assert "下课以后呢" in project.sources.get("pre/A5").text
    assert project.codings.table()["text"].tolist() == ["自己待着"]
    assert imports.ask("hello")["report"]["rows"][row["row"]]["status"] == "new version"
    imports.ask("import.close")
    assert imports.ask("import.accept", row=row["row"])["code"] == "UNKNOWN_ID"
    assert imports.ask("hello")["report"] is None


def test_a_path_on_this_machine_is_read_where_it_lies(imports, project, tmp_path):
    folder = tmp_path / "我的 资料"
    (folder / "访谈" / "前测").mkdir(parents=True)
    (folder / "访谈" / "前测" / "A5.txt").write_text(INTERVIEW.format(case="A5"), encoding="gb18030")
    plan = imports.ask("import.look", path=f' "{folder}" ')["plan"]
    assert plan["is_study"]
    imports.run()
    assert "pre/A5" in set(project.sources.table()["name"])
    assert (folder / "访谈" / "前测" / "A5.txt").exists()
    single = imports.ask("import.look", path=str(folder / "访谈" / "前测" / "A5.txt"))["plan"]
    assert [each["file"] for each in single["files"]] == ["A5.txt"]


@pytest.mark.parametrize("path", ["", "/no/such/folder", "\0", "~nobody-of-this-name/x"])
def test_a_path_that_leads_nowhere_is_refused_with_a_remedy(path):
    with pytest.raises((ReadError, OptionError)):
        open_path(path)


def test_an_import_tells_how_far_it_is_and_can_be_stopped(imports, project, monkeypatch):
    reached, go_on = threading.Event(), threading.Event()
    whole = project.import_files

    def slow(paths, **options):
        tell = options["progress"]

        def waiting(done, n, file):
            if done == 1:
                reached.set()
                go_on.wait(10)
            tell(done, n, file)

        return whole(paths, **{**options, "progress": waiting})

    monkeypatch.setattr(project, "import_files", slow)
    names = ["A1.txt", "A2.txt", "A3b.txt"]
    imports.look({name: INTERVIEW.format(case=name[:2]) + name for name in names})
    assert imports.ask("import.start", op_id="one", files=[])["running"]["n"] == 3
    assert reached.wait(10)
    assert imports.part.state["running"]["n"] == 3  # what a view that opens now is told
    assert imports.ask("import.start", op_id="one", files=[])["ok"]  # the answer was lost, and it was asked again
    assert imports.ask("import.start", op_id="two", files=[])["code"] == "CONFLICT"
    assert imports.ask("import.stop")["ok"]
    go_on.set()
    imports.part.wait()
    report = imports.ask("hello")["report"]
    assert report["is_stopped"]
    assert len(project.sources.table()) == 3  # two of the fixture and the one that had come in
    assert any(content.get("t") == "imported" for content, _ in imports.page.heard)


def test_an_error_nobody_expected_ends_the_import_and_is_told(imports, project, monkeypatch):
    def broken(*_args, **_options):
        raise RuntimeError("broken")

    monkeypatch.setattr(project, "import_files", broken)
    imports.run(imports.look({"A1.txt": "A1：好。"})["files"])
    report = imports.ask("hello")["report"]
    assert "broken" in report["problem"]
    assert imports.ask("hello")["running"] is None
