import json
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualkit as qk
from qualkit.errors import NotFoundError, OptionError, ProjectError
from qualkit.widgets import CodingWidget


@pytest.fixture
def widget(project):
    return CodingWidget(project, "pre/A3")


@pytest.fixture
def page(widget, browser):
    return browser(widget)


def source_of(widget):
    return widget.source


def adding(widget, quote, code="type.withdrawal", op_id="op-1", **changes):
    """The action a browser would send for coding a quote."""
    text = widget._coding._text(widget.source).text
    start = text.index(quote)
    place = {"start": start, "end": start + len(quote), "n": len(quote), "head": quote[:8], "tail": quote[-8:]}
    return {"op_id": op_id, "kind": "coding.add", "source": widget.source, "code": code, **place, **changes}


def naming(widget, kind, op_id, **more):
    return {"op_id": op_id, "kind": kind, "source": widget.source, **more}


def test_a_view_is_told_the_document_the_codebook_and_who_codes(page, project):
    (answer,) = page.say("hello")
    (_, buffers) = page.heard[-1]
    welcome, document = answer["welcome"], answer["document"]
    assert answer["ok"]
    assert answer["re"] == "m1"
    assert buffers[0].decode() == project.sources.get("pre/A3").text
    assert [source["name"] for source in welcome["sources"]] == ["pre/A3", "post/A3"]
    assert [code["key"] for code in welcome["codes"]] == ["type", "type.withdrawal", "type.aggressive"]
    assert [code["assignable"] for code in welcome["codes"]] == [False, True, True]
    assert welcome["coder"] == "Lin"
    assert [turn[2] for turn in document["turns"]] == ["社工", "A3"]
    json.dumps(answer, allow_nan=False)


def test_nothing_of_the_study_stands_in_the_traits(widget, page):
    page.say("hello")
    state = json.dumps({name: value for name, value in widget.get_state().items() if name != "_esm"}, default=str)
    for secret in ("待着", "退缩", "pre/A3", "A3", "Lin", "交往偏差", "study.qualkit"):
        assert secret not in state
    assert "run this cell again" in str(widget._repr_mimebundle_())


def test_a_coding_is_on_disk_before_it_is_acknowledged(page, widget, project, monkeypatch):
    seen = []
    answer = widget.send

    def send(content, buffers=None):
        with qk.open_project(project.path) as other:
            seen.append(len(other.codings.table()))
        answer(content, buffers)

    monkeypatch.setattr(widget, "send", send)
    (told,) = page.do(adding(widget, "我就自己待着"))
    assert seen == [1]
    assert (told["t"], told["ok"], told["op_id"]) == ("done", True, "op-1")
    row = project.codings.table().iloc[0]
    assert (row["text"], row["code"], row["coder"]) == ("我就自己待着", "type.withdrawal", "Lin")
    assert told["made"] == row["coding_id"]
    assert told["upserts"][0]["start"] == row["start"]


def test_an_action_sent_twice_is_done_once(page, widget, project):
    first, second = page.do(adding(widget, "他们")), page.do(adding(widget, "他们"), again=True)
    assert first[0]["made"] == second[0]["made"]
    assert len(project.codings.table()) == 1
    assert [coding["id"] for coding in second[0]["upserts"]] == [first[0]["made"]]


def test_an_action_sent_again_after_a_new_kernel_is_done_once(page, widget, project, browser):
    made = page.do(adding(widget, "他们"))[0]["made"]
    reopened = CodingWidget(project, "pre/A3")
    new_page = browser(reopened)
    new_page.say("hello")
    again, removed = new_page.do(
        adding(reopened, "他们"), naming(reopened, "coding.remove", "op-2", coding="op:op-1"), again=True
    )
    assert again["made"] == made
    assert removed["removed"] == [made]
    assert project.codings.table().empty


def test_a_coding_undone_meanwhile_stays_undone_when_its_action_comes_again(page, widget, project):
    made = page.do(adding(widget, "他们"))[0]["made"]
    project.undo()
    (told,) = page.do(adding(widget, "他们"), again=True)
    assert told["ok"]
    assert told["upserts"] == []
    assert told["removed"] == [made]


