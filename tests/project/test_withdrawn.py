"""People who withdrew appear in no output; the author still sees what is there."""

from pathlib import Path

import docx
import pytest

from qualkit import displays
from qualkit.cli.results import Results, write_documents
from qualkit.errors import OptionError
from qualkit.project import create_project
from qualkit.widgets.study import welcome

DEVIANCE = Path(__file__).parents[2] / "corpus" / "deviance"
TABLES = ("cases", "sources", "turns", "codings", "responses", "scores", "observations")


@pytest.fixture(scope="module")
def studied(tmp_path_factory):
    """The invented study in a project of its own."""
    path = tmp_path_factory.mktemp("study") / "deviance.qualkit"
    with create_project(path, prefix="DEV", coder="Lin") as project:
        project.import_folder(DEVIANCE)
        yield project


@pytest.fixture
def without(studied):
    """The study after A1 has withdrawn, whose grandmother B1 was interviewed about her."""
    studied.consents.set("A1", "quotation", "withdrawn", by="guardian", date="2031-12-01")
    yield studied
    studied.consents.set("A1", "quotation", "given")


def names_in(table):
    return {str(value) for column in ("case", "about", "other") if column in table for value in table[column].dropna()}


@pytest.mark.parametrize("section", TABLES)
def test_no_table_that_feeds_an_output_names_who_withdrew(without, section):
    table = getattr(without, section).table()
    assert not names_in(table) & {"A1", "B1"}
    everything = getattr(without, section).table(include_withdrawn=True)
    assert len(everything) > len(table)
    assert "A1" in names_in(everything)


def test_relations_and_attendance_leave_them_out_too(without):
    for table in (without.cases.relations(), without.sessions.attendance_table()):
        assert len(table)
        assert not names_in(table) & {"A1", "B1"}


def test_texts_about_them_are_gone_whoever_speaks_in_them(without):
    sources = without.sources.table(include_withdrawn=True)
    own = set(sources.loc[sources["case"].isin(["A1", "B1"]), "source_id"])
    assert own
    for table in (without.turns.table(), without.codings.table()):
        assert not own & set(table["source_id"])


def test_displays_and_quotations_have_nothing_of_them(without):
    codings, turns, cases = without.codings.table(), without.turns.table(), without.cases.table()
    themes = ["type.withdrawal", "type.aggressive"]
    matrix = displays.code_by_case(codings, cases, turns, codes=themes, coder="Lin")
    assert "A1" not in set(matrix["case"])
    quotes = displays.quotes_of(codings, codes=themes, coder="Lin")
    said = without.codings.table(include_withdrawn=True)
    gone = set(said.loc[said["case"] == "A1", "coding_id"])
    assert gone
    assert not gone & set(quotes["coding_id"])
    assert not gone & {one for ids in matrix["coding_ids"] for one in ids}


def test_the_documents_of_the_results_have_nothing_of_them(without, tmp_path):
    results = Results.of(without, coder="Lin")
    assert "A1" not in set(results.joint["case"]) | set(results.reliable["case"]) | set(results.cases["case"])
    written = write_documents(results, tmp_path)
    said = without.codings.table(include_withdrawn=True)
    quotes = [text for text in said.loc[said["case"] == "A1", "text"] if len(text) >= 8]
    page = written[1].read_text(encoding="utf-8")
    for text in (page, _words_of(written[0])):
        assert ">A1<" not in text
        assert not [quote for quote in quotes if quote in text]


def _words_of(path):
    document = docx.Document(str(path))
    return "\n".join(f">{cell.text}<" for one in document.tables for row in one.rows for cell in row.cells)


def test_the_author_still_sees_and_codes_what_is_there(without):
    names = {source["name"] for source in welcome(without)["sources"]}
    assert "pre/A1" in names
    assert without.sources.get("pre/A1").text
    assert without.check().empty


def test_consent_given_again_brings_everything_back(studied):
    studied.consents.set("A1", "interview", "withdrawn")
    assert studied.cases.withdrawn() == ["A1", "B1"]
    studied.consents.set("A1", "interview", "given")
    assert studied.cases.withdrawn() == []
    assert "A1" in set(studied.cases.table()["case"])


@pytest.mark.parametrize(
    ("use", "status", "is_gone"),
    [
        ("interview", "refused", True),
        ("录音", "撤回", True),
        ("sharing", "withdrawn", True),
        ("quotation", "refused", False),
        ("sharing", "refused", False),
        ("interview", "not_asked", False),
        ("interview", "given", False),
    ],
)
def test_who_takes_consent_back_is_gone_and_who_declines_one_use_is_not(project, use, status, is_gone):
    project.consents.set("A3", use, status)
    assert (project.cases.withdrawn() == ["A3"]) is is_gone
    assert project.sources.table().empty is is_gone


def test_who_refuses_to_be_quoted_counts_without_words(project):
    project.codings.add("pre/A3", 20, 24, "type.withdrawal")
    words = project.codings.table()["text"].item()
    project.consents.set("A3", "quotation", "refused")
    assert project.codings.table()["text"].tolist() == ["（未同意引用原话）"]
    assert project.codings.table()["code"].tolist() == ["type.withdrawal"]
    assert project.codings.table(include_withdrawn=True)["text"].tolist() == [words]


def test_an_unknown_use_or_status_is_refused(project):
    with pytest.raises(OptionError, match="use='publication'"):
        project.consents.set("A3", "publication", "given")
    with pytest.raises(OptionError, match="status='maybe'"):
        project.consents.set("A3", "interview", "maybe")
    assert project.consents.table().empty


def test_withdrawal_is_an_action_that_can_be_taken_back(project):
    project.consents.set("A3", "interview", "withdrawn")
    project.undo()
    assert project.cases.withdrawn() == []


def test_a_copy_for_others_leaves_them_out_unless_asked(without, tmp_path):
    text = without.cases.export(tmp_path / "cases.csv").read_text(encoding="utf-8-sig")
    assert "\nA1," not in text
    whole = without.cases.export(tmp_path / "all.csv", include_withdrawn=True).read_text(encoding="utf-8-sig")
    assert "\nA1," in whole
