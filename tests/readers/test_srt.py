"""SRT files: cues become turns, also where the file does not keep to the rules."""

import pytest

from qualkit.errors import ReadError
from qualkit.readers import read_source
from qualkit.readers.content import Content
from qualkit.readers.srt import read_srt


def cues(*texts):
    return "\n\n".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{text}" for n, text in enumerate(texts, start=1)
    )


def read(text):
    return read_srt(Content(text.encode(), "a.srt"))


def test_neighbouring_cues_of_one_speaker_become_one_turn(samples):
    source = read_source(samples / "tongyi_tingwu.srt")
    assert source.text == "发言人1：这几次活动里你最记得哪一次？\n发言人2：演戏那次。我演老师，把我自己都说笑了。"
    assert [(turn.speaker, turn.time_ms) for turn in source.turns] == [("发言人1", 1200), ("发言人2", 8020)]
    assert source.meta["encoding"] == "UTF-8 with BOM"


def test_cues_without_any_speaker_are_turns_of_nobody(samples):
    source = read_source(samples / "whisper.srt")
    assert source.text == "下课的时候你一般做什么\n就自己待着"
    assert [(turn.speaker, turn.time_ms) for turn in source.turns] == [(None, 0), (None, 4000)]


def test_subtitles_in_gb18030_are_read(samples):
    source = read_source(samples / "subtitles_gb18030.srt")
    assert source.text.split("\n")[0] == "奶奶：放学以后就在院坝里耍，作业要催几道才写。"
    assert [(turn.speaker, turn.time_ms) for turn in source.turns] == [("奶奶", 600), ("社工", 5400), ("奶奶", 7100)]
    assert source.meta["encoding"] == "GB18030"


def test_a_file_against_the_rules_loses_no_words(samples):
    source = read_source(samples / "broken.srt")
    assert source.text == ("由某软件导出\n社工：你怕不怕黑？\nA3：以前怕，现在不怕了。\n社工：为什么？\nA3：有人陪。")
    assert [turn.time_ms for turn in source.turns] == [None, 1200, 3500, 6000, 9500]
    assert source.meta["odd"] == "line 1: '由某软件导出' stands before the first time line"


def test_a_damaged_time_line_is_reported_and_its_words_are_kept():
    draft = read("1\n00:00:01,000 --> 00:00:02,000\n社工：早\n\n2\nxx --> 00:00:03,000\nA3：嗯")
    assert draft.text == "社工：早\nA3：嗯"
    assert [turn.time_ms for turn in draft.turns] == [1000, None]
    assert draft.meta["odd"] == "line 6: no time could be read, the words are kept without one"


def test_an_arrow_in_speech_is_no_time_line():
    assert read(cues("A3：先看这里 --> 再看那里\nA --> B")).text == "A3：先看这里 --> 再看那里A --> B"


def test_cues_out_of_order_are_sorted_but_not_a_second_recording():
    one = "00:00:05,000 --> 00:00:06,000\nA3：二\n\n00:00:01,000 --> 00:00:02,000\n社工：一\n\n"
    two = "00:30:00,000 --> 00:30:06,000\nA3：三\n\n00:00:00,000 --> 00:00:02,000\n社工：四"
    draft = read(one + two)
    assert draft.text == "社工：一\nA3：二三\n社工：四"
    assert draft.meta["odd"] == "line 10: the times begin again"


def test_a_cue_without_speaker_goes_on_with_the_turn_before_it():
    draft = read(cues("社工：你好", "A3：我", "不去"))
    assert draft.text == "社工：你好\nA3：我不去"
    assert [turn.time_ms for turn in draft.turns] == [1000, 2000]


def test_names_before_a_colon_and_a_space_are_speakers_when_nearly_all_cues_have_one():
    named = [f"Lin (she/her): {n}" for n in "abcd"]
    assert [turn.speaker for turn in read(cues(*named, "13F: c: d", "And that")).turns] == [
        "Lin (she/her)",
        "13F",
        None,
    ]
    assert {turn.speaker for turn in read(cues(*named, "Some", "other", "words")).turns} == {None}


def test_brackets_around_a_speaker_are_no_part_of_the_name():
    for texts in (["[SPEAKER_00]: Hi.", "[SPEAKER_01]: Hello."], ["[SPEAKER_00] Hi.", "【SPEAKER_01】Hello."]):
        assert read(cues(*texts)).text == "SPEAKER_00：Hi.\nSPEAKER_01：Hello."


def test_lines_of_one_cue_belong_together_but_not_two_dashes():
    assert read(cues("We sang\ntogether", "- Hi.\n- Hello.")).text == "We sang together\n- Hi.\n- Hello."


def test_latin_words_are_joined_with_a_space_and_han_without():
    assert read(cues("A3：I do\nnot", "A3：know")).text == "A3：I do not know"
    assert read(cues("A3：我\n不", "A3：去")).text == "A3：我不去"


def test_two_speakers_in_one_cue_are_two_turns():
    draft = read(cues("社工：你好\nA3：嗯"))
    assert draft.text == "社工：你好\nA3：嗯"
    assert [turn.speaker for turn in draft.turns] == ["社工", "A3"]


def test_formatting_tags_are_left_out_and_other_brackets_kept():
    assert read(cues("<i>A3：{\\an8}我</i> <叹气> &lt;3 AT&T")).text == "A3：我 <叹气> <3 AT&T"


def test_each_turn_holds_its_words():
    draft = read(cues("社工：你好", "A3：我", "A3：不去", "社工：嗯"))
    assert [draft.text[turn.start : turn.end] for turn in draft.turns] == ["你好", "我不去", "嗯"]


def test_captions_that_roll_are_taken_once():
    assert read(cues("one\ntwo", "two", "two\nthree", "three", "three\nfour", "four", "four\nfive")).text == (
        "one two\nthree\nfour\nfive"
    )


def test_an_srt_is_recognised_whatever_its_name(write):
    assert read_source(write("a.txt", cues("A3：嗯", "社工：好"))).meta["format"] == "srt"
    assert read_source(write("b.txt", "\n00:00:01,000 --> 00:00:02,000\n嗯")).meta["format"] == "srt"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hello", r"a\.srt has no cue"),
        ("1\n", r"a\.srt has no cue"),
        ("1\n00:00:01,000 --> 00:00:02,000\n\n", r"a\.srt has cues but no words"),
    ],
)
def test_subtitles_without_cues_or_words_are_refused(text, message):
    with pytest.raises(ReadError, match=message):
        read(text)
