"""WebVTT files of all programs: who speaks, when, and no word twice."""

import pytest

from qualkit.errors import ReadError
from qualkit.readers import read_source
from qualkit.readers.content import Content
from qualkit.readers.webvtt import read_webvtt


def read(text):
    return read_webvtt(Content(text.encode(), "a.vtt"))


def spoken(source):
    return [(turn.speaker, turn.time_ms, source.text[turn.start : turn.end]) for turn in source.turns]


def test_zoom_names_its_speakers_in_the_words_and_a_turn_has_many_cues(samples):
    source = read_source(samples / "zoom.vtt")
    assert spoken(source) == [
        ("社工L", 1200, "小雨，今天想聊什么？"),
        ("小雨", 4300, "我想说昨天的事。我跟她和好了。"),
    ]
    assert source.meta["format"] == "webvtt"


def test_a_zoom_cue_without_a_name_is_of_nobody():
    cues = [
        "Lin: So were you the first?",
        "Yes. Okay.",
        "Lin: Good: go on.",
        "P7 (phone): I was.",
        "Lin: Hm.",
        "Lin: Ok.",
    ]
    text = "WEBVTT\n\n" + "\n\n".join(
        f"{n}\n00:00:{n:02}.000 --> 00:00:{n:02}.900\n{cue}" for n, cue in enumerate(cues)
    )
    assert [(speaker, words) for speaker, _, words in spoken(read(text))] == [
        ("Lin", "So were you the first?"),
        (None, "Yes. Okay."),
        ("Lin", "Good: go on."),
        ("P7 (phone)", "I was."),
        ("Lin", "Hm. Ok."),
    ]


def test_teams_names_its_speakers_in_voice_tags_over_several_lines(samples):
    assert spoken(read_source(samples / "teams.vtt")) == [
        ("社工L", 3120, "班主任您好，打扰了。"),
        ("王老师（化名）", 7000, "没事，孩子这个月确实爱说话了。"),
    ]


def test_an_utterance_that_teams_cut_into_parts_stays_whole(samples):
    assert spoken(read_source(samples / "teams_parts.vtt")) == [
        ("社工L", 6620, "您好，先说说孩子最近的情况吧。"),
        ("小雨奶奶", 27120, "这个星期好多了，早上自己起床，还会叠被子。"),
        ("社工L", 29270, "嗯。"),
        ("小雨奶奶", 49330, "就是作业还拖。"),
    ]


def test_the_odd_times_of_teams_2022_are_read_and_sorted(samples):
    source = read_source(samples / "teams_2022.vtt")
    assert spoken(source) == [
        ("王老师（化名）", 0, "我先把录音打开，您等一下。"),
        ("林小溪（社工）", 0, "嗯。好的，不着急。"),
        ("王老师（化名）", 15_510, "这个月孩子上课举手多了，以前是从来不举手的。"),
        ("林小溪（社工）", 21_000, "是吗？能举个例子吗？"),
    ]
    assert source.meta["odd"] == "line 6: a time before 0, taken as 0"


def test_plain_numbers_are_thousandths_and_padded_ones_decimals():
    plain = read("WEBVTT\n\n0:1:2.70 --> 0:1:4.0\n<v A>x</v>")
    padded = read("WEBVTT\n\n01:02.7 --> 01:04.0\n<v A>x</v>")
    assert (plain.turns[0].time_ms, padded.turns[0].time_ms) == (62_070, 62_700)


def test_stream_names_nobody_and_its_utterances_are_turns(samples):
    assert spoken(read_source(samples / "stream_onedrive.vtt")) == [
        (None, 8710, "Okay."),
        (
            None,
            17_840,
            "So this talk is about your friends in the village, and I'd like you to think about one of them.",
        ),
        (None, 31_140, "Then it is the girl next door."),
    ]


