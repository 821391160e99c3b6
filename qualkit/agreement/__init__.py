"""Do coders agree? Coefficients for two and more coders on the same units, with intervals and what to settle."""

from qualkit.agreement.by_code import agreement_by_code
from qualkit.agreement.cohen import cohen_kappa
from qualkit.agreement.disagreements import disagreements
from qualkit.agreement.interpret import interpret_agreement
from qualkit.agreement.krippendorff import krippendorff_alpha
from qualkit.agreement.percent import percent_agreement
from qualkit.agreement.units import turn_ratings

__all__ = [
    "agreement_by_code",
    "cohen_kappa",
    "disagreements",
    "interpret_agreement",
    "krippendorff_alpha",
    "percent_agreement",
    "turn_ratings",
]
