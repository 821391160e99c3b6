"""Change of themes: does a theme come up less in the words of the same cases later on?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from qualkit.change.paired import paired_change
from qualkit.checks import require_columns, require_keys, require_numbers


def theme_change(
    rates: pd.DataFrame,
    *,
    before: str,
    after: str,
    ci: float = 0.95,
    n_resamples: int = 20_000,
    rng: int | np.random.Generator = 1,
) -> pd.DataFrame:
    """Paired change of coded evidence per 1,000 characters, theme by theme.

    Only cases who were asked and spoke in both waves count; the others are named in ``note``.
    The rate depends on what was asked and how the talk went: read it beside the quotations.

    Parameters
    ----------
    rates : DataFrame
        As ``qualkit.displays.theme_rates`` gives it: ``code`` (the theme), ``case``,
        ``wave``, ``rate_per_1000``, ``status``.
    before, after : str
        The two waves.
    ci, n_resamples, rng
        As in ``paired_change``.

    Returns
    -------
    DataFrame, one row per theme
        ``code``, then the columns of ``paired_change`` in segments per 1,000 characters.

    References
    ----------
    Sandelowski, Voils & Knafl (2009), Journal of Mixed Methods Research 3(3), 208-222 (what
    counting codes means). The tests: see ``paired_change``.

    Examples
    --------
    >>> rates = pd.DataFrame({"code": "type.withdrawal", "case": ["A1", "A2", "A3"] * 2, "status": "asked",
    ...     "wave": ["pre"] * 3 + ["post"] * 3, "rate_per_1000": [8.0, 6.0, 7.0, 3.0, 4.0, 6.0]})
    >>> theme_change(rates, before="pre", after="post")[["code", "n", "mean_before", "difference"]].round(2)
                  code  n  mean_before  difference
    0  type.withdrawal  3          7.0       -2.67
    """
    require_columns(rates, ["code", "case", "wave", "rate_per_1000", "status"], what="rates")
    require_keys(rates, ["code", "case", "wave"], what="rates")
    require_numbers(rates, "rate_per_1000", what="rates", of="case")
    asked = rates.assign(rate_per_1000=rates["rate_per_1000"].where(rates["status"] == "asked"))
    return paired_change(
        asked,
        before=before,
        after=after,
        value="rate_per_1000",
        by="code",
        ci=ci,
        n_resamples=n_resamples,
        rng=rng,
    )
