"""Scales: which item belongs where, from answers to scores, how reliable the scores are."""

from qualkit.scales.definition import Norm, Scale
from qualkit.scales.reading import check_scale, read_scale
from qualkit.scales.reliability import alpha_by_subscale, cronbach_alpha

__all__ = ["Norm", "Scale", "alpha_by_subscale", "check_scale", "cronbach_alpha", "read_scale"]