def test_a_wrong_place_is_refused_and_nothing_is_stored(page, widget, project):
    wrong = [
        {"head": "别的字"},
        {"tail": "别的字"},
        {"n": 3},
        {"end": 10_000},
        {"start": 20, "end": 20, "n": 0, "head": ""},
    ]
    for number, change in enumerate(wrong):
        (told,) = page.do(adding(widget, "我就自己待着", op_id=f"op-{number}", **change))
        assert told["ok"] is False
        assert told["code"] == "OFFSET_MISMATCH"
        assert told["op_id"] == f"op-{number}"
    assert project.codings.table().empty


def test_a_passage_after_an_emoji_is_coded_where_it_stands(page, widget, project):
    page.do(adding(widget, "😀我就"))
    assert project.codings.table()["text"].item() == "😀我就"


def test_a_heading_and_an_unknown_code_are_refused_with_the_reason(page, widget):
    heading, unknown = page.do(
        adding(widget, "他们", code="type"), adding(widget, "他们", code="nothing", op_id="op-2")
    )
    assert (heading["ok"], heading["code"]) == (False, "CONFLICT")
    assert "type.withdrawal" in heading["message"]
    assert unknown["code"] == "UNKNOWN_ID"


def test_memo_and_removal_reach_the_project(page, widget, project):
    made = page.do(adding(widget, "他们"))[0]["made"]
    (memo,) = page.do(naming(widget, "memo.set", "op-2", coding="op:op-1", memo="与老师一致"))
    assert memo["upserts"][0]["memo"] == "与老师一致"
    assert project.codings.table()["memo"].item() == "与老师一致"
    (removed,) = page.do(naming(widget, "coding.remove", "op-3", coding=made))
    assert removed["removed"] == [made]
    assert project.codings.table().empty


def test_a_removal_whose_answer_was_lost_is_acknowledged_when_it_comes_again(page, widget, project):
    made = page.do(adding(widget, "他们"))[0]["made"]
    removal = naming(widget, "coding.remove", "op-2", coding=made)
    page.do(removal)
    (told,) = page.do(removal, again=True)
    assert told["ok"]
    assert told["removed"] == [made]
    (another,) = page.do(naming(widget, "coding.remove", "op-3", coding=made))
    assert not another["ok"], "only the very action that took it away may be told that it is done"


def test_a_memo_whose_coding_is_gone_is_refused_unless_it_was_stored_before(page, widget, project):
    made = page.do(adding(widget, "他们"))[0]["made"]
    memo = naming(widget, "memo.set", "op-2", coding=made, memo="与老师一致")
    page.do(memo, naming(widget, "coding.remove", "op-3", coding=made))
    assert page.do(memo, again=True)[0]["ok"]
    assert not page.do(naming(widget, "memo.set", "op-4", coding=made, memo="x"))[0]["ok"]


def test_undo_while_coding_takes_back_codings_alone(page, widget, project):
    project.cases.add("A9", role="member", site="M1")
    assert page.do(naming(widget, "undo", "op-1"))[0]["nothing"] is True
    assert "A9" in set(project.cases.table()["case"])


def test_codings_of_another_coder_are_only_read(page, widget, project):
    foreign = project.codings.add("pre/A3", 0, 2, "type.withdrawal", coder="Zhao")
    page.say("hello")
    for kind, more in (("coding.remove", {}), ("memo.set", {"memo": "x"})):
        (told,) = page.do(naming(widget, kind, f"op-{kind}", coding=foreign, **more))
        assert (told["ok"], told["code"]) == (False, "READONLY")
    assert len(project.codings.table()) == 1


def test_undo_and_redo_tell_what_is_different(page, widget):
    made = page.do(adding(widget, "他们"))[0]["made"]
    undone, redone, nothing = page.do(
        *(naming(widget, kind, f"op-{kind}-{n}") for n, kind in enumerate(["undo", "redo", "redo"]))
    )
    assert undone["removed"] == [made]
    assert redone["upserts"][0]["id"] == made
    assert nothing["nothing"] is True


def test_undo_of_something_that_was_changed_since_is_refused(page, widget, project):
    made = page.do(adding(widget, "他们"))[0]["made"]
    with qk.open_project(project.path, coder="Zhao") as other:
        other.codings.remove(made)
    (told,) = page.do(naming(widget, "undo", "op-2"))
    assert (told["ok"], told["code"]) == (False, "CONFLICT")


