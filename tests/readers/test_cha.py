"""A CHAT file becomes turns without its codes, and the codes stay beside them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import ReadError
from qualkit.readers import read_source
from qualkit.readers.cha import FORMAT, read_chat
from qualkit.readers.content import Content


def chat(text):
    return read_chat(Content(text.encode(), "A3.cha"))


def test_main_lines_are_turns_without_their_times_and_codes(samples):
    source = read_source(samples / "chat.cha")
    assert [(turn.speaker, turn.time_ms, source.text[turn.start : turn.end]) for turn in source.turns] == [
        ("INV", 1040, "小雨 , 今天 在 学校 玩 什么 了 ?"),
        ("CHI", 3620, "跳绳 [/] 跳绳 .跟 小宇 一起 &=laughs , 他 说 : 你 跳 得 快 ."),
        ("MOT", 131_000, "她 以前 都 不 xxx 的 ."),
    ]
    assert "\x15" not in source.text
    assert source.meta["format"] == "cha"


def test_headers_and_participants_are_kept(samples):
    meta = read_source(samples / "chat.cha").meta
    assert meta["Participants"] == "CHI 小雨 Target_Child, MOT 妈妈 Mother, INV 社工L Investigator"
    assert meta["Date"] == "2031-04-12"
    assert meta["ID"] == "zho|虚构|CHI|9;02.|female|||Target_Child|||; zho|虚构|MOT|||||Mother|||"


def test_tiers_are_notes_at_their_utterance(samples):
    source = read_source(samples / "chat.cha")
    assert [(note.kind, note.text, source.text[note.start : note.end]) for note in source.notes] == [
        ("comment", "com: 把录音笔放在桌上", "小雨 , 今天 在 学校 玩 什么 了 ?"),
        ("tag", "mor: v|跳绳 v|跳绳 .", "跳绳 [/] 跳绳 ."),
        ("comment", "act: 看妈妈", "跳绳 [/] 跳绳 ."),
        ("comment", "com: 电话响，停录两分钟", "跟 小宇 一起 &=laughs , 他 说 : 你 跳 得 快 ."),
    ]


def test_times_of_older_files_are_read_too():
    draft = chat('@Begin\n*CHI:\t去 . \x15%snd:"小雨"_120_900\x15\n@End')
    assert (draft.text, draft.turns[0].time_ms) == ("CHI：去 .", 120)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@Begin\n@End", "no utterance"),
        ("@Begin\n%com:\t早\n*CHI:\t去 .", r"line 2: '%com:\\t早' belongs to no utterance"),
        ("@Begin\n*CHI:\t去 .\n就这样", "line 3: '就这样' is neither"),
    ],
)
def test_a_file_against_the_rules_is_refused_with_its_line(text, message):
    with pytest.raises(ReadError, match=rf"A3\.cha.*{message}"):
        chat(text)


def test_the_format_is_known_by_its_content():
    assert FORMAT.recognises(Content(b"@UTF8\n@Begin\n*CHI:\tgo .\n", "A3.txt"))
    assert not FORMAT.recognises(Content("@小雨：早\n*注：x".encode(), "A3.txt"))


LINES = st.lists(
    st.sampled_from(
        [
            "@Begin",
            "@ID:\t|",
            "@Comment:\t早",
            "*CHI:\t去 . \x151_2\x15",
            "*A:",
            "\t还",
            "%com:\t笑",
            "%:",
            "",
            "\x15_\x15",
            "*:",
        ]
    )
    | st.text(max_size=10)
).map("\n".join)


@given(LINES)
def test_any_lines_give_sound_places_or_a_read_error(text):
    try:
        draft = read_chat(Content(text.encode("utf-8", "surrogatepass"), "A3.cha"))
    except ReadError:
        return
    place = 0
    for turn in draft.turns:
        assert place <= turn.start <= turn.end <= len(draft.text)
        place = turn.end
    assert all(0 <= note.start <= note.end <= len(draft.text) for note in draft.notes)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["*CHI:\t去 .\n", "\t还\n", "\x151_", "*", "%com:\t笑\n", "@"])
def test_a_long_and_odd_file_takes_linear_time(piece):
    with suppress(ReadError):
        chat("*CHI:\t去 .\n" + piece * 100_000)
