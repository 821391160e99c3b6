"""Whatever a transcript of a speech service holds, only ReadError comes out, and turns lie soundly in the text."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import ReadError
from qualkit.readers.content import Content
from qualkit.readers.sources import make_source

TEXTS = ["iflyrec.txt", "feishu_minutes.txt", "tencent_meeting.txt", "tongyi_tingwu.txt", "otter.txt", "teams.txt"]
CUES = [
    *("whisper.srt", "tongyi_tingwu.srt", "broken.srt", "subtitles_gb18030.srt", "zoom.vtt", "teams.vtt", "broken.vtt"),
    *("teams_2022.vtt", "teams_parts.vtt", "stream_onedrive.vtt", "stream_classic.vtt", "youtube.vtt", "noscribe.vtt"),
]
DATA = ["whisper.json", "whisperx.json", "whisper.tsv"]


def read_soundly(data, name):
    try:
        source = make_source(Content(data, name), name="x")
    except ReadError as error:
        message = str(error)
    else:
        require_sound(source)
        return source
    assert name in message
    return None


def require_sound(source):
    place = 0
    for turn in source.turns:
        words = source.text[turn.start : turn.end]
        assert place <= turn.start <= turn.end <= len(source.text)
        assert words == words.strip()
        assert turn.time_ms is None or turn.time_ms >= 0
        assert turn.speaker is None or turn.speaker.strip()
        place = turn.end
    assert all(0 <= note.start < note.end <= len(source.text) for note in source.notes)
    source.text.encode()
    json.dumps(dict(source.meta))


@pytest.mark.parametrize("suffix", ["srt", "vtt", "json", "tsv", "txt"])
@given(data=st.binary(max_size=300))
def test_random_bytes_do_no_harm(suffix, data):
    read_soundly(data, f"A3.{suffix}")


CUE_PARTS = st.lists(
    st.sampled_from(
        [
            *(
                "WEBVTT",
                "\n",
                "\n\n",
                "1",
                " --> ",
                "-->",
                "->",
                "00:00:01,000",
                "00:02.5",
                "0:0:-6.-820",
                "99:99:99.999",
            ),
            *(
                "NOTE",
                "NOTE Confidence: 0.",
                "STYLE",
                "REGION",
                "<v 社工>",
                "<v ",
                "</v>",
                "<c>",
                "<00:00:01.5>",
                "&amp;",
            ),
            *(
                "&#55296;",
                "&#0;",
                "社工：",
                "A3: ",
                "我不去",
                "Kind: captions",
                "- ",
                "{\\an8}",
                "\u2028",
                "\x00",
                "\ufeff",
            ),
            "ef04c7c2-a59e-463f-9d27-b5b1259d6777/1-0\n",
        ]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize("name", ["A3.srt", "A3.vtt"])
@given(text=CUE_PARTS)
def test_odd_cues_do_no_harm(name, text):
    read_soundly(text.encode(), name)
    read_soundly(f"WEBVTT\n\n{text}\n00:00:01.000 --> 00:00:02.000\n{text}\n".encode(), name)


@given(words=st.lists(st.text(alphabet="我去a1. \n<&-，", max_size=12), min_size=1, max_size=6))
def test_no_word_of_a_cue_is_lost(words):
    # No label, tag or entity can come about from these letters, and no cue begins as the one before ends.
    cues = "\n\n".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n头{word}尾" for n, word in enumerate(words))
    source = read_soundly(cues.encode(), "A3.srt")
    kept = [letter for letter in source.text if letter in "我去a1"]
    assert kept == [letter for word in words for letter in word if letter in "我去a1"]


KEYS = [
    "segments",
    "start",
    "end",
    "text",
    "speaker",
    "words",
    "word",
    "results",
    "channels",
    "alternatives",
    "utterances",
    "transcript",
    "transcription",
    "offsets",
    "from",
    "chunks",
    "timestamp",
    "job",
    "speakers",
    "time",
    "name",
    "events",
    "segs",
    "utf8",
    "tStartMs",
    "speaker_labels",
    "timestamps",
    "result_index",
    "sentence_info",
    "spk",
    "paragraphs",
    "sentences",
    "start_time",
    "content",
    "no_speech_prob",
    "compression_ratio",
    "language",
    "result",
]
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
VALUES = st.recursive(
    PLAIN | st.sampled_from(["早。", "1.5", "\ud800"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)


def alternatives(**best):
    return {"alternatives": [{"transcript": "早", **best}]}


SHAPES = [
    lambda one: {"segments": [one, {"start": 1, "text": "早"}]},
    lambda one: {"transcription": [one, {"offsets": one, "text": "早"}]},
    lambda one: {"chunks": [{"timestamp": one, "text": "早"}]},
    lambda one: {"results": {"channels": [{"alternatives": [one, {"words": [one]}]}], "utterances": [one]}},
    lambda one: {"results": {"channels": [alternatives(words=[one], paragraphs=one)]}},
    lambda one: {"job": one, "results": [{"start_time": one, **alternatives(content="早", speaker=one)}, one]},
    lambda one: {"job": one, "speakers": [one, {"time": 1, "name": one}], "words": [one, {"name": "早", "time": one}]},
    lambda one: {"speaker_labels": [one], "results": [alternatives(timestamps=[one])]},
    lambda one: {"result_index": 0, "results": [one, alternatives(timestamps=[[one] * 3])]},
    lambda one: {"events": [one, {"tStartMs": one, "segs": [one, {"utf8": "早"}]}]},
    lambda one: [{"sentence_info": [one, {"start": one, "text": "早", "spk": one}]}, one],
]


@given(value=VALUES)
def test_any_json_does_no_harm(value):
    read_soundly(json.dumps(value).encode(), "A3.json")


@pytest.mark.parametrize("shape", SHAPES)
@given(value=VALUES)
def test_odd_values_in_json_of_a_recogniser_do_no_harm(shape, value):
    read_soundly(json.dumps(shape(value)).encode(), "A3.json")


PIECES = [b"", b"\n", b"-->", b"<v ", b">", b"00:00", b'"', b"{", b"\xff", b"\x00"]


@pytest.fixture(scope="module")
def intact():
    folder = Path(__file__).parents[1] / "data" / "samples"
    return {file: (folder / file).read_bytes() for file in [*TEXTS, *CUES, *DATA]}


@pytest.mark.parametrize("file", [*TEXTS, *CUES, *DATA])
@given(seed=st.integers(0, 2**32))
def test_a_damaged_sample_does_no_harm(intact, file, seed):
    pick = random.Random(seed)
    data = bytearray(intact[file])
    for _ in range(pick.randint(1, 6)):
        start = pick.randrange(len(data) + 1)
        stop = min(len(data), start + pick.choice([0, 1, 2, 8, 40]))
        data[start:stop] = pick.choice([*PIECES, bytes(data[start:stop]) * 3])
    read_soundly(bytes(data), file)


@pytest.mark.slow
@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n" + "我想说昨天\n" * 130_000),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nA3：我\n\n" * 40_000),
        ("a.srt", "1\n" + "--> \n" * 100_000),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v " * 600_000),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v A>我</v>" * 150_000),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "&#1" * 600_000),
        ("a.vtt", "WEBVTT\n\n" + "00:01.000 --> 00:02.000\n<v A3>我</v>\n\n" * 40_000),
        ("a.json", json.dumps({"segments": [{"start": n, "text": "我想说"} for n in range(50_000)]})),
        ("a.json", json.dumps({"segments": [{"start": n, "text": "我", "speaker": "A"} for n in range(50_000)]})),
    ],
    ids=["one cue", "one speaker", "arrows", "open tags", "voices", "entities", "cues", "loop", "segments"],
)
def test_two_megabytes_are_read_in_time(name, text):
    read_soundly(text.encode(), name)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n我\n\n" * 200_000),
        ("a.vtt", "WEBVTT\n\n" + "00:01.000 --> 00:02.000\n<v A3>我</v>\n\n" * 200_000),
        ("a.json", '{"segments":[' + '{"start":1,"text":"a"},' * 310_000 + '{"start":1,"text":"a"}]}'),
    ],
    ids=["srt", "vtt", "json"],
)
def test_more_cues_than_any_recording_has_are_refused(name, text):
    with pytest.raises(ReadError, match=rf"{name} has [23]\d\d,\d\d\d cues or segments; up to .* Split it"):
        make_source(Content(text.encode(), name), name="x")
