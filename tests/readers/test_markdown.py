"""Markdown: the text stays as typed; front matter, headings and bold lines are understood."""

import pytest

from qualkit.readers import read_source


@pytest.fixture
def read(write):
    return lambda text: read_source(write("A3.md", text))


def spoken(source):
    return [(turn.speaker, turn.time_ms, source.text[turn.start : turn.end]) for turn in source.turns]


def test_the_text_is_kept_with_all_its_signs(read):
    text = "# 访谈\n\n**访谈者：** 下课做*什么*？\n\n> 记录\n\n- [x] 完成\n"
    assert read(text).text == text


def test_fields_at_the_head_become_meta_and_are_nobody_s_words(read):
    source = read("---\ntitle: '访谈 A3'\ndate: 2031-04-12\ntags:\n  - a\n---\n访谈者：嗯？\nA3：嗯。\n")
    assert (source.meta["title"], source.meta["date"]) == ("访谈 A3", "2031-04-12")
    assert spoken(source) == [("访谈者", None, "嗯？"), ("A3", None, "嗯。")]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("**访谈者：** 下课做什么？\n\n**小太阳：** 自己待着。\n\n**访谈者：** 嗯。\n", [None] * 3),
        ("**访谈者**：下课做什么？\\\n**小太阳**：自己待着。\\\n**访谈者**：嗯。\\\n", [None] * 3),
        ("## 访谈者\n\n下课做什么？\n\n## 小太阳\n\n自己待着。\n\n## 访谈者\n\n嗯。\n\n## 小太阳\n", [None] * 3),
        ("**访谈者**\n下课做什么？\n\n**小太阳**\n自己待着。\n\n**访谈者**\n嗯。\n\n**小太阳**\n", [None] * 3),
        (
            "### 访谈者 00:01\n\n下课做什么？\\\n\n### 小太阳 00:05\n\n自己待着。\n\n### 访谈者 00:09\n\n嗯。\n",
            [1000, 5000, 9000],
        ),
    ],
    ids=["bold", "backslash", "headings", "bold alone", "headings with times"],
)
def test_speakers_in_bold_or_as_headings_are_found(read, text, times):
    words = ["下课做什么？", "自己待着。", "嗯。"]
    assert spoken(read(text))[:3] == list(zip(["访谈者", "小太阳", "访谈者"], times, words, strict=True))


def test_head_lines_of_a_service_turned_into_headings_are_turns(read):
    source = read("### 说话人1 00:01\\\n你好。\\\n\n### 说话人2 00:05\\\n嗯。\n")
    assert spoken(source) == [("说话人1", 1000, "你好。"), ("说话人2", 5000, "嗯。")]


def test_headings_of_a_record_are_no_speakers(read):
    assert read("# 过程记录\n\n## 目标\n\n互相认识。\n\n## 反思\n\n时间不够。\n").turns == ()


def test_front_matter_that_never_ends_is_text(read):
    source = read("---\ntitle: a\n\nA3：嗯。\n社工：好。\n")
    assert len(source.turns) == 2
