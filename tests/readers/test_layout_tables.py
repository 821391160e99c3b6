"""Tables of documents: turns in rows, particulars above the talk, the whole talk in one cell."""

import pytest

from qualkit.readers.layout import Layout
from qualkit.readers.paragraph import Paragraph


def cell(text):
    return [Paragraph(line) for line in text.split("\n")]


def read(*rows):
    layout = Layout("A3.docx")
    layout.add_table([[cell(text) for text in row] for row in rows])
    return layout.draft()


def turns_of(draft):
    return [(turn.speaker, turn.time_ms, draft.text[turn.start : turn.end]) for turn in draft.turns]


def test_a_table_with_named_columns_gives_a_turn_for_each_row():
    draft = read(
        ["序号", "时间", "说话人", "内容", "备注"],
        ["1", "00:01", "社工", "你好。\n坐这里吧。", ""],
        ["2", "00:09", "小太阳", "我知道：要安静。", "低头"],
        ["3", "00:20", "社工", "好。", ""],
    )
    assert turns_of(draft) == [
        ("社工", 1000, "你好。\n坐这里吧。"),
        ("小太阳", 9000, "我知道：要安静。"),
        ("社工", 20000, "好。"),
    ]
    assert draft.text.startswith("00:01 社工：你好。\n坐这里吧。\n00:09 小太阳：")
    (note,) = draft.notes
    assert (draft.text[note.start : note.end], note.text) == ("我知道：要安静。", "备注：低头")


@pytest.mark.parametrize(
    ("rows", "times"),
    [
        ([["访谈者", "下课做什么？"], ["A3", "自己待着。"], ["访谈者", "为什么？"]], [None, None, None]),
        ([["1", "访谈者", "下课做什么？"], ["2", "A3", "自己待着。"], ["3", "访谈者：", "为什么？"]], [None] * 3),
        (
            [["00:01", "访谈者", "下课做什么？"], ["[00:05]", "A3", "自己待着。"], ["0:00:09", "访谈者", "为什么？"]],
            [1000, 5000, 9000],
        ),
    ],
    ids=["speaker and words", "number first", "time first"],
)
def test_a_table_without_a_header_row_gives_turns(rows, times):
    assert turns_of(read(*rows)) == [
        ("访谈者", times[0], "下课做什么？"),
        ("A3", times[1], "自己待着。"),
        ("访谈者", times[2], "为什么？"),
    ]


def test_a_row_without_a_speaker_continues_the_turn():
    draft = read(["Speaker", "Text"], ["Lin", "Hello there."], ["", "Sit down."], ["A3", "Okay."])
    assert turns_of(draft) == [("Lin", None, "Hello there.\nSit down."), ("A3", None, "Okay.")]


@pytest.mark.parametrize(
    "rows",
    [
        [["组员", "表现"], ["A1", "主动举手。"], ["A2", "安静，低头。"]],
        [["A1", "微笑"], ["A2", "发呆"], ["A1", "微笑"]],
        [["节次", "主题", "目标"], ["1", "认识你", "互相认识。"], ["2", "说出来", "表达情绪。"]],
        [["姓名", "内容", "评分"], ["小雨", "画画。", "3"], ["小风", "唱歌。", "4"]],
    ],
)
def test_a_table_of_records_is_no_talk(rows):
    draft = read(*rows)
    assert list(draft.turns) == []
    assert draft.text == "\n".join("\t".join(row) for row in rows)


def test_a_form_with_the_whole_talk_in_one_cell_is_read_as_a_talk():
    draft = read(
        ["个案访谈记录表"],
        ["编号", "A3", "性别", "女"],
        ["访谈时间", "2031-04-12", "地点", "社区活动室"],
        ["访谈内容", "访谈者：下课做什么？\nA3：自己待着。（低头）\n访谈者：为什么？"],
    )
    assert draft.meta["访谈时间"] == "2031-04-12"
    assert draft.text.startswith(
        "个案访谈记录表\n编号：A3\n性别：女\n访谈时间：2031-04-12\n地点：社区活动室\n访谈内容\n访谈者："
    )
    assert turns_of(draft) == [
        ("访谈者", None, "下课做什么？"),
        ("A3", None, "自己待着。（低头）"),
        ("访谈者", None, "为什么？"),
    ]


def test_particulars_above_rows_of_turns_are_both_read():
    draft = read(["编号", "A3"], ["访谈者", "下课做什么？"], ["A3", "自己待着。"], ["访谈者", "为什么？"])
    assert draft.meta == {"编号": "A3"}
    assert len(draft.turns) == 3
