"""An ELAN file becomes turns in the order of time, and what was annotated stays beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import ReadError
from qualkit.readers import read_source
from qualkit.readers.content import Content
from qualkit.readers.eaf import FORMAT, read_eaf

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def spoken(draft):
    return [(turn.speaker, turn.time_ms, draft.text[turn.start : turn.end]) for turn in draft.turns]


def tagged(draft):
    return [(note.text, draft.text[note.start : note.end]) for note in draft.notes]


def make(body, *, slots='<TIME_SLOT TIME_SLOT_ID="1" TIME_VALUE="0"/><TIME_SLOT TIME_SLOT_ID="2" TIME_VALUE="900"/>'):
    document = f"{HEAD}<ANNOTATION_DOCUMENT><TIME_ORDER>{slots}</TIME_ORDER>{body}</ANNOTATION_DOCUMENT>"
    return Content(document.encode(), "A3.eaf")


def annotation(key, words, *, begin="1", end="2", parent=None):
    value = f"<ANNOTATION_VALUE>{words}</ANNOTATION_VALUE>"
    if parent is None:
        inside = f'ALIGNABLE_ANNOTATION ANNOTATION_ID="{key}" TIME_SLOT_REF1="{begin}" TIME_SLOT_REF2="{end}"'
    else:
        inside = f'REF_ANNOTATION ANNOTATION_ID="{key}" ANNOTATION_REF="{parent}"'
    return f"<ANNOTATION><{inside}>{value}</{inside.split()[0]}></ANNOTATION>"


def test_independent_tiers_are_turns_in_the_order_of_time(samples):
    source = read_source(samples / "elan.eaf")
    assert spoken(source) == [
        ("社工", 760, "上次的作业，谁愿意先说？"),
        ("A3", 3400, "我……（低头）我没写，奶奶说：“先吃饭。”就睡着了"),
        ("社工", 9000, "慢慢来。"),
    ]
    assert source.text.startswith("社工：上次的作业，谁愿意先说？\nA3：我……")
    assert source.meta["format"] == "eaf"
    assert source.meta["media"] == "第三节.wav"


def test_dependent_tiers_are_tags_at_the_place_of_their_annotation(samples):
    source = read_source(samples / "elan.eaf")
    assert tagged(source) == [
        ("A3-情绪: 紧张", "我……（低头）"),
        ("A3-情绪: 平静", "就睡着了"),
        ("社工-动作: 点头", "慢慢来。"),
    ]
    assert [(note.kind, note.author) for note in source.notes] == [
        ("tag", "研究者W"),
        ("tag", "研究者W"),
        ("tag", None),
    ]


def test_a_time_left_open_lies_between_its_neighbours():
    slots = '<TIME_SLOT TIME_SLOT_ID="1" TIME_VALUE="1000"/><TIME_SLOT TIME_SLOT_ID="2"/>'
    slots += '<TIME_SLOT TIME_SLOT_ID="3" TIME_VALUE="2000"/><TIME_SLOT TIME_SLOT_ID="4"/>'
    first = annotation("a", "一", begin="1", end="2")
    tiers = f'<TIER TIER_ID="A">{first}</TIER><TIER TIER_ID="B">{annotation("b", "二", begin="2", end="3")}</TIER>'
    tiers += f'<TIER TIER_ID="C">{annotation("c", "三", begin="4", end="4")}</TIER>'
    draft = read_eaf(make(tiers, slots=slots))
    assert sorted(spoken(draft)) == [("A", 1000, "一"), ("B", 1500, "二"), ("C", None, "三")]


def test_a_tag_on_a_tag_stands_where_the_speech_stands():
    tiers = f'<TIER TIER_ID="A3">{annotation("a", "我不去")}</TIER>'
    tiers += f'<TIER TIER_ID="译" PARENT_REF="A3">{annotation("b", "I won&#39;t go", parent="a")}</TIER>'
    tiers += f'<TIER TIER_ID="评" PARENT_REF="译">{annotation("c", "拒绝", parent="b")}</TIER>'
    draft = read_eaf(make(tiers))
    assert tagged(draft) == [("译: I won't go", "我不去"), ("评: 拒绝", "我不去")]


def test_tiers_that_hang_on_each_other_in_a_circle_end():
    tiers = f'<TIER TIER_ID="A3">{annotation("a", "我不去")}</TIER>'
    tiers += f'<TIER TIER_ID="x" PARENT_REF="y">{annotation("b", "x", parent="c")}</TIER>'
    tiers += f'<TIER TIER_ID="y" PARENT_REF="x">{annotation("c", "y", parent="b")}</TIER>'
    draft = read_eaf(make(tiers))
    assert draft.notes == []
    assert draft.meta["odd"] == "2 annotations of dependent tiers belong to no speech and are left out"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "b">]><ANNOTATION_DOCUMENT/>', "document type"),
        (
            '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "b">]><ANNOTATION_DOCUMENT/>'.encode(
                "utf-16"
            ),
            "document type",
        ),
        (b"<ANNOTATION_DOCUMENT>", "not valid XML"),
        (b"<html/>", "not an ELAN file"),
        (b"<ANNOTATION_DOCUMENT/>", "no annotation"),
        (b"<ANNOTATION_DOCUMENT>" + b"<a>" * 300 + b"</a>" * 300 + b"</ANNOTATION_DOCUMENT>", "not valid XML"),
        (b"<ANNOTATION_DOCUMENT>" + b"<a/>" * 3_000_001 + b"</ANNOTATION_DOCUMENT>", "larger than"),
        (b"\x00", "not valid XML"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_with_the_remedy(data, message):
    with pytest.raises(ReadError, match=rf"^A3\.eaf.*{message}.*\."):
        read_eaf(Content(data, "A3.eaf"))


def test_the_format_is_known_by_its_content():
    assert FORMAT.recognises(Content("<?xml version='1.0'?><ANNOTATION_DOCUMENT>".encode("utf-16"), "A3.xml"))
    assert not FORMAT.recognises(Content(b"<html>", "A3.xml"))


WORDS = st.text(max_size=8).map(
    lambda text: "".join(one for one in text if one.isprintable()).replace("&", "").replace("<", "")
)
SLOTS = st.lists(
    st.sampled_from(["", ' TIME_VALUE="x"', *(f' TIME_VALUE="{n}"' for n in (-5, 0, 7, 99999))]), max_size=5
)
ANNOTATIONS = st.lists(st.tuples(WORDS, st.integers(0, 6), st.sampled_from([None, "0", "1", "2", "x"])), max_size=5)


@given(
    SLOTS, st.lists(st.tuples(st.sampled_from(["A", "B", "", "1"]), st.sampled_from(["", "A", "B", "z"]), ANNOTATIONS))
)
def test_any_annotations_give_sound_places_or_a_read_error(slots, tiers):
    order = "".join(f'<TIME_SLOT TIME_SLOT_ID="{place}"{value}/>' for place, value in enumerate(slots))
    body = ""
    for name, parent, annotations in tiers:
        inside = "".join(
            annotation(place, words, begin=begin, end=begin + 1, parent=above)
            for place, (words, begin, above) in enumerate(annotations)
        )
        body += f'<TIER TIER_ID="{name}"' + (f' PARENT_REF="{parent}"' if parent else "") + f">{inside}</TIER>"
    try:
        draft = read_eaf(make(body, slots=order))
    except ReadError:
        return
    place = 0
    for turn in draft.turns:
        assert place <= turn.start <= turn.end <= len(draft.text)
        place = turn.end
    assert all(0 <= note.start <= note.end <= len(draft.text) for note in draft.notes)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_read_error_alone(data):
    with pytest.raises(ReadError):
        read_eaf(Content(b"<ANNOTATION_DOCUMENT>" + data, "A3.eaf"))
