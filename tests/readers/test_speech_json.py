"""JSON of other speech recognisers, recognised by its keys."""

import json

import pytest

from qualkit.errors import ReadError
from qualkit.readers import read_source

WORDS = [("hello", 0.5, 0.9, 0), ("there", 1.0, 1.4, 0), ("yes", 2.0, 2.2, 1)]

DEEPGRAM_WORDS = {
    "metadata": {},
    "results": {
        "channels": [
            {
                "alternatives": [
                    {
                        "transcript": "hello there yes",
                        "words": [
                            {
                                "word": word,
                                "punctuated_word": word.title(),
                                "start": start,
                                "end": end,
                                "speaker": speaker,
                            }
                            for word, start, end, speaker in WORDS
                        ],
                    }
                ]
            }
        ]
    },
}
DEEPGRAM_PARAGRAPHS = {
    "results": {
        "channels": [
            {
                "alternatives": [
                    {
                        "paragraphs": {
                            "paragraphs": [
                                {"speaker": 0, "sentences": [{"text": "Hello", "start": 0.5}, {"text": "There"}]},
                                {"speaker": 1, "sentences": [{"text": "Yes", "start": 2}]},
                            ]
                        }
                    }
                ]
            }
        ]
    }
}
DEEPGRAM_UTTERANCES = {
    "results": {
        "channels": [],
        "utterances": [
            {"start": 0.5, "end": 1.4, "speaker": 0, "transcript": "Hello There"},
            {"start": 2.0, "end": 2.2, "speaker": 1, "transcript": "Yes"},
        ],
    }
}
SPEECHMATICS = {
    "format": "2.9",
    "job": {"id": "x"},
    "results": [
        {"type": "word", "start_time": 0.5, "end_time": 0.9, "alternatives": [{"content": "Hello", "speaker": "S1"}]},
        {"type": "word", "start_time": 1.0, "end_time": 1.4, "alternatives": [{"content": "there", "speaker": "S1"}]},
        {"type": "punctuation", "start_time": 1.4, "alternatives": [{"content": ".", "speaker": "S1"}]},
        {"type": "word", "start_time": 2.0, "end_time": 2.2, "alternatives": [{"content": "Yes", "speaker": "S2"}]},
        {"type": "word", "start_time": 3.0, "end_time": 3.2, "alternatives": [{"content": "hm", "speaker": "UU"}]},
    ],
}
SPEECHMATICS_OLD = {
    "job": {"id": 1},
    "speakers": [
        {"name": "M1", "time": "0.5", "duration": "1.0"},
        {"name": "F2", "time": "2.0", "duration": "0.5"},
    ],
    "words": [
        {"name": "Hello", "time": "0.5", "duration": "0.4", "confidence": "0.9"},
        {"name": "there", "time": "1.0", "duration": "0.4", "confidence": "0.9"},
        {"name": ".", "time": "1.4", "duration": "0", "confidence": "NaN"},
        {"name": "Yes", "time": "2.0", "duration": "0.2", "confidence": "0.9"},
    ],
}
WATSON = {
    "result_index": 0,
    "results": [
        {
            "final": True,
            "alternatives": [
                {"transcript": "hello there ", "timestamps": [["hello", 0.5, 0.9], ["there", 1.0, 1.4]]},
                {"transcript": "yellow there "},
            ],
        },
        {"alternatives": [{"transcript": "yes ", "timestamps": [["yes", 2.0, 2.2]]}]},
    ],
}
WATSON_SPEAKERS = {
    **WATSON,
    "speaker_labels": [{"from": start, "to": end, "speaker": speaker} for _, start, end, speaker in WORDS],
}
YOUTUBE = {
    "wireMagic": "pb3",
    "events": [
        {"tStartMs": 0, "dDurationMs": 9000, "id": 1},
        {"tStartMs": 160, "segs": [{"utf8": "hello"}, {"utf8": " there", "tOffsetMs": 400}]},
        {"tStartMs": 900, "aAppend": 1, "segs": [{"utf8": "\n"}]},
        {"tStartMs": 2000, "segs": [{"utf8": "yes"}]},
    ],
}
FUNASR = [
    {
        "key": "A3",
        "text": "下课做什么？待着。",
        "timestamp": [[380, 560]],
        "sentence_info": [
            {"text": "下课做什么？", "start": 380, "end": 1900, "spk": 0},
            {"text": "待着。", "start": 2000, "end": 2600, "spk": 1},
        ],
    }
]
TWO = [("Speaker 0", 500, "Hello There"), ("Speaker 1", 2000, "Yes")]