def test_another_document_can_be_opened_by_its_id(page, widget, project):
    post = project.sources.get("post/A3").source_id
    (answer,) = page.say("document", source=post)
    assert answer["document"]["name"] == "post/A3"
    assert widget.source == post


def test_refresh_tells_what_was_coded_elsewhere(page, widget, project):
    page.say("hello")
    project.codings.add("pre/A3", 0, 2, "type.withdrawal")
    widget.refresh()
    assert len(page.heard[-1][0]["upserts"]) == 1
    before = len(page.heard)
    widget.refresh()
    assert len(page.heard) == before


def test_a_coding_is_given_other_words_and_gets_its_own_back(page, widget, project):
    made = page.do(adding(widget, "他们"))[0]["made"]
    wanted = adding(widget, "他们玩什么")
    (told,) = page.do({**wanted, "kind": "coding.move", "op_id": "op-2", "coding": made})
    assert told["upserts"][0]["end"] == wanted["end"]
    assert project.codings.table()["text"].tolist() == ["他们玩什么"]
    page.do(naming(widget, "undo", "op-3"))
    assert project.codings.table()["text"].tolist() == ["他们"]
    (told,) = page.do({**wanted, "kind": "coding.move", "op_id": "op-4", "coding": made, "head": "别的"})
    assert told["code"] == "OFFSET_MISMATCH"


def test_a_code_is_made_while_coding_and_both_are_taken_back(page, widget, project):
    new = {**naming(widget, "code.add", "op-0"), "code": "type.像蚊子", "parent": "type", "label": "像蚊子"}
    told = page.do(new, {**adding(widget, "他们"), "code": "type.像蚊子"})
    assert [one["t"] for one in told] == ["codes", "done", "done"]
    assert told[0]["codes"][-1]["label"] == {"zh": "像蚊子"}
    assert project.codings.table()["code"].tolist() == ["type.像蚊子"]
    page.do(naming(widget, "undo", "op-2"))
    codes = page.do(naming(widget, "undo", "op-3"))[0]
    assert "type.像蚊子" not in [code["key"] for code in codes["codes"]]
    assert "type.像蚊子" not in project.codes.table()["code"].tolist()


def test_a_view_follows_what_another_program_does(page, widget, project):
    page.say("hello")
    assert page.say("follow") == [{"v": 1, "re": "m1", "ok": True}]
    with qk.open_project(project.path, coder="Zhao") as other:
        other.codings.add("pre/A3", 0, 2, "type.withdrawal")
        other.codes.add("type.cathartic", label={"zh": "宣泄型"})
    codes, done, _ = page.say("follow")
    assert [code["key"] for code in codes["codes"]][-1] == "type.cathartic"
    assert [coding["coder"] for coding in done["upserts"]] == ["Zhao"]
    assert page.say("follow") == [{"v": 1, "re": "m1", "ok": True}]


def test_own_actions_are_not_read_again_when_following(page, widget, monkeypatch):
    page.say("hello")
    page.do(adding(widget, "他们"))
    monkeypatch.setattr(widget._coding, "refresh", lambda: pytest.fail("read again"))
    page.say("follow")


def test_a_memo_changed_elsewhere_is_not_written_over(page, widget, project):
    made = page.do(adding(widget, "他们"))[0]["made"]
    project.codings.set_memo(made, "另一本笔记里写的")
    (told,) = page.do({**naming(widget, "memo.set", "op-2"), "coding": made, "memo": "我写的", "before": ""})
    assert (told["ok"], told["code"]) == (False, "CONFLICT")
    assert "另一本笔记里写的" in told["message"]
    (told,) = page.do(
        {**naming(widget, "memo.set", "op-3"), "coding": made, "memo": "我写的", "before": "另一本笔记里写的"}
    )
    assert told["ok"]
    assert project.codings.table()["memo"].tolist() == ["我写的"]


def test_suggested_codings_are_not_shown_as_codings(page, project):
    project.codings.add("pre/A3", 0, 2, "type.withdrawal", status="suggested")
    assert page.say("hello")[0]["document"]["codings"] == []


def test_a_project_without_texts_opens(tmp_path, browser):
    with qk.create_project(tmp_path / "empty.qualkit", title="空", prefix="E") as empty:
        (answer,) = browser(CodingWidget(empty)).say("hello")
    assert answer["ok"]
    assert answer["welcome"]["sources"] == []
    assert "document" not in answer


