import numpy as np
import pytest

from qualkit.errors import DataError, NotFoundError, OptionError, ProjectError
from qualkit.tables import CODINGS


def add(project, quote, code="type.withdrawal", **options):
    text = project.sources.get("pre/A3").text
    start = text.index(quote)
    return project.codings.add("pre/A3", start, start + len(quote), code, **options)


def test_a_coding_carries_its_quote_turn_case_and_wave(project):
    coding = add(project, "自己待着", memo="低头", weight=2)
    row = project.codings.table().iloc[0]
    assert row.coding_id == coding
    assert row.source_id == project.sources.table().source_id[0]
    assert (row.source, row.turn, row.text, row.code) == ("pre/A3", 2, "自己待着", "type.withdrawal")
    assert (row.coder, row.case, row.wave, row.weight, row.memo) == ("Lin", "A3", "pre", 2, "低头")
    assert (row.origin, row.status) == ("person", "accepted")


def test_the_table_has_the_columns_it_promises_also_when_empty(project):
    empty = project.codings.table()
    add(project, "自己待着")
    table = project.codings.table()
    assert list(empty.columns) == list(table.columns) == list(CODINGS.columns)
    assert list(empty.dtypes) == list(table.dtypes)


def test_source_and_code_are_taken_by_name_or_id(project):
    source = project.sources.table().source_id[0]
    code = project.codes.table().set_index("code").code_id["cause"]
    project.codings.add(source, 0, 3, code)
    project.codings.add("pre/A3", 0, 3, "cause")
    table = project.codings.table()
    assert set(table.code) == {"cause"}
    assert set(table.source_id) == {source}


def test_positions_are_code_points_also_after_an_emoji(project):
    add(project, "话。😀")
    assert project.codings.table().text.item() == "话。😀"
    assert project.check().empty


def test_numbers_of_numpy_are_positions_too(project):
    project.codings.add("pre/A3", np.int64(0), np.int64(3), "cause", weight=np.float64(1))
    assert project.codings.table().text.item() == "访谈者"


def test_overlapping_and_equal_codings_stay_apart(project):
    first = add(project, "自己待着")
    second = add(project, "自己待着", coder="Zhao")
    third = add(project, "待着。（低头）", "cause")
    assert set(project.codings.table().coding_id) == {first, second, third}
    assert project.codings.table(coder="Zhao").coding_id.tolist() == [second]


def test_a_code_takes_the_codes_below_it_with_it(project):
    add(project, "自己待着", "type.withdrawal.silence")
    add(project, "他们也不说话", "cause")
    assert project.codings.table(code="type").code.tolist() == ["type.withdrawal.silence"]
    assert project.codings.table(code="type.withdrawal").code.tolist() == ["type.withdrawal.silence"]
    assert project.codings.table(code="cause").text.tolist() == ["他们也不说话"]


def test_a_coding_outside_of_turns_belongs_to_the_case_of_the_source(project):
    source = project.sources.add_text("note", "没有说话人的记录。\n第二行。", kind="observation", case="A3")
    project.codings.add(source, 0, 4, "cause")
    row = project.codings.table(source="note").iloc[0]
    assert row.case == "A3"
    assert row.isna().turn


def test_a_coding_belongs_to_who_speaks_not_to_whom_the_source_is_about(project):
    project.cases.add("W1", role="worker")
    project.cases.set_speaker(None, "访谈者", "W1")
    add(project, "不跟他们玩")
    add(project, "他们也不说话")
    assert project.codings.table().case.tolist() == ["W1", "A3"]
    project.cases.set_speaker("pre/A3", "访谈者", None)
    assert project.turns.table().case.isna().tolist() == [True, False, True, False]


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (3, 3, "is empty"),
        (5, 2, "is empty"),
        (-1, 2, "before the text"),
        (0, 10_000, "reaches beyond 'pre/A3', which has"),
        (0.5, 2, "no place in a text"),
        ("0", 2, "no place in a text"),
    ],
)
def test_a_range_outside_of_the_text_is_refused(project, start, end, message):
    with pytest.raises(DataError, match=message):
        project.codings.add("pre/A3", start, end, "cause")
    assert project.codings.table().empty


def test_unknown_names_are_refused_with_a_suggestion(project):
    with pytest.raises(NotFoundError, match=r"no source 'pre/A4'.*Did you mean 'pre/A3'"):
        project.codings.add("pre/A4", 0, 2, "cause")
    with pytest.raises(NotFoundError, match=r"no code 'type.withdrawl'.*Did you mean 'type.withdrawal'"):
        project.codings.add("pre/A3", 0, 2, "type.withdrawl")
    with pytest.raises(NotFoundError, match="no coding 'x'"):
        project.codings.remove("x")


def test_a_code_that_only_groups_others_is_refused(project):
    with pytest.raises(ProjectError, match=r"'type' only groups others.*Choose one below it: type\.withdrawal"):
        project.codings.add("pre/A3", 0, 2, "type")


def test_origin_status_and_weight_are_checked(project):
    with pytest.raises(OptionError, match="origin='guess'"):
        project.codings.add("pre/A3", 0, 2, "cause", origin="guess")
    with pytest.raises(DataError, match="weight='much' is no number"):
        project.codings.add("pre/A3", 0, 2, "cause", weight="much")
    assert project.codings.table().empty


def test_a_memo_is_written_changed_and_taken_away(project):
    coding = add(project, "自己待着")
    project.codings.set_memo(coding, "先想一想")
    project.codings.set_memo(coding, "退缩")
    assert project.codings.table().memo.item() == "退缩"
    project.codings.set_memo(coding, "")
    assert project.codings.table().memo.isna().item()
    project.undo()
    assert project.codings.table().memo.item() == "退缩"


def test_a_memo_that_was_changed_since_is_not_overwritten(project):
    coding = add(project, "自己待着")
    project.codings.set_memo(coding, "甲", instead_of="")
    project.codings.set_memo(coding, "乙", instead_of="甲")
    with pytest.raises(ProjectError, match="This was changed since: it is '乙' now"):
        project.codings.set_memo(coding, "丙", instead_of="甲")
    assert project.codings.table().memo.item() == "乙"


def test_more_memos_on_a_coding_do_not_double_it(project):
    coding = add(project, "自己待着", memo="first")
    project.memos.add(coding, "second")
    project.memos.add(coding, "third", kind="safeguarding")
    assert project.codings.table().memo.tolist() == ["first"]
    assert project.memos.table().text.tolist() == ["first", "second", "third"]


def test_a_removed_coding_says_so_when_it_is_asked_for(project):
    coding = add(project, "自己待着")
    project.codings.remove(coding)
    assert project.codings.table().empty
    with pytest.raises(NotFoundError, match=r"It was removed \(event \d+ of the history\); undo brings it back"):
        project.codings.remove(coding)


def test_a_coding_keeps_the_revision_it_was_made_under(project):
    before = add(project, "自己待着", "cause")
    project.codes.update("cause", definition={"zh": "说出的原因"})
    after = add(project, "自己待着", "cause")
    with project._database.read() as connection:
        rows = connection.exec_driver_sql("SELECT coding_id, code_revision FROM codings").all()
    assert dict(rows) == {before: 1, after: 2}
    assert project.codes.revisions("cause").definition.tolist() == [{}, {"zh": "说出的原因"}]


def test_status_and_weight_can_be_changed(project):
    coding = add(project, "自己待着", status="suggested", origin="model")
    project.codings.update(coding, status="accepted", weight=3)
    assert project.codings.table()[["status", "weight"]].values.tolist() == [["accepted", 3.0]]
