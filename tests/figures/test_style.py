import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import OptionError
from qualkit.figures.style import as_written, fit_width, house_figure, theme_look, wrap


@given(st.text())
def test_no_text_of_a_user_can_be_markup_or_a_formula(text):
    shown = as_written(text)
    assert "<" not in shown
    assert "$" not in shown
    assert "\n" not in shown


def test_a_character_that_looks_like_an_entity_is_shown_as_written():
    assert as_written("&lt;b&gt;") == "&amp;lt;b&amp;gt;"


def test_breaks_are_the_only_markup_of_a_wrapped_label():
    assert wrap("<b>监护人约束力不足", 50, 10) == "&lt;b&gt;监护人<br>约束力不足"


def test_a_figure_has_a_layout_of_its_own_for_each_width():
    figure = house_figure([], {"single": {"height": 500}, "double": {"height": 300}})
    single, double = fit_width(figure, "single"), fit_width(figure, "double")
    assert (single.layout.width, single.layout.height) == (302, 500)
    assert (double.layout.width, double.layout.height) == (529, 300)
    assert figure.layout.width is None


def test_a_figure_made_elsewhere_gets_the_width_and_a_height():
    fitted = fit_width(go.Figure(go.Scatter(y=[1, 2])), "single")
    assert (fitted.layout.width, fitted.layout.height) == (302, 205)


def test_a_width_that_is_not_known_is_refused():
    with pytest.raises(OptionError, match="width='wide' is not known"):
        fit_width(go.Figure(), "wide")


def test_the_first_themes_differ_in_colour_marker_and_dash():
    looks = [theme_look(number) for number in range(8)]
    for attribute in ("color", "symbol", "dash"):
        assert len({getattr(look, attribute) for look in looks}) == 8
