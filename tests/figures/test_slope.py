from itertools import pairwise

import pandas as pd
import pytest

from qualkit.errors import DataError
from qualkit.figures import plot_slope_change


def _drawn(figure):
    return [trace for trace in figure.data if trace.customdata is not None]


def test_each_child_is_one_line_in_the_panel_of_the_subscale(figure_scores):
    figure = plot_slope_change(figure_scores, before="pre", after="post")
    lines = {tuple(trace.customdata[0]): (trace.xaxis, *trace.y) for trace in _drawn(figure)}
    assert len(lines) == 15
    assert lines["A1", "withdrawal"] == ("x", 19, 8)
    assert lines["A4", "aggressive"] == ("x3", 19, 23)


def test_the_mean_is_of_those_measured_twice(figure_scores):
    figure = plot_slope_change(figure_scores, before="pre", after="post")
    mean = next(trace for trace in figure.data if trace.line.width == 3 and trace.xaxis == "x")
    assert list(mean.y) == pytest.approx([(19 + 9 + 20 + 15) / 4, (8 + 9 + 14 + 9) / 4])


def test_who_was_measured_once_is_named(figure_scores):
    figure = plot_slope_change(figure_scores, before="pre", after="post", language="zh")
    texts = [note.text for note in figure.layout.annotations]
    assert "缺前测或后测：A5" in texts
    assert "withdrawal（n = 4）" in texts


def test_a_reliable_change_differs_by_more_than_colour(figure_scores, reliable):
    figure = plot_slope_change(figure_scores, before="pre", after="post", reliable=reliable)
    lines = {tuple(trace.customdata[0]): trace for trace in _drawn(figure)}
    strong, weak = lines["A1", "withdrawal"], lines["A2", "withdrawal"]
    assert (strong.line.dash, weak.line.dash) == (None, "2px,2px")
    assert (strong.marker.color != "white", weak.marker.color) == (True, "white")


@pytest.mark.parametrize("width", ["single", "double"])
def test_labels_of_children_do_not_overlap(figure_scores, width):
    figure = plot_slope_change(figure_scores, before="pre", after="post")
    layout = figure.layout.meta["layouts"][width]
    axis = layout["yaxis2"]
    pixels = (axis["domain"][1] - axis["domain"][0]) * layout["height"]
    unit = pixels / (axis["range"][1] - axis["range"][0])
    labels = [note for note in layout["annotations"] if note.get("xref") == "x2"]
    places = sorted(note["y"] * unit - note["ay"] for note in labels)
    assert len(places) == 5
    assert min(second - first for first, second in pairwise(places)) > 10.9


def test_labels_of_a_user_are_shown_as_written(figure_scores):
    labels = {"withdrawal": "<b>退缩</b>", "A1": "<a href='x'>A1</a>"}
    figure = plot_slope_change(figure_scores, before="pre", after="post", labels=labels)
    json = figure.to_json()
    assert "<b>" not in json
    assert "<a " not in json
    assert "\\u003cb\\u003e" not in json
    assert "\\u003ca" not in json
    assert any("&lt;b&gt;退缩&lt;/b&gt;" in note.text for note in figure.layout.annotations)


def test_a_wave_that_is_not_there_is_named(figure_scores):
    with pytest.raises(DataError, match=r"no row has wave='follow-up'. The table has 'pre', 'post'"):
        plot_slope_change(figure_scores, before="pre", after="follow-up")


def test_two_scores_of_one_child_at_one_wave_are_refused(figure_scores):
    doubled = pd.concat([figure_scores, figure_scores.iloc[:1]])
    with pytest.raises(DataError, match="withdrawal, A1 has two rows for 'pre'"):
        plot_slope_change(doubled, before="pre", after="post")


def test_reliable_change_without_the_subscale_is_refused(figure_scores, reliable):
    with pytest.raises(DataError, match="has no column 'subscale', but the scores have several"):
        plot_slope_change(figure_scores, before="pre", after="post", reliable=reliable.drop(columns="subscale"))


def test_the_table_is_not_changed(figure_scores):
    copy = figure_scores.copy()
    plot_slope_change(figure_scores, before="pre", after="post")
    pd.testing.assert_frame_equal(figure_scores, copy)


@pytest.mark.parametrize(
    ("column", "cells"), [("score", float("inf")), ("score", "x"), ("subscale", None), ("case", None)]
)
def test_scores_that_cannot_be_drawn_are_refused(column, cells):
    scores = pd.DataFrame({"subscale": "contact", "case": "A1", "wave": ["pre", "post"], "score": [9, 5]})
    with pytest.raises(DataError, match="scores: "):
        plot_slope_change(scores.assign(**{column: cells}), before="pre", after="post")
