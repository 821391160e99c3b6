import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from qualkit.project.turns import find_turn_rows
from qualkit.readers.content import Content
from qualkit.readers.sources import make_source
from qualkit.tables import TURNS


def read_source_of(cues):
    return make_source(Content(cues.encode(), "A3.srt"), name="A3 again")


def test_the_table_has_the_columns_it_promises(project):
    table = project.turns.table()
    assert set(TURNS.columns) <= set(table.columns)
    assert table.text.tolist() == [
        "下课的时候你一般做什么？",
        "自己待着。（低头）",
        "不跟他们玩？",
        "我过去，他们也不说话。😀",
    ]
    assert table.n_characters.tolist() == [12, 5, 6, 12]
    assert table.turn.tolist() == [1, 2, 3, 4]


def test_a_label_that_is_a_case_needs_no_rule(project):
    assert project.turns.table().case.fillna("").tolist() == ["", "A3", "", "A3"]


def test_speakers_are_counted_by_source_and_label(project):
    speakers = project.turns.speakers()
    assert speakers[["source", "speaker", "n_turns"]].values.tolist() == [["pre/A3", "访谈者", 2], ["pre/A3", "A3", 2]]


def test_each_label_is_shown_with_its_first_words_and_the_role_it_names(project):
    long = "我奶奶每天早上五点就起来给我们做饭，做完饭还要去地里，一直到天黑了才回来。"
    project.sources.add_text("post/A3", f"A3奶奶：\n社工：您早\n\n身体好吗？\nA3奶奶：{long}", kind="interview")
    speakers = project.turns.speakers()
    assert speakers[["source", "speaker", "first_words", "role"]].values.tolist() == [
        ["pre/A3", "访谈者", "下课的时候你一般做什么？", "interviewer"],
        ["pre/A3", "A3", "自己待着。（低头）", ""],
        ["post/A3", "A3奶奶", f"{long[:30]}…", "guardian"],
        ["post/A3", "社工", "您早 身体好吗？", "worker"],
    ]
    assert speakers.columns[:6].tolist() == ["source_id", "source", "speaker", "case", "n_turns", "n_characters"]


def test_nobody_named_has_first_words_too(project):
    cues = "1\n00:00:01,000 --> 00:00:02,000\n我不去\n"
    project.sources.add(read_source_of(cues), case="A3")
    last = project.turns.speakers().iloc[-1]
    assert pd.isna(last.speaker)
    assert (last.first_words, last.role) == ("我不去", "")


def test_a_rule_for_one_source_goes_before_the_rule_for_all(project):
    project.cases.add("W1")
    project.cases.add("W2")
    project.sources.add_text("post/A3", "访谈者：好吗？\nA3：好。", kind="interview", case="A3", wave="post")
    project.cases.set_speaker(None, "访谈者", "W1")
    project.cases.set_speaker("post/A3", "访谈者", "W2")
    assert project.turns.table("pre/A3").case.tolist() == ["W1", "A3", "W1", "A3"]
    assert project.turns.table("post/A3").case.tolist() == ["W2", "A3"]
    project.undo()
    assert project.turns.table("post/A3").case.tolist() == ["W1", "A3"]


@given(st.data())
def test_stretches_are_placed_as_one_by_one(data):
    texts = data.draw(st.integers(1, 4))
    rows = []
    for text in range(texts):
        bounds = sorted(data.draw(st.lists(st.integers(0, 60), max_size=10, unique=True)))
        rows += [(f"s{text}", start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=False)]
    turns = pd.DataFrame(rows, columns=["source_id", "start", "end"])
    wanted = data.draw(st.lists(st.tuples(st.integers(0, texts), st.integers(0, 59), st.integers(1, 20)), max_size=20))
    found = find_turn_rows(
        turns,
        pd.Series([f"s{text}" for text, _, _ in wanted], dtype=turns["source_id"].dtype),
        pd.Series([start for _, start, _ in wanted], dtype="int64"),
        pd.Series([start + length for _, start, length in wanted], dtype="int64"),
    )
    assert np.array_equal(found, first_turns(rows, wanted))


def first_turns(rows, wanted):
    # The first turn of the text that ends after the stretch begins, if it begins before the stretch ends.
    found = []
    for text, start, length in wanted:
        own = [
            (number, begin) for number, (source, begin, end) in enumerate(rows) if source == f"s{text}" and end > start
        ]
        found.append(own[0][0] if own and own[0][1] < start + length else -1)
    return np.array(found, dtype=int)
