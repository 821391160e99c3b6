"""Who speaks where: labels of all common forms, and colons that make no speaker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.readers import decode_text, find_turns


def spoken(text):
    turns, _ = find_turns(text)
    return [(turn.speaker, text[turn.start : turn.end]) for turn in turns]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("访谈者：做什么？\nA3:待着。", [("访谈者", "做什么？"), ("A3", "待着。")]),
        ("访谈者 ：\u3000做什么？\nＡ３：待着。", [("访谈者", "做什么？"), ("A3", "待着。")]),
        ("【访谈者】做什么？\n【A3】待着。", [("访谈者", "做什么？"), ("A3", "待着。")]),
        ("[A3] 待着。\n[A5]：我也是。", [("A3", "待着。"), ("A5", "我也是。")]),
        ("问：几岁？\n答：十岁。", [("问", "几岁？"), ("答", "十岁。")]),
        ("Q: How old?\nA: Ten.", [("Q", "How old?"), ("A", "Ten.")]),
        (
            "Q1：几岁？\nA1：十岁。\nQ2：哪班？\nA2：五班。",
            [("Q", "几岁？"), ("A", "十岁。"), ("Q", "哪班？"), ("A", "五班。")],
        ),
        ("社工：谁先？\nA1：我！\nA2：我也要。", [("社工", "谁先？"), ("A1", "我！"), ("A2", "我也要。")]),
        ("Q1：谁？\nA1：我。\nA7：还有我。", [("Q", "谁？"), ("A", "我。"), ("A7", "还有我。")]),
        ("社工：谁？\n组员A1、组员A2：我们！", [("社工", "谁？"), ("组员A1、组员A2", "我们！")]),
        (
            "小雨：早。\n小宇：早。\n小雨和小宇：老师早！\n小宇：嗯。",
            [("小雨", "早。"), ("小宇", "早。"), ("小雨和小宇", "老师早！"), ("小宇", "嗯。")],
        ),
        ("笔者：您带几个？\nA3奶奶：两个。", [("笔者", "您带几个？"), ("A3奶奶", "两个。")]),
        ("李老师：进来。\n我：好。", [("李老师", "进来。"), ("我", "好。")]),
        ("甲：来。\n乙：不来。", [("甲", "来。"), ("乙", "不来。")]),
        ("Interviewer: Hi.\nParticipant 3: Hello.", [("Interviewer", "Hi."), ("Participant 3", "Hello.")]),
        ("SPEAKER_00: Hi.\nSPEAKER_01: Hello.", [("SPEAKER_00", "Hi."), ("SPEAKER_01", "Hello.")]),
        (
            "访谈者：想家吗？\nA3：想。\n\n特别是晚上。\n访谈者：嗯。",
            [("访谈者", "想家吗？"), ("A3", "想。\n\n特别是晚上。"), ("访谈者", "嗯。")],
        ),
        ("访谈者：\nA3：（低头）", [("访谈者", ""), ("A3", "（低头）")]),
    ],
)
def test_turns_are_found(text, expected):
    assert spoken(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        *(
            "他说：别过来。",
            "我同桌就讲：你走开。",
            "老师说：坐下。",
            "比如：跳绳。",
            "总之：不去。",
            "意思是：我不会。",
            "小宇：就这样",
            "十点：睡觉",
        ),
        *("10:30 才回家。", "https://example.org", "备注：听不清", "So I said: no."),
    ],
)
def test_a_colon_inside_speech_makes_no_speaker(line):
    text = f"访谈者：然后呢？\nA3：我不想讲。\n{line}\n访谈者：嗯。"
    assert spoken(text) == [("访谈者", "然后呢？"), ("A3", f"我不想讲。\n{line}"), ("访谈者", "嗯。")]


def test_a_narrative_record_has_no_speakers():
    text = (
        "第三节记录\n特殊事件：A4哭了，社工：“先坐下。”\n目标达成：多数组员能说出一种情绪。\n"
        "小组动力：A1、A3坐在一起。\n社工反思：热身太长。"
    )
    assert spoken(text) == []


def test_a_title_in_brackets_is_no_speaker():
    text = "【虚构】第三节\n【A3】待着。\n【社工】嗯。"
    assert spoken(text) == [("A3", "待着。"), ("社工", "嗯。")]


def test_a_mark_at_the_start_of_a_line_is_no_speaker():
    text = "访谈者：然后呢？\nA3：不知道。\n【笑】真的不知道。\n【笑】就是。"
    assert spoken(text)[1:] == [("A3", "不知道。\n【笑】真的不知道。\n【笑】就是。")]


def test_bold_labels_are_speakers_even_under_unusual_names():
    text = "小太阳：今天很好。\n访谈者：嗯。"
    turns, _ = find_turns(text, speaker_lines={0})
    assert [turn.speaker for turn in turns] == ["小太阳", "访谈者"]


def test_bold_headings_of_a_record_are_no_speakers():
    turns, _ = find_turns("好消息：A1举手了。\n难点：时间短。", speaker_lines={0, 1})
    assert turns == []


@pytest.mark.parametrize(
    ("file", "speakers", "n_turns", "first_time"),
    [
        ("word_roles.txt", {"访谈者", "A3", "社工"}, 8, None),
        ("word_qa.txt", {"Q", "A", "问", "答"}, 8, None),
        ("focus_group.txt", {"社工", "组员A1", "组员A5", "组员A8", "组员A1、组员A2"}, 8, 83_000),
        ("iflyrec.txt", {"说话人1", "说话人2"}, 4, 0),
        ("feishu_minutes.txt", {"说话人 1", "说话人 2", "社工小林"}, 4, 3_000),
        ("tencent_meeting.txt", {"社工L", "小雨爸爸"}, 4, 5_000),
        ("tongyi_tingwu.txt", {"发言人1", "发言人2"}, 4, 1_000),
        ("otter.txt", {"Interviewer", "P07"}, 3, 0),
    ],
)
def test_the_samples_of_all_programs_are_understood(samples, file, speakers, n_turns, first_time):
    text, _ = decode_text((samples / file).read_bytes(), file)
    turns, _ = find_turns(text)
    assert {turn.speaker for turn in turns} == speakers
    assert len(turns) == n_turns
    assert turns[0].time_ms == first_time


def test_the_tail_a_program_writes_belongs_to_nobody(samples):
    text = (samples / "iflyrec.txt").read_text("utf-8")
    turns, _ = find_turns(text)
    assert text[turns[-1].start : turns[-1].end] == "比如小宇，叫他名字他就点头，基本不出声。"


def test_times_are_in_milliseconds():
    text = "Speaker 1 00:00:16.480\nHello.\n\nSpeaker 2 1:02:41\nHi."
    turns, _ = find_turns(text)
    assert [turn.time_ms for turn in turns] == [16_480, 3_761_000]


LINES = st.lists(
    st.sampled_from(
        [
            "访谈者：嗯？",
            "A3：他说：走。",
            "小雨：好",
            "【A3】去",
            "【笑】",
            "",
            "00:01 社工：早",
            "说话人1 00:02",
            "编号：A3",
            "就这样",
            "Q1：",
            "A1:x",
        ]
    ),
    max_size=12,
).map("\n".join)


@given(LINES)
def test_turns_are_in_order_inside_the_text_and_trimmed(text):
    turns, marks = find_turns(text)
    place = 0
    for turn in turns:
        assert place <= turn.start <= turn.end <= len(text)
        assert text[turn.start : turn.end] == text[turn.start : turn.end].strip()
        place = turn.end
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)


@given(LINES, st.text(alphabet="我不去。", max_size=20))
def test_turns_do_not_change_when_words_are_added_at_the_end(text, words):
    before = spoken(text + "\n访谈者：完。")
    after = spoken(text + "\n访谈者：完。" + words)
    assert [speaker for speaker, _ in before] == [speaker for speaker, _ in after]


@given(st.text(max_size=300))
def test_any_text_has_turns_or_none(text):
    find_turns(text)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    [
        *("a：", "A 00:00", " ", "【", "：", "访谈者 ", "00:", "A3：嗯\n", "名字：x\n", "\n", "(", "x", "**", "\ufeff"),
        *("A1，", "[00:01", "A3\t", "（A3）好\n", "A3\n", "### A3\n", "Q1. 好\n", "A1，A2：好\n", "说话人 00:00\n好\n"),
        *("和" * 9 + "：\n", "编号：1\n时间：2\n\n", "00:01\nA3：好\n", "名字x：\n", "\n\n\n"),
    ],
)
def test_a_long_and_odd_text_takes_linear_time(piece):
    find_turns(piece * 100_000 + "x")


@pytest.mark.timeout(20)
def test_a_million_different_names_make_no_transcript():
    assert find_turns("".join(f"名字{number}：嗯\n" for number in range(1_000_000)))[0] == []
