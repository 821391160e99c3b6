"""Subtitles, JSON and annotations that are broken, hostile, or far too much."""

from __future__ import annotations

import json

from bad_kind import ENTITIES, EXTERNAL, Kind, cuts, either, is_read, refused, sample

N = 1_000_000


def cues(n: int, *, comma: bool) -> bytes:
    sign = "," if comma else "."
    head = "" if comma else "WEBVTT\n\n"
    return (head + "".join(f"{one}\n00:00:01{sign}000 --> 00:00:02{sign}000\n好\n\n" for one in range(n))).encode()


def vtt(*times: str) -> str:
    return "WEBVTT\n\n" + "".join(f"{time}\n<v A3>我不去{number}\n\n" for number, time in enumerate(times))


def whisper(**more: object) -> bytes:
    return json.dumps(
        {"text": "好", "language": "zh", "segments": [{"start": 0, "end": 1, "text": "我不去"}], **more}
    ).encode()


def segments(one: str, n: int) -> bytes:
    return ('{"language": "zh", "segments": [' + ",".join([one] * n) + "]}").encode()


def eaf(body: str, *, head: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<ANNOTATION_DOCUMENT>{body}</ANNOTATION_DOCUMENT>'


def tier(name: str, *annotations: str, parent: str = "") -> str:
    up = f' PARENT_REF="{parent}"' if parent else ""
    return f'<TIER TIER_ID="{name}"{up}>{"".join(f"<ANNOTATION>{one}</ANNOTATION>" for one in annotations)}</TIER>'


def hanging(key: str, on: str, words: str = "不去") -> str:
    return f'<REF_ANNOTATION ANNOTATION_ID="{key}" ANNOTATION_REF="{on}"><ANNOTATION_VALUE>{words}</ANNOTATION_VALUE></REF_ANNOTATION>'


def aligned(key: str, start: str = "t1", end: str = "t2") -> str:
    return f'<ALIGNABLE_ANNOTATION ANNOTATION_ID="{key}" TIME_SLOT_REF1="{start}" TIME_SLOT_REF2="{end}"><ANNOTATION_VALUE>我不去</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>'


SLOTS = '<TIME_ORDER><TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="{0}"/><TIME_SLOT TIME_SLOT_ID="t2" TIME_VALUE="{1}"/></TIME_ORDER>'


def circles() -> str:
    tiers = [
        tier("A3", aligned("a1")),
        tier("X", hanging("b1", "c1"), parent="Y"),
        tier("Y", hanging("c1", "b1"), parent="X"),
        tier("Z", hanging("z1", "z1"), parent="Z"),
    ]
    return eaf(SLOTS.format(0, 9) + "".join(tiers))


def chain() -> str:
    """A hundred thousand annotations, each of which hangs on the one before."""
    links = [hanging(f"b{one + 1}", f"b{one}") for one in range(30_000)]
    return eaf(SLOTS.format(0, 9) + tier("A3", aligned("b0")) + tier("X", *links, parent="A3"))


TEXTGRID = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 9\ntiers? <exists>\n'
INTERVALS = (
    'size = {size}\nitem []:\n    item [1]:\n        class = "IntervalTier"\n        name = "A3"\n        xmin = 0\n'
    "        xmax = 9\n        intervals: size = {size}\n        intervals [1]:\n            xmin = {start}\n"
    '            xmax = {end}\n            text = "我不去"\n'
)
CHA = "@UTF8\n@Begin\n@Languages:\tzho\n@Participants:\tCHI A3 Child\n@ID:\tzho|x|CHI|||||Child|||\n"


KINDS: list[Kind] = [
    either("WebVTT cut at many places", "A3.vtt", cuts("teams.vtt")),
    is_read(
        "times before the beginning and after all time",
        "A3.vtt",
        vtt(
            "-00:00:05.000 --> 00:00:01.000",
            "999999999:59:59.999 --> 00:00:01.000",
            "00:00:09.000 --> 00:00:01.000",
            "00:99:99.999 --> 99:99:99.999",
        ),
        "我不去1",
    ),
    is_read(
        "numbers too long for a time",
        "A3.vtt",
        vtt("9" * 5000 + ":00:00.000 --> 00:00:01.000", "00:00:01.000 --> 00:00:02.000"),
        "我不去1",
    ),
    refused("a million cues in WebVTT", "A3.vtt", lambda: cues(N // 4, comma=False), "cues"),
    refused("a million cues in SubRip", "A3.srt", lambda: cues(N // 4, comma=True), "cues"),
    either("200,000 cues in SubRip", "A3.srt", lambda: cues(199_000, comma=True)),
    either(
        "a cue with 500,000 voices",
        "A3.vtt",
        lambda: vtt("00:00:01.000 --> 00:00:02.000").encode() + b"<c><v A3>" * (N // 2),
    ),
    either("a cue with a million brackets", "A3.vtt", lambda: vtt("00:00:01.000 --> 00:00:02.000").encode() + b"<" * N),
    either("a million arrows", "A3.vtt", lambda: b"WEBVTT\n\n" + b"-->" * N),
    either("SubRip that counts and never speaks", "A3.srt", lambda: b"".join(b"%d\n" % one for one in range(N))),
    either("JSON cut at many places", "A3.json", cuts("whisperx.json")),
    refused(
        "100,000 lists in one another in JSON",
        "A3.json",
        lambda: [b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000, b'{"segments":' * 50_000],
        "JSON",
    ),
    refused(
        "a number of a million digits in JSON",
        "A3.json",
        lambda: b'{"language":"zh","segments":[{"start":' + b"9" * N + b',"end":1,"text":"a"}]}',
        "JSON",
    ),
    is_read(
        "numbers that are none in JSON",
        "A3.json",
        segments('{"start": NaN, "end": 1e400, "text": "我不去"}', 2),
        "我不去",
    ),
    either(
        "segments of another kind in JSON",
        "A3.json",
        lambda: [
            whisper(segments=one)
            for one in (
                None,
                {},
                "x",
                [None],
                [[]],
                [{}],
                [{"start": {}, "end": [], "text": 5}],
                [{"text": {"a": 1}, "words": 7, "speaker": []}],
            )
        ],
    ),
    is_read(
        "lone surrogates in JSON",
        "A3.json",
        segments(r'{"start": 0, "end": 1, "text": "我不去\ud83d", "speaker": "A\udc003"}', 2),
        "我不去\ufffd",
    ),
    either("a million segments in JSON", "A3.json", lambda: segments('{"start":0,"end":1,"text":"a"}', N)),
    either(
        "a million segments of a million speakers in JSON",
        "A3.json",
        lambda: (
            '{"language":"zh","segments":['
            + ",".join(f'{{"start":{one},"end":1,"text":"a","speaker":"S{one}"}}' for one in range(N))
            + "]}"
        ).encode(),
    ),
    either("a million empty objects in JSON", "A3.json", lambda: segments("{}", 3 * N)),
    either(
        "JSON of a speech service that is none",
        "A3.json",
        lambda: [
            json.dumps(one).encode()
            for one in (
                [],
                {},
                [1],
                {"results": []},
                {"results": {"channels": [{}]}},
                {"results": [{"alternatives": {}}]},
                {"job": {}, "results": [{"type": "word", "alternatives": [{}]}]},
                {"events": [{"segs": [{"utf8": 5}], "tStartMs": "x"}]},
                [{"key": "a", "text": "好", "timestamp": [[5]], "sentence_info": [{"spk": {}}]}],
            )
        ],
    ),
    either("an ELAN file cut at many places", "A3.eaf", cuts("elan.eaf")),
    is_read("tiers and annotations of ELAN in circles", "A3.eaf", circles, "我不去"),
    either("a chain of 30,000 annotations in ELAN", "A3.eaf", chain),
    refused(
        "entities within entities in ELAN",
        "A3.eaf",
        eaf(tier("A3", aligned("a1").replace("我", "&i;")), head=ENTITIES),
        "A3.eaf",
    ),
    refused(
        "a file of the system asked for by ELAN",
        "A3.eaf",
        eaf(tier("A3", aligned("a1").replace("我", "&i;")), head=EXTERNAL),
        "A3.eaf",
    ),
    refused(
        "entities in UTF-16 in ELAN",
        "A3.eaf",
        eaf(tier("A3", aligned("a1")), head=ENTITIES).replace("UTF-8", "UTF-16").encode("utf-16"),
        "A3.eaf",
    ),
    either(
        "times without bounds in ELAN",
        "A3.eaf",
        lambda: [
            eaf(SLOTS.format(*one) + tier("A3", aligned("a1"))).encode()
            for one in (("9" * 400, "1"), ("-5", "-9"), ("x", ""), ("1e9", "NaN"))
        ],
    ),
    either(
        "60,000 tiers in ELAN",
        "A3.eaf",
        lambda: eaf(
            SLOTS.format(0, 9) + "".join(tier(f"T{one}", aligned(f"a{one}")) for one in range(60_000))
        ).encode(),
    ),
    either("a TextGrid cut at many places", "A3.TextGrid", cuts("praat_long.TextGrid")),
    either(
        "a TextGrid that counts to a billion",
        "A3.TextGrid",
        TEXTGRID + INTERVALS.format(size=1_000_000_000, start=0, end=9),
    ),
    either(
        "times before the beginning in a TextGrid",
        "A3.TextGrid",
        lambda: [
            (TEXTGRID + INTERVALS.format(size=1, start=start, end=end)).encode()
            for start, end in ((-5, -9), (9, 1), ("1e400", "nan"), ("9" * 5000, 1), ("x", "--undefined--"))
        ],
    ),
    either(
        "a quote never closed in a TextGrid",
        "A3.TextGrid",
        lambda: (TEXTGRID + INTERVALS.format(size=1, start=0, end=9)).encode()[:-2] + b"x" * N,
    ),
    either(
        "a million items in a TextGrid",
        "A3.TextGrid",
        lambda: (
            (TEXTGRID + INTERVALS.format(size=1, start=0, end=9)).encode()
            + b'item [2]:\n class = "IntervalTier"\n' * 200_000
        ),
    ),
    either("a million quotes in a TextGrid", "A3.TextGrid", lambda: TEXTGRID.encode() + b'"' * N),
    either("a CHAT file cut at many places", "A3.cha", cuts("chat.cha")),
    is_read(
        "control characters in CHAT",
        "A3.cha",
        CHA + "*CHI:\t我 不 去 \x15\x15-5_99999999999\x15 \x01\x02\x1b[0m .\n@End\n",
        "我",
    ),
    either(
        "a CHAT file without heads",
        "A3.cha",
        lambda: [b"*CHI:\thm .\n@End\n", b"@Begin\n@End\n", (CHA + "@End\n").encode(), b"\t\n" * 1000],
    ),
    either(
        "a million speakers in CHAT",
        "A3.cha",
        lambda: (CHA + "".join(f"*P{one}:\t好 .\n" for one in range(500_000))).encode(),
    ),
    either("a million signs in CHAT", "A3.cha", lambda: (CHA + "*CHI:\t" + "[/] <" * 500_000 + " .\n@End\n").encode()),
    either(
        "a table of Whisper that is none",
        "A3.tsv",
        lambda: [
            b"start\tend\ttext\n",
            b"start\tend\ttext\nx\ty\tz\n",
            b"start\tend\ttext\n1\n",
            b"start\tend\ttext\n-1\t" + b"9" * 5000 + b"\tA3\n",
            sample("whisper.tsv")[:40],
        ],
    ),
    either(
        "a Taguette page with highlights in one another",
        "A3.html",
        "<html><head><title>a</title></head><body><h1>a</h1><p>"
        + '<span class="highlight">好' * 200
        + "</span> [a, b]" * 200
        + "</p></body></html>",
    ),
    refused(
        "a Taguette page with 200,000 tags",
        "A3.html",
        lambda: (
            (
                '<html><body><p><span class="highlight">好</span> <span class="taglist">[' + "a, " * 160 + "]</span>"
            ).encode()
            + ('<span class="highlight">好</span> <span class="taglist">[' + "a, " * 160 + "]</span>").encode() * 1250
        ),
        "more than 100,000 tags",
    ),
]
