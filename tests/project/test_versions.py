import dataclasses
import time

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.errors import DataError, NotFoundError, ProjectError
from qualkit.model import Note, Source, Turn
from qualkit.project import create_project, open_project
from qualkit.project.versions import preview_replacement, replace_text

NAME = "pre/A3"


def text_of(project, name=NAME):
    return project.sources.get(name).text


def code(project, quote, name=NAME, code="cause"):
    start = text_of(project, name).index(quote)
    return project.codings.add(name, start, start + len(quote), code)


def state(project):
    tables = [project.sources.table(), project.turns.table(), project.codings.table(), project.codings.unplaced()]
    return [table.to_json() for table in tables] + [project.sources.get(NAME).text]


def test_codings_move_with_their_words(project):
    coding = code(project, "他们也不说话")
    looked_at = project.sources.correct(NAME, "记录：甲\n" + text_of(project))
    assert looked_at.empty
    row = project.codings.table().set_index("coding_id").loc[coding]
    assert (row.text, row.start) == ("他们也不说话", text_of(project).index("他们也不说话"))
    assert row.case == "A3"
    assert project.check().empty


def test_a_corrected_character_inside_a_coding_goes_along_and_is_listed(project):
    coding = code(project, "自己待着")
    looked_at = project.sources.correct(NAME, text_of(project).replace("待着", "呆着"))
    assert looked_at[["coding_id", "outcome", "old_text", "text"]].values.tolist() == [
        [coding, "changed", "自己待着", "自己呆着"]
    ]
    assert project.codings.table().text.tolist() == ["自己呆着"]
    pd.testing.assert_frame_equal(project.codings.changed(), looked_at)
    assert project.check().empty


def test_a_coding_whose_words_are_gone_waits_for_a_person(project):
    coding = code(project, "他们也不说话", code="type.withdrawal")
    looked_at = project.sources.correct(NAME, text_of(project).replace("，他们也不说话", ""))
    row = looked_at.iloc[0]
    assert (row.coding_id, row.outcome, row.version, row.old_text) == (coding, "unplaced", 1, "他们也不说话")
    assert pd.isna(row.start)
    assert row.before.endswith("我过去")
    assert row.after.startswith("。😀")
    pd.testing.assert_frame_equal(project.codings.unplaced(), looked_at)
    assert project.codings.table().empty
    problems = project.check()
    assert problems[["check", "id"]].values.tolist() == [["version", coding]]
    assert "project.codings.place" in problems.remedy.item()


def test_opening_warns_of_wrong_quotes_but_not_of_codings_without_a_place(project, path):
    code(project, "他们也不说话")
    project.sources.correct(NAME, text_of(project).replace("他们也不说话", "嗯"))
    assert len(project.codings.unplaced()) == 1
    project.close()
    open_project(path).close()


def test_words_that_were_moved_are_proposed_and_placed_by_hand(project):
    coding = code(project, "他们也不说话")
    text = "A3：真的，他们也不说话，就这样。\n" + text_of(project).replace("，他们也不说话", "")
    project.sources.correct(NAME, text)
    proposed = project.codings.unplaced().iloc[0]
    assert text[proposed.start : proposed.end] == proposed.text == "他们也不说话"
    project.codings.place(coding, int(proposed.start), int(proposed.end))
    assert project.codings.unplaced().empty
    assert project.codings.table().set_index("coding_id").loc[coding, "text"] == "他们也不说话"
    assert project.check().empty
    project.undo()
    assert project.codings.unplaced().coding_id.tolist() == [coding]


def test_a_place_outside_of_the_text_is_refused(project):
    coding = code(project, "自己")
    with pytest.raises(DataError, match="reaches beyond 'pre/A3'"):
        project.codings.place(coding, 3, 9_999)
    with pytest.raises(DataError, match="is empty"):
        project.codings.place(coding, 3, 3)


def test_a_coding_without_a_place_can_be_removed(project):
    coding = code(project, "他们也不说话")
    project.sources.correct(NAME, text_of(project).replace("，他们也不说话", ""))
    project.codings.remove(coding)
    assert project.codings.unplaced().empty
    assert project.check().empty


def test_a_coding_left_behind_comes_back_with_its_words(project):
    coding = code(project, "他们也不说话")
    first = text_of(project)
    project.sources.correct(NAME, first.replace("，他们也不说话", ""))
    assert project.sources.correct(NAME, "甲\n" + first).empty
    assert project.codings.table().coding_id.tolist() == [coding]
    assert project.check().empty


