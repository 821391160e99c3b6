"""Codings that Taguette and QualCoder exported find their sources, codes and words in the project."""

import pytest

from qualkit.project import create_project

TEXT = "访谈者：下课的时候呢？\nA3：就……自己待着。\n我也不过去。\n过去了他们也不说话。\n访谈者：嗯。\nA3：嗯嗯。"


@pytest.fixture
def study(path, tmp_path):
    """A project with one text, read from interviews/pre/A3.txt, and two codes."""
    folder = tmp_path / "study"
    for name, text in {
        "study.yaml": "schema: qualkit.study/1\ntitle: {zh: 研究}\nprefix: DEV\nlanguage: zh\nwaves: [pre, post]\n",
        "interviews/pre/A3.txt": TEXT,
    }.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    with create_project(path, prefix="DEV", coder="Lin", language="en") as project:
        report = project.import_folder(folder)
        assert set(report.status) == {"imported"}, report.detail.tolist()
        project.codes.add("type.withdrawal", label={"zh": "退缩", "en": "withdrawal"})
        project.codes.add("mood", label={"zh": "情绪", "en": "mood"})
        yield project


def import_codings(study, tmp_path, name, text):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return study.import_files(file, kind="codings", language="en").iloc[0]


def coded(study):
    return study.codings.table()[["source", "text", "code", "coder"]].values.tolist()


def test_highlights_of_taguette_become_codings(study, tmp_path):
    table = "id,document,tag,content\n1,A3.docx,退缩,就……自己待着。\n1,A3.docx,mood,就……自己待着。\n2,A3.docx,,嗯嗯。\n"
    assert import_codings(study, tmp_path, "Wang.csv", table).status == "imported"
    assert coded(study) == [
        ["pre/A3", "就……自己待着。", "type.withdrawal", "Wang"],
        ["pre/A3", "就……自己待着。", "mood", "Wang"],
    ]


def test_codings_of_qualcoder_keep_their_coders(study, tmp_path):
    table = "File,Coder,Coded,Id,Codename,Coded_Memo\n"
    table += "A3.txt,Lin,我也不过去。,ctid:1,withdrawal,轻\nA3.txt,Wang,我也不过去。,ctid:2,withdrawal,\n"
    table += "A3.png,Lin,image,imid:1,withdrawal,\n"
    assert import_codings(study, tmp_path, "all.csv", table).detail == "2 codings"
    assert [row[3] for row in coded(study)] == ["Lin", "Wang"]
    assert import_codings(study, tmp_path, "again.csv", table).detail == "0 codings; 2 already there"


def test_white_space_between_the_words_of_a_quote_does_not_matter(study, tmp_path):
    table = "source,quote,code\npre/A3,我也不过去。 过去了他们也不说话。,mood\n"
    assert import_codings(study, tmp_path, "Lin.csv", table).status == "imported"
    assert coded(study)[0][1] == "我也不过去。\n过去了他们也不说话。"


def test_a_quote_that_begins_in_a_label_counts_to_its_turn(study, tmp_path):
    table = "source,quote,code\npre/A3,A3：嗯嗯。,mood\n"
    assert import_codings(study, tmp_path, "Lin.csv", table).status == "imported"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("A3,嗯。\nA3：嗯,mood", "one turn"),
        ("A4.docx,嗯嗯。,mood", "no source 'A4.docx'"),
        ("A3,嗯嗯。,害怕", "no code '害怕'"),
        ("A3,我 不 去,mood", "is not in 'pre/A3'"),
        ("A3,嗯,mood", "more than once"),
    ],
)
def test_what_cannot_be_found_is_said(study, tmp_path, row, message):
    source, quote, code = row.split(",")
    report = import_codings(study, tmp_path, "Lin.csv", f'source,quote,code\n{source},"{quote}",{code}\n')
    assert report.status == "refused"
    assert message in report.detail


def test_a_name_that_fits_two_sources_is_not_guessed(study, tmp_path):
    study.sources.add_text("post/A3", "A3：好。\n访谈者：好。", kind="interview", case="A3", wave="post")
    report = import_codings(study, tmp_path, "Lin.csv", "source,quote,code\nA3,嗯嗯。,mood\n")
    assert report.detail.endswith("'A3' may be the source post/A3, pre/A3. Write which one.")
