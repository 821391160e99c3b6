"""Tables become plotly figures in one house style, and figures become files for a thesis."""

from qualkit.figures.browser import find_browser
from qualkit.figures.export import save_figure, save_figures
from qualkit.figures.fonts import choose_fonts
from qualkit.figures.heat_map import plot_heat_map
from qualkit.figures.joint_display import plot_joint_display
from qualkit.figures.slope import plot_slope_change
from qualkit.figures.style import fit_width

__all__ = [
    "choose_fonts",
    "find_browser",
    "fit_width",
    "plot_heat_map",
    "plot_joint_display",
    "plot_slope_change",
    "save_figure",
    "save_figures",
]
