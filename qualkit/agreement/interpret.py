"""Words for a coefficient of agreement, under a named and cited rule set."""

from __future__ import annotations

import math

from qualkit.checks import is_number, require_choice
from qualkit.errors import OptionError

# Lowest value of each class, from the top.
_RULES = {
    "landis1977": (
        (0.80, "almost perfect"),
        (0.60, "substantial"),
        (0.40, "moderate"),
        (0.20, "fair"),
        (0.0, "slight"),
        (-math.inf, "poor"),
    ),
    "krippendorff2019": ((0.80, "reliable"), (0.667, "tentative conclusions only"), (-math.inf, "not reliable")),
}


def interpret_agreement(estimate: float, *, rules: str) -> str | None:
    """The word a rule set gives to a coefficient; ``None`` when the coefficient is undefined.

    The thresholds are conventions of their authors, not laws. In Landis & Koch a class
    includes its upper end (0.60 is moderate), in Krippendorff its lower end (0.80 is reliable).

    Parameters
    ----------
    estimate : float
        A chance-corrected coefficient.
    rules : {"landis1977", "krippendorff2019"}
        The rule set; there is no default.

    References
    ----------
    Landis & Koch (1977), Biometrics 33(1), 159-174, p. 165 (for kappa).
    Krippendorff (2019), Content Analysis, 4th ed., ch. 12 (for alpha: 0.800 and 0.667).

    Examples
    --------
    >>> interpret_agreement(0.72, rules="landis1977"), interpret_agreement(0.72, rules="krippendorff2019")
    ('substantial', 'tentative conclusions only')
    """
    require_choice("rules", rules, tuple(_RULES))
    is_undefined = isinstance(estimate, float) and math.isnan(estimate)
    if not is_undefined and not (is_number(estimate) and estimate <= 1):
        raise OptionError(f"estimate={estimate!r} is no coefficient of agreement. Give one number, at most 1.")
    if math.isnan(estimate):
        return None
    includes_lower = rules == "krippendorff2019"
    for low, word in _RULES[rules]:
        if estimate > low or (estimate == low and (includes_lower or low == 0.0)):
            return word
    return None
