"""The header of a transcript is told from its speech."""

import pytest

from qualkit.readers.header import find_header


@pytest.mark.parametrize(
    ("text", "meta", "body"),
    [
        ("编号：A3\n时间：2031-04-12\n\n访谈者：你好", {"编号": "A3", "时间": "2031-04-12"}, "\n访谈者：你好"),
        (
            "访谈记录\n编号：A3\n访谈者：W1\n访谈者：下课做什么？",
            {"编号": "A3", "访谈者": "W1"},
            "访谈者：下课做什么？",
        ),
        ("编号：A3\n\n时间：下午\n\n访谈者：你好", {"编号": "A3", "时间": "下午"}, "\n访谈者：你好"),
        ("访谈者：你好\nA3：嗯", {}, "访谈者：你好\nA3：嗯"),
        ("时间：下午\n访谈者：今天开心吗？\nA3：开心", {"时间": "下午"}, "访谈者：今天开心吗？\nA3：开心"),
        ("没有冒号的一段话。", {}, "没有冒号的一段话。"),
        ("编号：\n\n访谈者：你好", {}, "\n访谈者：你好"),
        ("Date: 2031-04-12\nInterviewer: W1\n\nW1: Hello", {"Date": "2031-04-12", "Interviewer": "W1"}, "\nW1: Hello"),
        ("编号：A3", {"编号": "A3"}, ""),
        (
            "时间：2031-04-12　地点：活动室\n姓名：小雨 性别：女；年龄：10岁\n\n访谈者：你好",
            {"时间": "2031-04-12", "地点": "活动室", "姓名": "小雨", "性别": "女", "年龄": "10岁"},
            "\n访谈者：你好",
        ),
        ("备注：他说 明天：再来\n\n访谈者：你好", {"备注": "他说 明天：再来"}, "\n访谈者：你好"),
        ("", {}, ""),
    ],
)
def test_the_header_ends_where_speech_begins(text, meta, body):
    found, end = find_header(text)
    assert found == meta
    assert text[end:] == body


def test_a_very_long_line_of_space_takes_no_time():
    assert find_header("编号：" + " " * 300_000 + "x\n" + " " * 300_000) == ({}, 0)


def test_a_list_of_a_million_names_takes_no_time():
    assert find_header("".join(f"名字{number}：嗯\n" for number in range(1_000_000))) == ({}, 0)