def test_the_preview_changes_nothing_and_says_what_would_be(project):
    code(project, "自己待着")
    code(project, "他们也不说话")
    code(project, "不跟他们玩")
    text = text_of(project).replace("待着", "呆着").replace("，他们也不说话", "")
    before = state(project)
    seen = project.sources.preview(NAME, text)
    assert dict(zip(seen.old_text, seen.outcome, strict=True)) == {
        "自己待着": "changed",
        "不跟他们玩": "moved",
        "他们也不说话": "unplaced",
    }
    assert state(project) == before
    looked_at = project.sources.correct(NAME, text)
    left = seen[seen.outcome != "moved"].reset_index(drop=True)
    pd.testing.assert_frame_equal(looked_at, left)


def test_the_same_text_changes_nothing(project):
    code(project, "自己待着")
    n_events = len(project.history.table())
    assert project.sources.correct(NAME, text_of(project)).empty
    assert len(project.history.table()) == n_events
    assert len(project.sources.versions(NAME)) == 1


def test_versions_say_who_changed_what_and_when(project, path):
    code(project, "自己待着")
    code(project, "不跟他们玩")
    first = text_of(project)
    with open_project(path, coder="Zhao") as other:
        other.sources.correct(NAME, first.replace("待着", "呆着"))
        other.sources.correct(NAME, first.replace("自己待着", "嗯"))
    table = project.sources.versions(NAME)
    assert table[["version", "coder", "n_moved", "n_changed", "n_unplaced"]].values.tolist() == [
        [1, "Lin", 0, 0, 0],
        [2, "Zhao", 1, 1, 0],
        [3, "Zhao", 1, 0, 1],
    ]
    assert table["at"].tolist() == project.history.table().set_index("event_id")["at"].loc[table.event_id].tolist()


def test_earlier_versions_can_be_looked_at(project):
    first = project.sources.get(NAME)
    project.sources.correct(NAME, first.text + "访谈者：好。\n")
    assert project.sources.get(NAME).version == 2
    assert project.sources.get(NAME, version=1).text == first.text
    assert project.sources.get(NAME, version=1).turns == first.turns
    assert project.sources.get(NAME).text_id == project.sources.text_id(NAME) != first.text_id
    with pytest.raises(NotFoundError, match=r"has no version 3\. There are 1, 2"):
        project.sources.get(NAME, version=3)


def test_the_history_keeps_the_old_quote(project):
    coding = code(project, "自己待着")
    project.sources.correct(NAME, text_of(project).replace("待着", "呆着"))
    assert project.codings.changed().set_index("coding_id").loc[coding, "old_text"] == "自己待着"


def test_undo_and_redo_bring_text_and_codings_back(project):
    code(project, "自己待着")
    code(project, "他们也不说话")
    before = state(project)
    project.sources.correct(NAME, text_of(project).replace("待着", "呆着").replace("，他们也不说话", ""))
    after = state(project)
    project.undo()
    assert state(project) == before
    assert project.check().empty
    project.redo()
    assert state(project) == after
    project.undo()
    project.sources.correct(NAME, text_of(project).replace("自己", "自個"))
    assert project.sources.versions(NAME).version.tolist() == [1, 2]


def test_undo_is_refused_when_others_coded_the_corrected_text(project, path):
    code(project, "自己待着")
    project.sources.correct(NAME, "甲\n" + text_of(project))
    with open_project(path, coder="Zhao") as other:
        coding = code(other, "不跟他们玩")
    before = state(project)
    with pytest.raises(ProjectError, match="1 codings were made or placed on this one since"):
        project.undo()
    assert state(project) == before
    with open_project(path, coder="Zhao") as other:
        other.codings.remove(coding)
    project.undo()
    assert project.check().empty


def test_redo_is_refused_when_others_coded_the_earlier_text(project, path):
    project.sources.correct(NAME, "甲\n" + text_of(project))
    project.undo()
    with open_project(path, coder="Zhao") as other:
        code(other, "不跟他们玩")
    with pytest.raises(ProjectError, match="codings were made or placed on this one since"):
        project.redo()
    assert project.check().empty


def test_a_coding_that_comes_back_after_a_correction_is_listed(project, path):
    coding = code(project, "自己待着")
    project.codings.remove(coding)
    with open_project(path, coder="Zhao") as other:
        other.sources.correct(NAME, "甲\n" + text_of(other))
    project.undo()
    assert project.codings.table().empty
    assert project.codings.unplaced()[["coding_id", "text"]].values.tolist() == [[coding, "自己待着"]]


def test_an_action_asked_for_twice_is_done_once(project):
    code(project, "他们也不说话")
    text = text_of(project).replace("，他们也不说话", "")
    first = project.sources.correct(NAME, text, op_id="one")
    pd.testing.assert_frame_equal(project.sources.correct(NAME, text, op_id="one"), first)
    assert len(project.sources.versions(NAME)) == 2


