"""The report of an import speaks the language of the project, or the one asked for."""

import re
from pathlib import Path

import pytest

from qualkit.project import create_project

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
WORDS = "访谈者：下课呢？\nA3：自己待着，不想说话。\n"
ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")


@pytest.fixture
def empty(path):
    with create_project(path, prefix="DEV", coder="Lin", language="zh") as project:
        yield project


def write(folder, name, text):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def detail(report):
    return report["detail"][0]


def test_what_is_odd_in_a_transcript_is_said_in_chinese(empty, tmp_path):
    file = write(tmp_path, "A3前测.txt", f"访谈对象：A5\n时间：秋天\n\n{WORDS}")
    assert detail(empty.import_files(file)) == (
        "pre/A3：2 个话轮；没有日期：'秋天' 不是可识别的日期，应写成 2031-04-15 这样；"
        "文稿里写的访谈对象是“A5”；说话人还没有对应的个案：访谈者"
    )


def test_the_other_language_may_be_asked_for(empty, tmp_path):
    file = write(tmp_path, "A3前测.txt", WORDS)
    assert detail(empty.import_files(file, language="en")).startswith("pre/A3: 2 turns; no case for the speaker")


def test_a_changed_text_is_offered_in_chinese(empty, tmp_path):
    file = write(tmp_path, "A3前测.txt", WORDS)
    empty.import_files(file)
    empty.codes.add("silence")
    for quote in ("自己待着", "不想说话"):
        place = WORDS.index(quote)
        empty.codings.add("pre/A3", place, place + 4, "silence")
    write(tmp_path, "A3前测.txt", WORDS.replace("不想说话", "不想讲话"))
    said = detail(empty.import_files(file))
    assert said.startswith("pre/A3：文件已改动。1 处编码随文字移动；1 处编码的文字有改动，请逐条核对")
    assert "可以更新为新版本" in said


@pytest.mark.parametrize(
    "sample",
    [
        "word_roles.txt",
        "teams.vtt",
        "observation_long.csv",
        "wjx_text.csv",
        "wjx_seq.csv",
        "survey_labels.sav",
        "prepost_total.csv",
    ],
)
def test_no_english_sentence_is_left_in_the_report_of_a_sample(empty, sample):
    report = empty.import_files(SAMPLES / sample)
    assert report["status"].tolist() == ["imported"]
    assert not ENGLISH.search(detail(report)), detail(report)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("A3.txt", b"", "A3.txt 是空文件（0 字节）。请检查是否选错了文件。"),
        ("A3.docx", b"PK\x03\x04 broken", "A3.docx 已损坏，或不是 .docx 文件。请重新取一份完整的"),
        ("A3.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "有密码保护"),
        ("A3.xyz", "话".encode(), "A3.xyz：不能读入这类文件（.xyz）"),
        ("x.csv", b"a,b\n1,2\n", "看不出这是什么材料"),
        ("活动照片.png", b"\x89PNG\r\n\x1a\n" + bytes(60), "图片"),
        ("录音.mp3", b"ID3\x04" + bytes(60), "录音"),
        ("项目.nvp", bytes(range(1, 250)), "NVivo"),
    ],
)
def test_a_refusal_says_in_chinese_what_to_do(empty, tmp_path, name, data, said):
    file = tmp_path / name
    file.write_bytes(data)
    report = empty.import_files(file)
    assert report["status"].tolist() == ["refused"]
    assert said in detail(report)
    assert "。" in detail(report)


def test_an_unknown_case_in_a_table_is_named_with_its_row(empty, tmp_path):
    empty.cases.add("A3")
    file = write(tmp_path, "关系.csv", "编号,关系,对象\nB1,奶奶,A3\n")
    said = detail(empty.import_files(file))
    assert "关系.csv，第 2 行" in said
    assert "本项目没有个案“B1”" in said