def test_classic_stream_gives_its_confidence_and_unsure_words_get_a_comment(samples):
    source = read_source(samples / "stream_classic.vtt")
    assert "NOTE" not in source.text
    assert source.meta["duration"] == "00:00:32.5820000"
    assert source.meta["language"] == "en-us"
    assert source.meta["confidence"] == "0.68 on average"
    (note,) = source.notes
    assert source.text[note.start : note.end] == "He there wee sang."
    assert note.kind == "comment"
    assert note.text.startswith("The speech recogniser was unsure")


def test_rolling_captions_of_youtube_are_taken_once_but_what_was_said_twice_twice(samples):
    source = read_source(samples / "youtube.vtt")
    assert source.text == "the group meets\nevery friday\n[Music]\nevery friday"
    assert [turn.time_ms for turn in source.turns] == [160, 2240, 4080, 6010]
    assert source.meta["language"] == "en"


def test_noscribe_keeps_its_overlaps_and_pauses(samples):
    source = read_source(samples / "noscribe.vtt")
    assert spoken(source) == [
        ("S00", 0, "Was war heute in der Gruppe los & wie ging es dir?"),
        (
            "S01",
            4480,
            "Ich war (..) am Anfang still. //S00: Hm. // Dann haben wir gespielt. (12 seconds pause) Es war schön.",
        ),
    ]
    assert source.meta["title"] == "Interview_A7_2031-05-12"


def test_a_file_against_the_rules_loses_no_words(samples):
    source = read_source(samples / "broken.vtt")
    assert spoken(source) == [
        ("社工", 1200, "你今天想先说什么？"),
        ("A3", 3100, "先说说昨天的事。我跟她和好了。"),
        ("社工", 8500, "怎么和好的？"),
        ("A3", None, "她先道歉的。就这样。"),
    ]
    assert source.meta["odd"] == "line 16: no time could be read, the words are kept without one"


def test_styles_regions_notes_and_ids_are_no_words():
    text = (
        "WEBVTT - Titel\nX: y\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nNOTE kept\nby hand\n\n"
        "id one\n00:01.000 --> 00:02.000 align:start\nNOTE the time\n\nNOTE 2\n\n00:03.000 --> 00:04.000\nok"
    )
    draft = read(text)
    assert draft.text == "NOTE the time\nok"
    assert draft.meta["title"] == "Titel"


def test_a_sentence_above_a_time_line_is_no_id():
    cue = "00:0{n}.000 --> 00:0{n}.900\n<v A>早</v>\n\n{line}\n"
    lines = ["我不去", "I do not know", "intro 1", "2"]
    text = (
        "WEBVTT\n\n" + "".join(cue.format(n=n, line=line) for n, line in enumerate(lines)) + "00:09.0 --> 00:10.0\n好"
    )
    draft = read(text)
    assert draft.text == "A：早\n我不去\nA：早\nI do not know\nA：早早\n好"


def test_entities_and_tags_are_read_and_marks_of_direction_left_out():
    draft = read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.x A &amp; B><c.x>1</c> &lt; <i>2</i>&nbsp;<00:01.500>&lrm;<laughs></v>"
    )
    assert draft.text == "A & B：1 < 2 <laughs>"


def test_several_voices_in_one_cue_are_several_turns():
    draft = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>one <v B>two</v> three")
    assert [(turn.speaker, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        ("A", "one"),
        ("B", "two"),
        (None, "three"),
    ]


def test_a_webvtt_is_recognised_by_its_first_line_and_without_it_by_its_ending(write):
    cue = "00:01.000 --> 00:02.000\n<v A3>嗯</v>"
    assert read_source(write("a.txt", f"WEBVTT\n\n{cue}")).meta["format"] == "webvtt"
    source = read_source(write("b.vtt", cue))
    assert (source.text, source.meta["odd"]) == ("A3：嗯", "line 1: WEBVTT is missing")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("WEBVTT\n\n", r"a\.vtt has no cue"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n<v A></v>", r"a\.vtt has cues but no words"),
    ],
)
def test_a_webvtt_without_cues_or_words_is_refused(text, message):
    with pytest.raises(ReadError, match=message):
        read(text)
