"""SRT files: cues become turns."""

import pytest

from qualkit.errors import ReadError
from qualkit.readers import read_source
from qualkit.readers.subtitles import read_subtitles


def cues(*texts):
    return "\n\n".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{text}" for n, text in enumerate(texts, start=1)
    )


def test_neighbouring_cues_of_one_speaker_become_one_turn(samples):
    source = read_source(samples / "tongyi_tingwu.srt")
    assert source.text == "发言人1：这几次活动里你最记得哪一次？\n发言人2：演戏那次。我演老师，把我自己都说笑了。"
    assert [(turn.speaker, turn.time_ms) for turn in source.turns] == [("发言人1", 1200), ("发言人2", 8020)]
    assert source.meta["encoding"] == "UTF-8 with BOM"


def test_cues_without_any_speaker_are_turns_of_nobody(samples):
    source = read_source(samples / "whisper.srt")
    assert source.text == "下课的时候你一般做什么\n就自己待着"
    assert [(turn.speaker, turn.time_ms) for turn in source.turns] == [(None, 0), (None, 4000)]


def test_a_cue_without_speaker_goes_on_with_the_turn_before_it():
    text, turns = read_subtitles(cues("社工：你好", "A3：我", "不去"), "a.srt")
    assert text == "社工：你好\nA3：我不去"
    assert [turn.time_ms for turn in turns] == [1000, 2000]


def test_latin_words_are_joined_with_a_space_and_han_without():
    assert read_subtitles(cues("A3：I do\nnot", "A3：know"), "a.srt")[0] == "A3：I do not know"
    assert read_subtitles(cues("A3：我\n不", "A3：去"), "a.srt")[0] == "A3：我不去"


def test_two_speakers_in_one_cue_are_two_turns():
    text, turns = read_subtitles(cues("社工：你好\nA3：嗯"), "a.srt")
    assert text == "社工：你好\nA3：嗯"
    assert [turn.speaker for turn in turns] == ["社工", "A3"]


def test_formatting_tags_are_left_out():
    assert read_subtitles(cues("<i>A3：{\\an8}我</i>"), "a.srt")[0] == "A3：我"


def test_each_turn_holds_its_words():
    text, turns = read_subtitles(cues("社工：你好", "A3：我", "A3：不去", "社工：嗯"), "a.srt")
    assert [text[turn.start : turn.end] for turn in turns] == ["你好", "我不去", "嗯"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hello", r"a\.srt, line 1: 'hello' stands before the first time line"),
        ("1\n", r"a\.srt has no cue"),
        ("1\n00:00:01 --> 00:00:02,000\nA", r"a\.srt, line 2: .* is no time line"),
        ("1\n00:00:01,000 --> \nA", r"a\.srt, line 2"),
        ("1\n00:00:01,000 --> 00:00:02,000\n\n", r"a\.srt has cues but no words"),
    ],
)
def test_broken_subtitles_are_refused_with_the_line(text, message):
    with pytest.raises(ReadError, match=message):
        read_subtitles(text, "a.srt")
