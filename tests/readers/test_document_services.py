"""Texts of speech services are known as such in whatever document they stand."""

import pytest

from qualkit.readers import read_source

IFLYREC = ["L村教师访谈", "说话人1 00:00", "老师您好。", "说话人2 00:07", "您好，请坐。", "以上内容由AI生成，仅供参考"]
OTTER = ["Interview", "SUMMARY KEYWORDS", "school, play", "SPEAKERS", "P07, Worker"]
OTTER += ["Worker  00:00", "Hello.", "P07  00:05", "Hi."]
TEAMS = [("社工L", "0:03", "班主任您好。"), ("班主任", "0:09", "您好。"), ("社工L", "1:02:03", "谢谢。")]


def paragraphs(lines):
    return "".join(f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in lines)


@pytest.mark.parametrize(
    ("lines", "service", "turns"),
    [
        (IFLYREC, "iflyrec", [("说话人1", 0, "老师您好。"), ("说话人2", 7000, "您好，请坐。")]),
        (OTTER, "otter", [("Worker", 0, "Hello."), ("P07", 5000, "Hi.")]),
        (
            ["社工L(00:00:05): 爸爸您好，能听清吗？", "A3爸爸(00:00:12): 能。"],
            "tencent_meeting",
            [("社工L", 5000, "爸爸您好，能听清吗？"), ("A3爸爸", 12000, "能。")],
        ),
    ],
)
def test_a_word_file_of_a_service_has_its_name_and_turns(write, make_docx, lines, service, turns):
    source = read_source(write("A3.docx", make_docx(paragraphs(lines))))
    assert (source.meta["format"], source.meta["service"]) == ("docx", service)
    assert [(turn.speaker, turn.time_ms, source.text[turn.start : turn.end]) for turn in source.turns] == turns


def test_a_word_file_of_teams_with_breaks_in_its_paragraphs_is_read(write, make_docx):
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
    plain = '<w:r><w:t xml:space="preserve">   {}</w:t><w:br/><w:t>{}</w:t></w:r>'
    body = "".join(f"<w:p>{bold.format(who)}{plain.format(when, words)}</w:p>" for who, when, words in TEAMS)
    source = read_source(write("A3.docx", make_docx(body)))
    assert [(turn.speaker, turn.time_ms) for turn in source.turns] == [
        ("社工L", 3000),
        ("班主任", 9000),
        ("社工L", 3_723_000),
    ]
    assert source.meta["service"] == "teams_text"


def test_an_interview_with_its_hour_in_the_header_is_of_no_service(write, make_docx):
    lines = ["访谈时间：2031-04-12 14:30", "访谈者：下课做什么？", "A3：自己待着。"]
    source = read_source(write("A3.docx", make_docx(paragraphs(lines))))
    assert "service" not in source.meta
    assert [turn.speaker for turn in source.turns] == ["访谈者", "A3"]
