"""Texts of speech services: recognised by their own lines; header and tail belong to no turn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.readers import read_source
from qualkit.readers.services import read_service


def spoken(source):
    return [(turn.speaker, turn.time_ms, source.text[turn.start : turn.end]) for turn in source.turns]


@pytest.mark.parametrize(
    ("file", "name", "meta"),
    [
        ("iflyrec.txt", "iflyrec", {"标题": "虚构样例：L村教师访谈"}),
        ("iflyrec_hours.txt", "iflyrec", {"标题": "第3次访谈：L村奶奶"}),
        (
            "feishu_minutes.txt",
            "feishu",
            {"日期": "2031-04-15", "时长": "36分钟 12秒", "关键词": "孩子、爸爸、电话、作业、社区"},
        ),
        (
            "feishu_minutes_english.txt",
            "feishu",
            {"date": "2031-04-15", "duration": "36min 12s", "keywords": "children, father, phone, homework"},
        ),
        ("tencent_meeting.txt", "tencent_meeting", {"标题": "虚构样例-家长线上访谈", "日期": "2031-04-18"}),
        ("tongyi_tingwu.txt", "tongyi", {"标题": "虚构样例-组员访谈A7", "日期": "2031-04-20"}),
        (
            "otter.txt",
            "otter",
            {
                "title": "Invented_sample_interview",
                "keywords": "school, friends, group, activity",
                "speakers": "Interviewer, P07",
            },
        ),
        (
            "teams.txt",
            "teams_text",
            {"title": "家长访谈-A3-20310418_200000-会议记录", "date": "2031-04-18", "duration": "31分 7秒"},
        ),
    ],
)
def test_each_service_is_recognised_and_its_header_read(samples, file, name, meta):
    source = read_source(samples / file)
    assert source.meta["format"] == name
    assert {key: source.meta[key] for key in meta} == meta
    service = read_service(source.text)
    assert (service.name, service.turns) == (name, list(source.turns))


def test_the_text_of_a_service_is_kept_as_it_is(samples):
    for file in ("iflyrec.txt", "feishu_minutes.txt", "tencent_meeting.txt", "tongyi_tingwu.txt", "otter.txt"):
        assert read_source(samples / file).text == (samples / file).read_text("utf-8")


def test_the_tail_of_iflyrec_is_in_no_turn_and_hours_are_read(samples):
    assert spoken(read_source(samples / "iflyrec_hours.txt")) == [
        ("说话人1", 0, "您说他几点回家？\n社工：这样记的。"),
        ("说话人2", 6_000, "一般是\n下午 16:30\n有时候更晚。"),
        ("王主任", 3_598_000, "我插一句，"),
        ("说话人1", 3_607_000, "您请说。"),
        ("王主任", 3_612_000, "他们那边是五点放学。"),
    ]


def test_feishu_keeps_named_speakers_and_its_keywords_are_no_speech(samples):
    assert spoken(read_source(samples / "feishu_minutes.txt")) == [
        ("说话人 1", 3_000, "奶奶，孩子放学以后一般在哪儿？"),
        ("说话人 2", 11_000, "就在楼下，我不敢让他走远。\n这边车多。"),
        ("社工小林", 62_000, "那他有没有固定一起玩的伙伴？"),
        ("说话人 2", 69_000, "没有，就他一个。"),
    ]


def test_feishu_in_english_has_times_to_the_thousandth_and_colons_in_speech(samples):
    assert spoken(read_source(samples / "feishu_minutes_english.txt"))[1:3] == [
        ("Speaker 2", 21_040, "Just downstairs. I say to him: stay near."),
        ("Lin (social worker)", 62_200, "Does he have a friend he plays with?"),
    ]


def test_tencent_meeting_writes_name_and_time_before_the_words(samples):
    assert spoken(read_source(samples / "tencent_meeting.txt")) == [
        ("社工L", 5_000, "爸爸您好，能听清吗？"),
        ("小雨爸爸", 9_000, "能听清。"),
        ("社工L", 14_000, "她上周自己给您打电话了？"),
        ("小雨爸爸", 18_000, "打了，以前都是我打给她，\n这次她先说的，说考砸了。"),
    ]


def test_a_name_with_brackets_and_a_colon_in_speech_in_a_tencent_meeting():
    text = "王老师（化名）(00:00:01): 他说：走。\n妈妈：走就走。\n\nLin(00:00:09): 嗯。"
    assert [(turn.speaker, text[turn.start : turn.end]) for turn in read_service(text).turns] == [
        ("王老师（化名）", "他说：走。\n妈妈：走就走。"),
        ("Lin", "嗯。"),
    ]


def test_otter_counts_hours_and_its_tail_is_in_no_turn(samples):
    text = (samples / "otter.txt").read_text("utf-8") + "\n\nTranscribed by https://otter.ai\n"
    turns = read_service(text).turns
    assert [turn.time_ms for turn in turns] == [0, 5_000, 3_761_000]
    assert text[turns[-1].start : turns[-1].end] == "And now?"


def test_who_began_and_ended_the_recording_of_teams_is_no_speech(samples):
    assert spoken(read_source(samples / "teams.txt")) == [
        ("林小溪（社工）", 3_000, "爸爸您好，能听清吗？"),
        ("小雨爸爸", 9_000, "能听清。"),
        ("林小溪（社工）", 3_734_000, "那今天先到这里。"),
    ]


def test_somebody_who_speaks_once_is_a_speaker_without_a_blank_line_above():
    text = "王老师 started transcription\n王老师   0:03\n早\n下午 0:04\n林   0:05\n嗯\n王老师   0:09\n好"
    found = read_service(text)
    assert [(turn.speaker, text[turn.start : turn.end]) for turn in found.turns] == [
        ("王老师", "早\n下午 0:04"),
        ("林", "嗯"),
        ("王老师", "好"),
    ]
    assert found.meta == {}


def test_a_backslash_of_markdown_ends_no_name():
    text = "发言人1 00:01\\\n早。\n\n发言人2 00:08\\\n嗯。"
    assert [turn.speaker for turn in read_service(text).turns] == ["发言人1", "发言人2"]


@pytest.mark.parametrize("file", ["word_roles.txt", "word_qa.txt", "focus_group.txt"])
def test_a_typed_transcript_is_of_no_service(samples, file):
    assert read_source(samples / file).meta["format"] == "txt"


@pytest.mark.parametrize(
    "text",
    [
        "访谈时间：2031-04-15\n访谈者：几点？\nA3：10:30。",
        "第三节记录\n2031-04-20 16:05\n说话人都到了。",
        "SPEAKERS\nwere loud",
        "",
    ],
)
def test_other_texts_are_of_no_service(text):
    assert read_service(text) is None


LINES = st.lists(
    st.sampled_from(
        [
            *(
                "说话人1 00:03",
                "说话人 2 00:11 ",
                "发言人1 01:00:02",
                "Name  00:05",
                "王老师   0:09",
                "社工L(00:00:05): 早",
            ),
            *("早。", "下午 16:30", "妈妈：走。", "", "关键词:", "文字记录:", "SPEAKERS", "以上内容由AI生成，仅供参考"),
            *("2031年4月15日 下午 3:02|36分钟 12秒", "会议主题：x", "Lin 停止听录", "Transcribed by https://otter.ai"),
        ]
    ),
    max_size=14,
).map("\n".join)


@given(LINES)
def test_turns_lie_in_order_inside_the_text_and_hold_no_line_of_a_service(text):
    found = read_service(text)
    heads = ("社工L(",) if found and found.name == "tencent_meeting" else ("说话人1", "发言人1")
    place = 0
    for turn in found.turns if found else []:
        words = text[turn.start : turn.end]
        assert place <= turn.start <= turn.end <= len(text)
        assert words == words.strip()
        assert not words.startswith(heads)
        place = turn.end


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", ["说话人1 00:00\n早\n", "a 00:00 ", "x(00:00:01): 早\n", " ", "(", "A  00:05\n", "关键词:\n"]
)
def test_a_long_text_takes_linear_time(piece):
    read_service("说话人1 00:00\n" + piece * 100_000)
    read_service("会议主题：x\nx(00:00:01): 早\n" + piece * 100_000)
