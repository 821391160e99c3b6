"""The widgets of the notebook: the workbench, and its parts alone; quotations beside a joint display."""

from qualkit.widgets.coder import CodingWidget
from qualkit.widgets.figure_saver import FigureSaver
from qualkit.widgets.joint import JointDisplayWidget
from qualkit.widgets.speakers import SpeakersWidget
from qualkit.widgets.workbench import Workbench

__all__ = ["CodingWidget", "FigureSaver", "JointDisplayWidget", "SpeakersWidget", "Workbench"]
