"""The widgets of the notebook: coding a transcript, naming its speakers, quotations beside a joint display."""

from qualkit.widgets.coder import CodingWidget
from qualkit.widgets.figure_saver import FigureSaver
from qualkit.widgets.joint import JointDisplayWidget
from qualkit.widgets.speakers import SpeakersWidget

__all__ = ["CodingWidget", "FigureSaver", "JointDisplayWidget", "SpeakersWidget"]
