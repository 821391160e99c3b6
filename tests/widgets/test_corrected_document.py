"""A document that is open in the widget while its text is corrected elsewhere."""

import pytest

from qualkit.widgets import CodingWidget


@pytest.fixture
def page(project, browser):
    page = browser(CodingWidget(project, "pre/A3"))
    page.say("hello")
    return page


def place_of(text, quote):
    start = text.index(quote)
    return {"start": start, "end": start + len(quote), "n": len(quote), "head": quote[:8], "tail": quote[-8:]}


def adding(project, text, quote, op_id):
    source = project.sources.get("pre/A3").source_id
    return {"op_id": op_id, "kind": "coding.add", "source": source, "code": "type.withdrawal", **place_of(text, quote)}


def test_coding_a_text_that_was_corrected_since_is_refused(page, project):
    seen = project.sources.get("pre/A3").text
    project.sources.correct("pre/A3", "记录：甲\n" + seen)
    (answer,) = page.do(adding(project, seen, "自己待着", "op-1"))
    assert (answer["ok"], answer["code"]) == (False, "CONFLICT")
    assert "was changed since" in answer["message"]
    assert project.codings.table().empty


def test_opened_again_it_shows_the_corrected_text_and_can_be_coded(page, project):
    seen = project.sources.get("pre/A3")
    project.sources.correct("pre/A3", "记录：甲\n" + seen.text)
    page.say("document", source=seen.source_id)
    (_, buffers) = page.heard[-1]
    text = buffers[0].decode()
    assert text == project.sources.get("pre/A3").text
    (answer,) = page.do(adding(project, text, "自己待着", "op-1"))
    assert answer["ok"]
    assert project.codings.table().text.tolist() == ["自己待着"]


def test_places_of_the_corrected_text_are_not_told_to_the_earlier_one(page, project):
    seen = project.sources.get("pre/A3")
    page.do(adding(project, seen.text, "自己待着", "op-1"))
    project.sources.correct("pre/A3", "记录：甲\n" + seen.text)
    (answer,) = page.do({"op_id": "op-2", "kind": "undo", "source": seen.source_id})
    assert answer["ok"]
    assert answer.get("upserts", []) == []
    page.widget.refresh()
    assert page.heard[-1][0]["stale"] is True


def test_an_action_that_was_stored_before_the_correction_is_not_refused_when_it_comes_again(page, project):
    seen = project.sources.get("pre/A3").text
    action = adding(project, seen, "自己待着", "op-1")
    page.do(action)
    project.sources.correct("pre/A3", "记录：甲\n" + seen)
    (answer,) = page.do(action, again=True)
    assert (answer["ok"], answer["stale"]) == (True, True)
    assert len(project.codings.table()) == 1
