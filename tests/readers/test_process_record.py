"""Process records: four parts under many headings, found where they stand."""

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.readers import find_turns, read_source
from qualkit.readers.process_record import PARTS, describe_parts, find_parts, is_part_name


def parts_of(text):
    return [(part.name, text[part.start : part.end]) for part in find_parts(text)]


WORDS = ("A4哭了。", "八个人做到了。", "A9和A8僵住了。", "不该催。")


@pytest.mark.parametrize(
    "headings",
    [
        ("一、特殊事件\n", "\n二、目标达成\n", "\n三、小组动力\n", "\n四、工作者反思\n"),
        ("（一）特殊事件及处理：", "（二）目标达成情况：", "（三）小组动力分析：", "（四）社工反思："),
        ("1. 特别事件\n", "2. 活动目标的达成情况\n", "3. 小组氛围与互动\n", "4. 反思与改进\n"),
        ("【突发事件】", "【目标实现程度】", "【组员互动情况】", "【社工的反思】"),
        ("## 特殊事件\n\n", "## 目标达成\n\n", "## 小组动力\n\n", "## 专业反思\n\n"),
        ("特殊事件\t", "目标达成\t", "小组动力\t", "社工反思\t"),
        ("节次：第2节\n\n**特殊事件**\n", "**目标达成**\n", "**小组动力**\n", "**社工反思**\n"),
        ("① 特殊事件（15分钟）\n", "② 目标达成\n", "③ 小组动力\n", "④ 社工反思\n"),
        ("Special incidents\n", "Goal attainment:\n", "Group dynamics\n", "Worker's reflection\n"),
        ("1) Critical incidents: ", "2) Aims reached: ", "3) Group process: ", "4) Reflections: "),
    ],
)
def test_the_four_parts_are_found_under_every_usual_heading(headings):
    text = "\n".join(heading + words for heading, words in zip(headings, WORDS, strict=True))
    assert parts_of(text) == list(zip(PARTS, WORDS, strict=True))


def test_a_part_of_several_paragraphs_is_one_part():
    assert parts_of("特殊事件\n一件。\n\n又一件。\n社工反思\n好。")[0] == ("special_incidents", "一件。\n\n又一件。")


def test_a_further_heading_of_the_same_numbering_ends_the_last_part():
    text = "一、目标达成\n多数。\n1. 认识情绪\n十人做到。\n二、下节安排\n带彩笔。"
    assert parts_of(text) == [("aims_reached", "多数。\n1. 认识情绪\n十人做到。")]


@pytest.mark.parametrize(
    "text", ["他说今天有特殊事件发生。", "目标达成了吗？我想没有。", "小组动力不足，是因为下雨。", ""]
)
def test_the_name_of_a_part_inside_a_sentence_is_no_heading(text):
    assert find_parts(text) == []


def test_it_is_said_which_parts_are_there_and_which_are_missing():
    said = describe_parts("社工反思：短。\n特殊事件：无")
    assert said == {"parts": "special_incidents, worker_reflection", "parts_missing": "aims_reached, group_dynamics"}
    assert "parts_missing" not in describe_parts("".join(f"{words['zh']}：有\n" for words in PARTS.values()))


@pytest.mark.parametrize("label", ["特殊事件", "目标达成情况", "小组互动", "工作者反思", "Group dynamics", "专业反思"])
def test_the_heading_of_a_part_is_no_speaker(label):
    assert is_part_name(label)
    text = f"社工：今天开始。\nA3：好。\n{label}：A4哭了。\n社工：嗯。\nA3：好。\n{label}：又哭了。"
    assert {turn.speaker for turn in find_turns(text)[0]} == {"社工", "A3"}


@pytest.mark.parametrize("label", ["社工", "A3", "小雨", "组员", "班主任"])
def test_who_speaks_is_no_part(label):
    assert not is_part_name(label)


@given(st.text(st.sampled_from("特殊事件目标达成小组动力社工反思一二、：:\n#*【】（）(1.) \tA"), max_size=200))
def test_parts_follow_one_another_and_lie_in_the_text(text):
    end = 0
    for part in find_parts(text):
        assert end <= part.start <= part.end <= len(text)
        assert part.name in PARTS
        end = part.end


def test_a_record_in_parts_is_a_session_record_and_says_which_parts_it_lacks(write):
    text = "第2节\n\n一、特殊事件\nA4哭了。\n二、目标达成\n多数。\n三、社工反思\n不该催。\n"
    source = read_source(write("第2节.txt", text))
    assert source.kind == "session_record"
    assert source.turns == ()
    assert source.meta["parts"] == "special_incidents, aims_reached, worker_reflection"
    assert source.meta["parts_missing"] == "group_dynamics"


def test_a_transcript_in_which_a_part_is_named_stays_an_interview(write):
    text = "社工：今天讲特殊事件。\nA3：好。\n社工：特殊事件：就是……\nA3：嗯。\n"
    source = read_source(write("a.txt", text))
    assert source.kind == "interview"
    assert "parts" not in source.meta


def test_a_word_table_with_the_parts_on_the_left_is_read_in_its_parts(tmp_path):
    document = docx.Document()
    document.add_paragraph("小组过程记录")
    rows = [("节次", "第2节"), ("特殊事件", "A4哭了。"), ("目标达成", "多数。"), ("小组动力", "A9和A8僵住了。")]
    table = document.add_table(0, 2)
    for row in [*rows, ("社工反思", "不该催。\n下次先放在桌上。")]:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = row
    document.save(tmp_path / "第2节.docx")
    source = read_source(tmp_path / "第2节.docx")
    assert (source.kind, source.turns) == ("session_record", ())
    assert [name for name, _ in parts_of(source.text)] == list(PARTS)
    assert "parts_missing" not in source.meta


def test_bold_headings_of_a_word_record_are_no_speakers(tmp_path):
    document = docx.Document()
    for heading, words in zip(("特殊事件：", "目标达成：", "小组动力：", "社工反思："), WORDS, strict=True):
        paragraph = document.add_paragraph()
        paragraph.add_run(heading).bold = True
        paragraph.add_run(words)
    document.save(tmp_path / "a.docx")
    source = read_source(tmp_path / "a.docx")
    assert (source.kind, source.turns) == ("session_record", ())
    assert parts_of(source.text) == list(zip(PARTS, WORDS, strict=True))


def test_a_text_longer_than_any_record_is_not_searched():
    assert find_parts("特殊事件\n" * 20_002) == []