@pytest.mark.parametrize(
    "message",
    [
        "text",
        None,
        {},
        {"v": 2, "t": "hello", "id": "1"},
        {"v": 1, "t": "nothing", "id": "1"},
        {"v": 1, "t": "document", "id": "1"},
        {"v": 1, "t": "document", "id": "1", "source": ["x"]},
        {"v": 1, "t": "document", "id": "1", "source": "no such text"},
        {"v": 1, "t": "ops", "id": "1", "ops": "x"},
        {"v": 1, "t": "ops", "id": "1", "ops": [1]},
        {"v": 1, "t": "ops", "id": "1", "ops": [{}] * 5_001},
    ],
)
def test_a_message_that_says_nothing_sensible_is_refused_without_an_error(page, message):
    page.widget._handle_custom_msg(message, [])
    assert all(content["ok"] is False for content, _ in page.heard)


scraps = st.none() | st.booleans() | st.integers(-5, 2**40) | st.text(max_size=6) | st.lists(st.integers(), max_size=2)
names = st.sampled_from(["op_id", "kind", "source", "start", "end", "n", "head", "tail", "code", "coding", "memo"])


@given(st.dictionaries(names, scraps))
@settings(max_examples=200, deadline=None)
def test_no_change_of_an_action_raises_or_codes_wrong_words(tmp_path_factory, change):
    widget, heard = _shared(tmp_path_factory)
    heard.clear()
    widget._handle_custom_msg({"v": 1, "t": "ops", "id": "1", "ops": [{**adding(widget, "他们玩什么"), **change}]}, [])
    assert len(heard) == 1
    json.dumps(heard[0], allow_nan=False)
    for row in widget._coding._project.codings.table().to_dict("records"):
        assert row["text"] == widget._coding._text(row["source_id"]).text[row["start"] : row["end"]]


_kept = []


def _shared(factory):
    # One project for all examples; hypothesis and function fixtures do not go together.
    if not _kept:
        project = qk.create_project(factory.mktemp("fuzz") / "fuzz.qualkit", title="x", prefix="F", coder="Lin")
        project.sources.add_text("pre/A3", "A3：😀他们玩什么我也不过去。", kind="interview")
        project.codes.add("type.withdrawal")
        widget, heard = CodingWidget(project), []
        widget.send = lambda content, buffers=None: heard.append(content)
        _kept.extend([widget, heard])
    return _kept


def test_an_unexpected_error_reaches_the_page_and_the_log(page, widget, project, monkeypatch, caplog):
    def fail(*_args, **_options):
        raise RuntimeError("broken")

    monkeypatch.setattr(project.codings, "add", fail)
    (told,) = page.do(adding(widget, "他们"))
    assert (told["ok"], told["code"]) == (False, "INTERNAL")
    assert "broken" in told["message"]
    assert "could not do what it was asked for" in caplog.text


def test_a_locked_project_is_worth_another_try(page, widget, project, monkeypatch):
    class OperationalError(Exception):
        pass

    def fail(*_args, **_options):
        raise ProjectError("another program has been writing") from OperationalError()

    monkeypatch.setattr(project.codings, "add", fail)
    assert page.do(adding(widget, "他们"))[0]["code"] == "DISK"


def test_many_threads_code_at_once_and_nothing_is_lost(page, widget, project):
    # The kernel answers on threads of its own while cells run.
    text = widget._coding._text(widget.source).text

    def work(number):
        for place in range(8):
            page.do(adding(widget, text[place : place + 3], op_id=f"op-{number}-{place}", start=place, end=place + 3))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = {content["op_id"]: content for content, _ in page.heard}
    assert len(told) == 32
    assert all(content["ok"] for content in told.values())
    assert len(project.codings.table()) == 32
    assert project.check().empty


def test_options_out_of_range_say_what_is_accepted(project):
    with pytest.raises(OptionError, match="'zh', 'en'"):
        CodingWidget(project, language="de")
    with pytest.raises(OptionError, match="between 320 and 2000"):
        CodingWidget(project, height=10)
    with pytest.raises(OptionError, match="'own', 'all'"):
        CodingWidget(project, show="mine")
    with pytest.raises(NotFoundError, match="no such text"):
        CodingWidget(project, "no such text")