@pytest.mark.parametrize(
    ("value", "name", "expected"),
    [
        pytest.param(DEEPGRAM_UTTERANCES, "deepgram", TWO, id="Deepgram utterances"),
        pytest.param(DEEPGRAM_PARAGRAPHS, "deepgram", TWO, id="Deepgram paragraphs"),
        pytest.param(DEEPGRAM_WORDS, "deepgram", TWO, id="Deepgram words"),
        pytest.param(
            SPEECHMATICS,
            "speechmatics",
            [("S1", 500, "Hello there."), ("S2", 2000, "Yes"), (None, 3000, "hm")],
            id="Speechmatics",
        ),
        pytest.param(
            SPEECHMATICS_OLD, "speechmatics", [("M1", 500, "Hello there."), ("F2", 2000, "Yes")], id="Speechmatics 1"
        ),
        pytest.param(WATSON, "watson", [(None, 500, "hello there"), (None, 2000, "yes")], id="Watson"),
        pytest.param(
            WATSON_SPEAKERS,
            "watson",
            [("Speaker 0", 500, "hello there"), ("Speaker 1", 2000, "yes")],
            id="Watson speakers",
        ),
        pytest.param(YOUTUBE, "youtube_json", [(None, 160, "hello there"), (None, 2000, "yes")], id="YouTube"),
        pytest.param(
            FUNASR, "funasr", [("Speaker 0", 380, "下课做什么？"), ("Speaker 1", 2000, "待着。")], id="FunASR"
        ),
    ],
)
def test_turns_of_a_recogniser_are_read_by_its_keys(write, value, name, expected):
    source = read_source(write("a.json", json.dumps(value)))
    assert source.meta["format"] == name
    assert [(turn.speaker, turn.time_ms, source.text[turn.start : turn.end]) for turn in source.turns] == expected


def test_words_of_nobody_are_parted_at_the_ends_of_sentences_and_at_silences(write):
    times = {"Hello": 0, "there.": 0.5, "Yes": 1, "I": 4, "did": 4.3}
    words = [{"name": word, "time": str(time), "duration": "0.3"} for word, time in times.items()]
    source = read_source(write("a.json", json.dumps({"job": {}, "speakers": [], "words": words})))
    assert source.text == "Hello there.\nYes\nI did"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"segments": [', r"a\.json, line 1: not valid JSON"),
        ("{}", r"a\.json: this JSON is of no speech recogniser known here"),
        ('{"cells": [], "nbformat": 4}', r"it holds 'cells', 'nbformat'"),
        ('{"segments": []}', r"no speech recogniser"),
        ("[" * 100_000, r"a\.json: this JSON is no transcript"),
        ('{"a": ' + "9" * 5000 + "}", r"a\.json: this JSON is no transcript"),
        ("[" + "[]," * 4_500_000 + "[]]", r"a\.json has 13,500,004 characters; texts up to"),
    ],
    ids=["broken", "empty", "notebook", "no segments", "deep", "long number", "large"],
)
@pytest.mark.timeout(5)
def test_json_that_is_no_transcript_is_refused_with_the_reason(write, text, message):
    with pytest.raises(ReadError, match=message):
        read_source(write("a.json", text))
