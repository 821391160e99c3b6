"""JSON and tables of Whisper and the programs around it: segments become turns, and what is doubtful is said."""

import json

import pytest

from qualkit.errors import ReadError
from qualkit.readers import read_source
from qualkit.readers.content import Content
from qualkit.readers.whisper import read_whisper
from qualkit.readers.whisper_table import read_whisper_table


def read(value):
    return read_whisper(Content(json.dumps(value).encode(), "a.json"))


def spoken(source):
    return [(turn.speaker, turn.time_ms, source.text[turn.start : turn.end]) for turn in source.turns]


def test_a_segment_without_a_speaker_is_of_nobody(samples):
    source = read_source(samples / "whisperx.json")
    assert spoken(source) == [
        ("SPEAKER_00", 0, "下课的时候你一般做什么"),
        ("SPEAKER_01", 4000, "就自己待着"),
        (None, 8100, "嗯"),
    ]
    assert source.text == "SPEAKER_00：下课的时候你一般做什么\nSPEAKER_01：就自己待着\n嗯"
    assert source.meta["format"] == "whisper"
    assert source.meta["language"] == "zh"


def test_neighbouring_segments_of_one_speaker_become_one_turn():
    segments = [{"start": n, "text": text, "speaker": "A"} for n, text in enumerate([" I do", " not", "", " know."])]
    draft = read({"segments": segments})
    assert draft.text == "A：I do not know."
    assert len(draft.turns) == 1
    assert draft.meta["odd"] == "1 of 4 segments have no words"


def test_loops_silence_and_stock_phrases_get_a_comment_at_their_place(samples):
    source = read_source(samples / "whisper.json")
    noted = [(source.text[note.start : note.end], note.text) for note in source.notes]
    assert [words.count("我不知道该怎么说") for words, _ in noted] == [0, 24, 0]
    assert [words for words, _ in noted if "不知道" not in words] == [
        "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
        "谢谢大家",
    ]
    assert noted[1][1] == "同样的话连续出现24次，可能是语音识别的重复错误，请对照录音核对。"
    assert "很可能无人说话" in noted[2][1]
    assert {note.kind for note in source.notes} == {"comment"}
    assert source.meta["odd"] == "to be compared with the recording: 1 × stock phrase, 1 × loop, 1 × silence"


def test_a_loop_of_two_sentences_in_turn_is_found_and_a_child_that_says_hm_often_is_not():
    loop = [{"start": n, "text": ["好的我们继续", "谢谢大家收看"][n % 2]} for n in range(14)]
    (note,) = read({"segments": loop}).notes
    assert "连续出现7次" in note.text
    calm = [{"start": n, "text": "嗯"} for n in range(8)]
    assert read({"segments": calm}).notes == []


def test_a_segment_that_repeats_itself_is_found_without_the_figures_of_whisper():
    (note,) = read({"segments": [{"start": 0, "text": "我就走了然后" * 30}]}).notes
    assert note.text.startswith("这一段内部重复很多")


@pytest.mark.parametrize(
    "value",
    [
        [{"start": 0, "end": 1, "text": "早"}, {"start": 1.5, "end": 2, "text": "嗯"}],
        {"transcription": [{"offsets": {"from": 0}, "text": "早"}, {"offsets": {"from": 1500}, "text": "嗯"}]},
        {"text": "早嗯", "chunks": [{"timestamp": [0.0, 1.0], "text": "早"}, {"timestamp": [1.5, None], "text": "嗯"}]},
        {
            "text": "早嗯",
            "segments": [{"start": 0, "text": "早"}, None, {"start": "1.5", "text": "嗯", "speaker": None}],
        },
    ],
    ids=["list", "whisper.cpp", "transformers", "damaged"],
)
def test_the_dialects_of_whisper_are_read(write, value):
    source = read_source(write("a.json", json.dumps(value)))
    assert source.meta["format"] == "whisper"
    assert spoken(source) == [(None, 0, "早"), (None, 1500, "嗯")]


def test_odd_values_do_no_harm():
    odd = [float("nan"), 1e300, -5, True, "x", [], {}, None, "9" * 400]
    draft = read({"segments": [{"start": one, "text": "早\ud800\x00\n嗯", "speaker": one} for one in odd]})
    assert all(turn.time_ms in (0, None) for turn in draft.turns)
    assert "\ud800" not in draft.text


def test_tables_of_whisper_are_read_in_milliseconds(samples, write):
    source = read_source(samples / "whisper.tsv")
    assert source.meta["format"] == "whisper_table"
    assert spoken(source) == [(None, 0, "下课的时候你一般做什么"), (None, 4000, "就自己待着")]
    source = read_source(write("a.csv", 'start,end,speaker,text\n0,900,0,"早, 早"\n900,1500,1,好,的\n'))
    assert spoken(source) == [("Speaker 0", 0, "早, 早"), ("Speaker 1", 900, "好,的")]


def test_a_row_of_a_table_without_a_time_keeps_its_words():
    draft = read_whisper_table(Content('start\tend\ttext\n0\t1\t他说"走\nx\ty\t嗯\n对\n'.encode(), "a.tsv"))
    assert draft.text == '他说"走\n嗯\n对'
    assert draft.meta["odd"] == "line 3: no time could be read, the words are kept without one"


def test_segments_without_any_words_are_refused():
    with pytest.raises(ReadError, match=r"a\.json has no words"):
        read({"segments": [{"start": 0, "text": " "}]})