def test_a_coding_on_a_text_that_changed_meanwhile_is_refused(project):
    seen = project.sources.get(NAME)
    project.sources.correct(NAME, "甲\n" + seen.text)
    with pytest.raises(ProjectError, match="'pre/A3' was changed since"):
        project.codings.add(NAME, 0, 3, "cause", text_id=seen.text_id)
    project.codings.add(NAME, 0, 3, "cause", text_id=project.sources.text_id(NAME))


def test_two_who_correct_at_once_do_not_overwrite_each_other(project, path):
    seen = project.sources.get(NAME)
    with open_project(path, coder="Zhao") as other:
        other.sources.correct(NAME, seen.text + "访谈者：好。\n", text_id=seen.text_id)
    with pytest.raises(ProjectError, match="'pre/A3' was changed since"):
        project.sources.correct(NAME, "甲\n" + seen.text, text_id=seen.text_id)
    assert text_of(project) == seen.text + "访谈者：好。\n"


@pytest.mark.parametrize(("text", "message"), [("", "is empty"), (b"x", "is a bytes"), ("a\ud83d", "surrogate")])
def test_a_text_that_cannot_be_kept_leaves_the_earlier_one(project, text, message):
    before = state(project)
    for change in (project.sources.correct, project.sources.preview):
        with pytest.raises(DataError, match=message):
            change(NAME, text)
    assert state(project) == before


def test_a_source_with_a_coding_left_behind_is_not_removed(project):
    code(project, "他们也不说话")
    project.sources.correct(NAME, text_of(project).replace("，他们也不说话", ""))
    with pytest.raises(ProjectError, match="1 in codings"):
        project.sources.remove(NAME)


# ── turns ────────────────────────────────────────────────────────────────────


def test_speakers_keep_their_cases(project):
    project.cases.set_speaker(NAME, "访谈者", "A3")
    text = text_of(project) + "访谈者：好，谢谢。\n"
    project.sources.correct(NAME, text)
    turns = project.turns.table(NAME)
    assert (len(turns), turns.case.iloc[-1], turns.text.iloc[-1]) == (5, "A3", "好，谢谢。")


def test_the_times_of_turns_stay_with_their_words(project):
    text = "访谈者：做什么？\nA3：自己待着。\n访谈者：为什么？\nA3：不想去。\n"
    turns = project.sources.get(project.sources.add_text("plain", text, kind="interview")).turns
    timed = [dataclasses.replace(turn, time_ms=1000 * number) for number, turn in enumerate(turns)]
    source = project.sources.add_text("timed", text, kind="interview", turns=timed)
    project.sources.correct(
        source, text.replace("A3：自己待着。\n访谈者：为什么？\n", "A3：就自己呆着。\n").replace("不想", "不敢")
    )
    table = project.turns.table(source)
    assert table[["speaker", "text"]].values.tolist() == [
        ["访谈者", "做什么？"],
        ["A3", "就自己呆着。"],
        ["A3", "不敢去。"],
    ]
    assert table.time_ms.tolist() == [0, 1000, 3000]


def test_turns_that_cannot_be_found_again_go_along(project):
    text = "小雨 早上好\n老师 你好\n"
    turns = [Turn(start=3, end=6, speaker="小雨"), Turn(start=10, end=12, speaker="老师")]
    source = project.sources.add_text("odd", text, kind="other", turns=turns)
    project.sources.correct(source, text.replace("早上好", "大家早上好呀").replace("你好", "您好"))
    assert project.turns.table(source)[["speaker", "text"]].values.tolist() == [
        ["小雨", "大家早上好呀"],
        ["老师", "您好"],
    ]


# ── a changed file ───────────────────────────────────────────────────────────


def renew(project, source, name=NAME):
    def work(action):
        row = dict(action.connection.exec_driver_sql("SELECT * FROM sources WHERE name = ?", (name,)).mappings().one())
        seen = preview_replacement(action.connection, row, source)
        done = replace_text(action, row, source)
        assert (seen.n_moved, seen.changed, seen.unplaced) == (done.n_moved, done.changed, done.unplaced)
        return [done.n_moved, list(done.changed), list(done.unplaced)]

    return project._journal.run("import", work)


def test_a_changed_file_takes_the_place_of_the_earlier_text(project):
    moved, gone = code(project, "自己待着"), code(project, "他们也不说话")
    text = text_of(project).replace("，他们也不说话", "")
    note = Note(start=4, end=9, text="问得太快", author="Zhao")
    source = Source(name="other name", text=text, meta={"format": "docx"}, sha256="b" * 64, notes=(note,))
    assert renew(project, source) == [1, [], [gone]]
    row = project.sources.table().iloc[0]
    assert (row["name"], row.sha256, row.case, row.n_turns) == (NAME, "b" * 64, "A3", 0)
    assert project.codings.table().coding_id.tolist() == [moved]
    assert len(project.memos.table()) == 1
    assert renew(project, source) == [1, [], [gone]]
    assert len(project.memos.table()) == 1
    assert len(project.sources.versions(NAME)) == 2


