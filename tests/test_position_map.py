import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.position_map import PositionMap

OLD = "访谈者：下课你做什么？\nA3：我听见丁铃响，就出去站一会儿。\n访谈者：一个人吗？\nA3：嗯，自己待着。\n"

words = st.text(alphabet="嗯我们走了，。\nA：", max_size=40)


def carry(old, new, quote):
    start = old.index(quote)
    return PositionMap.between(old, new).carry(old, new, start, start + len(quote))


def quoted(new, carried):
    return None if carried.start is None else new[carried.start : carried.end]


@given(words, words)
def test_every_block_is_equal_in_both_texts_and_in_their_order(old, new):
    found = PositionMap.between(old, new)
    old_end = new_end = 0
    for old_start, new_start, length in found.blocks:
        assert length > 0
        assert old[old_start : old_start + length] == new[new_start : new_start + length]
        assert old_start >= old_end
        assert new_start >= new_end
        old_end, new_end = old_start + length, new_start + length
    assert old_end <= len(old)
    assert new_end <= len(new)


@given(words, words)
def test_the_short_form_comes_back_as_it_was(old, new):
    found = PositionMap.between(old, new)
    assert PositionMap.from_json(found.to_json()) == found


@given(words, words, st.data())
def test_a_moved_segment_has_its_words_and_a_changed_one_has_others(old, new, data):
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    carried = PositionMap.between(old, new).carry(old, new, start, end)
    assert carried.outcome in ("moved", "changed", "unplaced")
    if carried.outcome == "unplaced":
        assert carried.start is carried.end is None
        return
    assert 0 <= carried.start < carried.end <= len(new)
    assert (quoted(new, carried) == old[start:end]) == (carried.outcome == "moved")


@given(words)
def test_a_text_and_itself_have_all_in_common(text):
    assert PositionMap.between(text, text).blocks == (((0, 0, len(text)),) if text else ())


def test_an_insertion_before_moves_a_segment():
    new = "记录：甲\n" + OLD
    assert quoted(new, carry(OLD, new, "自己待着")) == "自己待着"
    assert carry(OLD, new, "自己待着").outcome == "moved"


def test_a_corrected_character_goes_along_and_is_told():
    carried = carry(OLD, OLD.replace("丁", "叮"), "我听见丁铃响")
    assert (carried.outcome, quoted(OLD.replace("丁", "叮"), carried)) == ("changed", "我听见叮铃响")


@pytest.mark.parametrize("quote", ["丁铃响", "我听见丁"])
def test_a_corrected_character_at_the_edge_belongs_to_the_segment(quote):
    new = OLD.replace("丁", "叮")
    assert quoted(new, carry(OLD, new, quote)) == quote.replace("丁", "叮")


def test_words_added_beside_a_segment_stay_outside():
    new = OLD.replace("自己待着", "就自己待着呢")
    assert (carry(OLD, new, "自己待着").outcome, quoted(new, carry(OLD, new, "自己待着"))) == ("moved", "自己待着")


def test_words_added_inside_a_segment_are_told():
    new = OLD.replace("自己待着", "自己一个待着")
    assert (carry(OLD, new, "自己待着").outcome, quoted(new, carry(OLD, new, "自己待着"))) == (
        "changed",
        "自己一个待着",
    )


def test_words_taken_out_leave_their_coding_without_a_place():
    assert carry(OLD, OLD.replace("，自己待着", ""), "自己待着").outcome == "unplaced"


def test_a_rewritten_segment_is_not_guessed():
    assert carry(OLD, OLD.replace("自己待着", "一个人站在走廊那头"), "自己待着").outcome == "unplaced"


def test_an_edit_over_the_edge_of_a_segment_is_not_guessed():
    new = OLD.replace("铃响，就出去", "铃，又跑")
    assert carry(OLD, new, "就出去站一会儿").outcome == "unplaced"


def test_the_same_words_elsewhere_are_not_taken_for_the_segment():
    new = OLD.replace("A3：嗯，自己待着。\n", "") + "访谈者：你说过自己待着，那是什么时候？\n"
    assert carry(OLD, new, "自己待着").outcome == "unplaced"


def test_one_of_many_equal_answers_goes_with_its_neighbours():
    old = "".join(f"访谈者：第{number}个问题是什么？\nA3：嗯。\n" for number in range(30))
    new = old.replace("访谈者：第7个问题是什么？\nA3：嗯。\n", "")
    found = PositionMap.between(old, new)
    for number in range(30):
        start = old.index("嗯", old.index(f"第{number}个"))
        carried = found.carry(old, new, start, start + 2)
        if number != 7:
            assert carried.start == new.index("嗯", new.index(f"第{number}个"))


def test_short_answers_between_added_questions_keep_their_place():
    answers = [f"A3：嗯，第{number}次。\n" for number in range(20)]
    old, new = "".join(answers), "".join("访谈者：那你当时为什么没有去找他们呢？\n" + answer for answer in answers)
    found = PositionMap.between(old, new)
    for answer in answers:
        start = old.index(answer)
        assert found.map_segment(start, start + len(answer)) == (new.index(answer), new.index(answer) + len(answer))


@pytest.mark.parametrize(
    ("old", "new", "start", "end", "place"),
    [("很好", "很很好", 0, 2, (1, 3)), ("很很好", "很好", 1, 3, (0, 2)), ("好好的", "好好好的", 0, 3, (1, 4))],
)
def test_a_doubled_character_keeps_the_words_beside_it(old, new, start, end, place):
    carried = PositionMap.between(old, new).carry(old, new, start, end)
    assert (carried.outcome, carried.start, carried.end) == ("moved", *place)


def test_a_rewritten_text_has_no_place_for_chance():
    writer = random.Random(7)
    old, new = ("".join(writer.choices("我你他她的了是在不有这个人们说", k=3_000)) for _ in range(2))
    assert sum(length for _, _, length in PositionMap.between(old, new).blocks) < 30


def transcript(n_characters, seed):
    writer = random.Random(seed)
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 1500)]
    lines = []
    length = 0
    while length < n_characters:
        line = f"{writer.choice(['访谈者', 'A3'])}：{''.join(writer.choices(letters, k=writer.randint(1, 48)))}。\n"
        lines.append(line)
        length += len(line)
    return "".join(lines)


def edited(text, n_edits, seed):
    writer = random.Random(seed)
    letters = list(text)
    for place in writer.sample(range(len(letters)), n_edits):
        letters[place] = writer.choice(["", "叮", letters[place] + "又"])
    return "".join(letters)


def seconds(old, new):
    begin = time.perf_counter()
    found = PositionMap.between(old, new)
    return time.perf_counter() - begin, found


def test_a_long_text_with_few_edits_takes_little_time():
    old = transcript(5_000_000, seed=1)
    took, found = seconds(old, edited(old, 500, seed=2))
    assert took < 6
    assert sum(length for _, _, length in found.blocks) > 4_990_000


def test_texts_that_have_nothing_in_common_take_bounded_time():
    took, found = seconds(
        "".join(map(chr, range(0x4E00, 0x9000))) * 100, "".join(map(chr, range(0x9000, 0x9FFF))) * 400
    )
    assert took < 10
    assert found.blocks == ()
