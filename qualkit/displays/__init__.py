"""Codes by cases and waves, typical quotations, and the joint display of words and numbers."""

from qualkit.displays.completeness import completeness_matrix
from qualkit.displays.fit import fit_label
from qualkit.displays.frequencies import survey_frequencies
from qualkit.displays.joint import joint_display
from qualkit.displays.matrix import code_by_case, code_by_wave
from qualkit.displays.quantitize import theme_rates
from qualkit.displays.quotes import quotes_of

__all__ = [
    "code_by_case",
    "code_by_wave",
    "completeness_matrix",
    "fit_label",
    "joint_display",
    "quotes_of",
    "survey_frequencies",
    "theme_rates",
]
