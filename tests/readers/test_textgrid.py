"""A Praat TextGrid becomes turns in both of its forms, and its points stay beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import ReadError
from qualkit.readers import read_source
from qualkit.readers.content import Content
from qualkit.readers.textgrid import FORMAT, read_textgrid

HEAD = '"ooTextFile"\n"TextGrid"\n0\n9\n<exists>\n'


def grid(text):
    return read_textgrid(Content(text.encode(), "A5.TextGrid"))


def tier(name, labels, *, kind="IntervalTier"):
    rows = "\n".join(f'{start}\n{end}\n"{label}"' for start, end, label in labels)
    if kind == "TextTier":
        rows = "\n".join(f'{start}\n"{label}"' for start, _, label in labels)
    return f'"{kind}"\n"{name}"\n0\n9\n{len(labels)}\n{rows}\n'


@pytest.mark.parametrize("file", ["praat_long.TextGrid", "praat_short.TextGrid"])
def test_labelled_intervals_are_turns_in_both_forms(samples, file):
    source = read_source(samples / file)
    assert [(turn.speaker, turn.time_ms, source.text[turn.start : turn.end]) for turn in source.turns] == [
        ("社工L", 0, '这张卡片上写的是"害怕"，对吗？'),
        ("A5", 3020, "对……[1] 晚上一个人的时候奶奶说：开着灯睡"),
        ("社工L", 9100, "嗯。"),
    ]
    assert source.meta["format"] == "textgrid"


def test_points_are_tags_at_the_speech_they_fall_in(samples):
    source = read_source(samples / "praat_long.TextGrid")
    assert [(note.kind, note.text, source.text[note.start : note.end]) for note in source.notes] == [
        ("tag", "声音: 关门声", "奶奶说：开着灯睡")
    ]


def test_tiers_of_single_sounds_are_no_speech_beside_others():
    text = HEAD + "2\n" + tier("A5", [(0, 1, "好")]) + tier("A5 - phones", [(0, 0.5, "h"), (0.5, 1, "au")])
    draft = grid(text)
    assert draft.text == "A5：好"
    assert [note.text for note in draft.notes] == ["A5 - phones: h", "A5 - phones: au"]


def test_points_alone_are_the_text():
    draft = grid(HEAD + "1\n" + tier("记录", [(1, 1, "哭了"), (2, 2, "笑了")], kind="TextTier"))
    assert draft.text == "记录：哭了笑了"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + "1\n" + tier("A5", [(0, 1, "")]), "no label with words"),
        (HEAD + "2\n" + tier("A5", [(0, 1, "好")]), "the end comes where a text in quotes should be"),
        (HEAD + '1\n"IntervalTier"\n"A5"\n0\n9\n1\n0\n1\n"好', "line 14: a quote opens and is never closed"),
        (HEAD + '1\n"IntervalTier"\n"A5"\n0\nx', "the end comes where a number"),
        (HEAD + "1e300", "larger than any time"),
        (HEAD + "-1", "is no count"),
        ('"ooTextFile"\n"Pitch 1"', "no TextGrid"),
        ('"ooTextFile"\n"TextGrid"\n0\n9\n<absent>', "no label"),
        ("ooBinaryFile\x08TextGrid", "binary file of Praat"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text, message):
    with pytest.raises(ReadError, match=rf"A5\.TextGrid.*{message}"):
        grid(text)


def test_the_format_is_known_by_its_content():
    text = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n'
    assert FORMAT.recognises(Content(text.encode("utf-16"), "A5.txt"))
    assert not FORMAT.recognises(Content('"TextGrid"：一种文件'.encode(), "A5.txt"))


VALUES = st.lists(
    st.sampled_from(
        [
            '"IntervalTier"',
            '"TextTier"',
            '"A5"',
            '"好"',
            '""',
            "0",
            "1",
            "-2",
            "1e9",
            "<exists>",
            "! x",
            "item [1]:",
            '"',
        ]
    )
).map("\n".join)


@given(VALUES, st.booleans())
def test_any_values_give_sound_places_or_a_read_error(text, has_head):
    try:
        draft = grid(HEAD + text if has_head else text)
    except ReadError:
        return
    place = 0
    for turn in draft.turns:
        assert place <= turn.start <= turn.end <= len(draft.text)
        place = turn.end
    assert all(0 <= note.start <= note.end <= len(draft.text) for note in draft.notes)


@given(st.lists(st.tuples(st.floats(0, 9), st.text(alphabet='好"\n 1', max_size=5)), min_size=1, max_size=5))
def test_labels_come_out_as_they_were_written(labels):
    labels = [(start, start, label.replace('"', '""')) for start, label in labels]
    try:
        draft = grid(HEAD + "1\n" + tier("A5", labels))
    except ReadError:
        assert not any(label.strip() for _, _, label in labels)
        return
    said = sorted(labels, key=lambda label: label[0])
    want = "".join(label.replace('""', '"') for _, _, label in said)
    assert "".join(draft.text.removeprefix("A5：").split()) == "".join(want.split())


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ['"', '""', "1 ", "<", "!", '"a" ', "[1]", " "])
def test_a_long_and_odd_file_takes_linear_time(piece):
    with pytest.raises(ReadError):
        grid(HEAD + piece * 300_000)
