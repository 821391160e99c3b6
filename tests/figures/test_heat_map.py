import numpy as np
import pandas as pd
import pytest

from qualkit.errors import DataError, OptionError
from qualkit.figures import plot_heat_map


def test_cells_hold_the_rates_in_the_order_of_the_table(matrix):
    cells = plot_heat_map(matrix).data[0]
    assert np.array(cells.z[0], float) == pytest.approx([5.1, 0, 1.7])
    assert list(cells.customdata[1][0]) == ["A1", "type.cathartic.outburst"]


def test_not_asked_is_no_zero_but_hatched_with_a_dash(matrix):
    figure = plot_heat_map(matrix)
    assert np.isnan(figure.data[0].z[1][2])
    assert [note.text for note in figure.layout.annotations if note.x == 2 and note.y == 1] == ["—"]
    assert [note.text for note in figure.layout.annotations if note.x == 1 and note.y == 0] == ["0"]
    assert sum(shape.type == "line" for shape in figure.layout.shapes) == 5


def test_the_meaning_of_the_dash_is_written_below(matrix):
    assert plot_heat_map(matrix, language="zh").layout.annotations[-1].text == "每千字编码数；— 未问及"


def test_asked_but_nothing_spoken_is_not_hatched(matrix):
    matrix = matrix.assign(n_segments=matrix["n_segments"].astype("Int64"))
    matrix.loc[0, "rate_per_1000"] = None
    matrix.loc[5, "n_segments"] = pd.NA
    figure = plot_heat_map(matrix, language="en")
    assert figure.layout.annotations[0].text == "/"
    assert figure.layout.annotations[-1].text == "codings per 1,000 characters; — not asked; / nothing spoken"
    assert sum(shape.type == "line" for shape in figure.layout.shapes) == 5
    assert plot_heat_map(matrix, value="n_segments").data[0].z[0][0] == 3


def test_more_is_darker(matrix):
    shapes = [shape for shape in plot_heat_map(matrix).layout.shapes if shape.type == "rect"]
    fills = {(shape.x0, shape.y0): shape.fillcolor for shape in shapes if shape.fillcolor}
    assert fills[0.5, 0.5] == "#332288"
    assert fills[0.5, -0.5] == "#ffffff"


def test_counts_can_be_shown_instead(matrix):
    figure = plot_heat_map(matrix, value="n_segments", language="en")
    assert list(figure.data[0].z[0]) == [3, 0, 1]


def test_labels_of_a_user_are_shown_as_written(matrix):
    figure = plot_heat_map(matrix, labels={"type.withdrawal.silence": "<i>沉默</i>", "A1": "$A$"})
    assert figure.layout.yaxis.ticktext[0] == "&lt;i&gt;沉默&lt;/i&gt;"
    assert figure.layout.xaxis.ticktext[0] == "&#36;A&#36;"


def test_two_rows_for_one_cell_are_refused(matrix):
    with pytest.raises(DataError, match="have more than one row"):
        plot_heat_map(pd.concat([matrix, matrix]))


def test_another_number_is_refused(matrix):
    with pytest.raises(OptionError, match="value='n_characters' is not known"):
        plot_heat_map(matrix, value="n_characters")


@pytest.mark.parametrize("value", [float("inf"), -1.0, "x", 1j])
def test_rates_that_cannot_be_drawn_are_refused(value):
    matrix = pd.DataFrame({"code": ["a", "b"], "case": "A1", "rate_per_1000": [value, value], "status": "asked"})
    with pytest.raises(DataError, match="matrix: "):
        plot_heat_map(matrix)


def test_sixty_cases_by_thirty_codes_with_markup_for_names_are_drawn_as_written():
    rows = [(f"<b>{code}</b>", f"A{case} $x$", 1.0) for code in range(30) for case in range(60)]
    matrix = pd.DataFrame(rows, columns=["code", "case", "rate_per_1000"]).assign(status="asked")
    figure = plot_heat_map(matrix)
    assert figure.layout.yaxis.ticktext[0] == "&lt;b&gt;0&lt;/b&gt;"
    assert figure.layout.xaxis.ticktext[0] == "A0 &#36;x&#36;"
    assert figure.data[0].z.shape == (30, 60)
