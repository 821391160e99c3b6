from types import SimpleNamespace

import pandas as pd
import pytest

from qualkit.errors import DataError
from qualkit.figures import fit_width, plot_joint_display
from qualkit.widgets import JointDisplayWidget
from qualkit.widgets.quotes import QuotePanel


@pytest.fixture
def table():
    row = {"theme": "type.withdrawal", "change": -4.0, "class": "improved", "rate_before": 3.0, "rate_after": 1.0}
    row |= {"fit": "convergent", "coding_ids_before": "c1", "coding_ids_after": "c2"}
    return pd.DataFrame([{"case": case, **row} for case in ("A1", "A2", "A3")])


@pytest.fixture
def quotes():
    rows = [("A1", "pre", "我不过去<b>"), ("A1", "post", "我去了"), ("A2", "pre", "不想说")]
    frame = pd.DataFrame(rows, columns=["case", "wave", "text"])
    return frame.assign(theme="type.withdrawal", code="type.withdrawal", source="x", is_typical=[True, False, True])


def shown(widget):
    return [quote["text"] for quote in widget.quotes._state()["quotes"]]


def points(*places, box=None):
    return SimpleNamespace(point_inds=list(places)), SimpleNamespace(xrange=box, yrange=box)


def traces_with_cases(widget):
    return [trace for trace in widget.figure.data if trace.customdata is not None]


def test_a_click_on_a_child_shows_that_childs_quotations(table, quotes):
    widget = JointDisplayWidget(table, quotes, labels={"type.withdrawal": "退缩型", "pre": "前测"})
    trace = traces_with_cases(widget)[0]
    place = [str(data[0]) for data in trace.customdata].index("A1")
    widget._on_points(trace, *points(place))
    assert widget.chosen == ["A1"]
    assert shown(widget) == ["我不过去<b>", "我去了"]
    first = widget.quotes._state()["quotes"][0]
    assert (first["theme"], first["wave"], first["typical"]) == ("退缩型", "前测", True)
    assert trace.selectedpoints == (place,)


def test_what_was_said_before_comes_first_and_waves_have_names(table, quotes):
    widget = JointDisplayWidget(table, quotes.iloc[::-1].reset_index(drop=True), language="en")
    widget.choose(["A1"])
    assert [quote["wave"] for quote in widget.quotes._state()["quotes"]] == ["before", "after"]


def test_a_box_over_several_traces_gathers_their_children(table, quotes):
    widget = JointDisplayWidget(table, quotes)
    first, second = traces_with_cases(widget)[:2]
    place = [[str(data[0]) for data in trace.customdata] for trace in (first, second)]
    widget._on_points(first, *points(place[0].index("A1"), box=[0, 1]))
    widget._on_points(second, *points(place[1].index("A2"), box=[0, 1]))
    assert widget.chosen == ["A1", "A2"]
    widget._on_points(first, *points(place[0].index("A2"), box=[5, 6]))
    assert widget.chosen == ["A2"]


def test_the_toolbar_has_a_strip_of_its_own_that_saved_figures_lack(table, quotes):
    widget = JointDisplayWidget(table, quotes)
    plain = plot_joint_display(table)
    assert widget.figure.layout.margin.t == widget.figure.layout.height - plain.layout.height == 30
    assert widget.figure.get_state()["_config"]["modeBarButtons"] == [["select2d", "lasso2d", "resetScale2d"]]
    for width in ("single", "double"):
        saved, expected = fit_width(widget.figure, width), fit_width(plain, width)
        assert (saved.layout.height, saved.layout.margin.t or 0) == (expected.layout.height, 0)


def test_the_menu_chooses_a_child_and_marks_its_points(table, quotes, browser):
    widget = JointDisplayWidget(table, quotes)
    page = browser(widget.quotes)
    (state,) = page.say("choose", cases=["A2"])
    assert [quote["text"] for quote in state["state"]["quotes"]] == ["不想说"]
    assert all(len(trace.selectedpoints) == 1 for trace in traces_with_cases(widget))
    page.say("choose", cases=[])
    assert widget.chosen == []
    assert all(trace.selectedpoints is None for trace in traces_with_cases(widget))


def test_a_child_without_quotations_is_shown_as_such(table, quotes):
    widget = JointDisplayWidget(table, quotes)
    widget.choose(["A3", "nobody"])
    assert widget.chosen == ["A3"]
    assert shown(widget) == []


def test_quotations_stay_out_of_the_notebook(table, quotes):
    widget = JointDisplayWidget(table, quotes)
    widget.choose(["A1"])
    state = str({name: value for name, value in widget.quotes.get_state().items() if name != "_esm"})
    assert "我不过去" not in state


def test_wrong_messages_and_tables_are_refused(quotes, browser):
    page = browser(QuotePanel(quotes, cases=["A1"]))
    assert page.say("choose", cases="A1")[0]["code"] == "VALIDATION"
    with pytest.raises(DataError, match="no column 'text'"):
        QuotePanel(quotes.drop(columns="text"), cases=["A1"])