# ── size ─────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_ten_thousand_codings_move_in_little_time(project):
    lines = [f"A3：第{number}句话，说了一些事情。\n" for number in range(10_000)]
    text = "".join(lines)
    source = project.sources.add_text("long", text, kind="interview")
    starts = [text.index(f"第{number}句") for number in range(0, 10_000, 10)]

    def work(action):
        from qualkit.project.codings import make_coding
        from qualkit.project.lookups import find_source
        from qualkit.project.schema import codings

        row = find_source(action.connection, source)
        rows = [
            make_coding(action, row, start, start + 4, "cause", coder="Lin", text=text)
            for start in starts
            for _ in range(10)
        ]
        action.insert(codings, [{**one, "origin": "person", "status": "accepted"} for one in rows])

    project._journal.run("codings.add", work)
    begin = time.perf_counter()
    project.sources.correct(source, "甲\n" + text.replace("第77句", "第七七句"))
    took = time.perf_counter() - begin
    assert took < 8
    assert len(project.codings.table(source=source)) == 10_000
    begin = time.perf_counter()
    project.undo()
    assert time.perf_counter() - begin < 30


# ── any edit of any text ─────────────────────────────────────────────────────

LINES = st.lists(
    st.builds(
        "{}：{}".format, st.sampled_from(["A3", "访谈者", "奶奶"]), st.text(alphabet="嗯我不想去了，。😀 ", max_size=12)
    ),
    min_size=1,
    max_size=8,
)


@st.composite
def edits(draw, text):
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["insert", "delete", "replace", "move"]))
        lines = text.split("\n")
        if kind == "move":
            line = lines.pop(draw(st.integers(0, len(lines) - 1)))
            lines.insert(draw(st.integers(0, len(lines))), line)
            text = "\n".join(lines)
            continue
        start = draw(st.integers(0, len(text)))
        end = start if kind == "insert" else draw(st.integers(start, min(len(text), start + 12)))
        text = (
            text[:start]
            + ("" if kind == "delete" else draw(st.text(alphabet="嗯我去说：\nA3。", max_size=8)))
            + text[end:]
        )
    return text


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_edit_loses_a_coding_or_points_it_to_other_words_unlisted(data, tmp_path_factory):
    text = "\n".join(data.draw(LINES))
    with create_project(tmp_path_factory.mktemp("versions") / "random.qualkit", coder="Lin") as project:
        project.sources.add_text(NAME, text, kind="interview")
        project.codes.add("cause")
        for _ in range(data.draw(st.integers(1, 6))):
            start = data.draw(st.integers(0, len(text) - 1))
            project.codings.add(NAME, start, data.draw(st.integers(start + 1, len(text))), "cause")
        for _ in range(data.draw(st.integers(1, 3))):
            corrected = data.draw(edits(text))
            if not corrected.strip():
                continue
            _correct_and_compare(project, corrected)
        assert all(project.check()["check"] == "version")
        while project.history.next_undo().action == "sources.correct":
            project.undo()
        assert project.sources.get(NAME).text == text
        assert project.check().empty


def _correct_and_compare(project, corrected):
    before = project.codings.table().set_index("coding_id")
    waiting = set(project.codings.unplaced().coding_id)
    earlier, n_events = state(project), len(project.history.table())
    looked_at = project.sources.correct(NAME, corrected).set_index("coding_id")
    assert text_of(project) == corrected
    after = project.codings.table().set_index("coding_id")
    left = set(project.codings.unplaced().coding_id)
    assert set(before.index) | waiting == set(after.index) | left
    assert not set(after.index) & left
    assert not looked_at.index.duplicated().any()
    for coding_id, row in after.iterrows():
        assert corrected[row.start : row.end] == row.text
        if coding_id in before.index and row.text != before.loc[coding_id, "text"]:
            assert looked_at.loc[coding_id, ["outcome", "old_text", "text"]].tolist() == [
                "changed",
                before.loc[coding_id, "text"],
                row.text,
            ]
    if len(looked_at):
        assert left == set(looked_at.index[looked_at.outcome == "unplaced"])
    if len(project.history.table()) > n_events:
        later = state(project)
        project.undo()
        assert state(project) == earlier
        project.redo()
        assert state(project) == later
    assert all(project.check()["check"] == "version")
