"""The pre-post comparison as theses print it: M±SD before and after, difference with interval, t, p, d."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from qualkit.checks import require_between, require_choice, require_columns, require_rows
from qualkit.reports.cells import MISSING, p_text
from qualkit.reports.labels import column_label

_NEEDED = ("n", "mean_before", "sd_before", "mean_after", "sd_after", "difference", "ci_low", "ci_high")
_HEADS = {
    "zh": ("n", "前测(M±SD)", "后测(M±SD)", "差值 [{level}CI]", "t", "p", "Wilcoxon精确p", "d_z"),
    "en": (
        "n",
        "Before (M±SD)",
        "After (M±SD)",
        "Difference [{level} CI]",
        "t",
        "p",
        "Wilcoxon exact p",
        "d_z",
    ),
}


def describe_paired_change(
    paired: pd.DataFrame,
    *,
    by: str = "subscale",
    ci: float = 0.95,
    labels: Mapping[str, str] | None = None,
    language: str = "zh",
) -> pd.DataFrame:
    """One row per subscale, in text, ready for ``word_table``.

    Parameters
    ----------
    paired : DataFrame
        Result of ``paired_change``, or of ``theme_change`` with ``by="code"``.
    by : str
        Its first column: what the rows are.
    ci : float
        The level of the interval that was asked for there.
    labels : mapping, optional
        What to call the subscales.

    Examples
    --------
    >>> row = {"subscale": "total", "n": 10, "mean_before": 79.6, "sd_before": 5.76, "mean_after": 88.4}
    >>> row |= {"sd_after": 5.1, "difference": 8.8, "ci_low": 4.93, "ci_high": 12.67, "t": 5.142, "p_value": 0.00061}
    >>> described = describe_paired_change(pd.DataFrame([row]), language="en")
    >>> described.iloc[0].tolist()
    ['total', '10', '79.60±5.76', '88.40±5.10', '8.80 [4.93, 12.67]', '5.14', '<0.001', '—', '—']
    """
    require_choice("language", language, tuple(_HEADS))
    require_between("ci", ci, 0, 1)
    require_columns(paired, [by, *_NEEDED], what="paired change")
    require_rows(paired, what="paired change")
    rows = []
    for row in paired.to_dict("records"):
        name = str(row[by])
        interval = f"{_number(row['difference'])} [{_number(row['ci_low'])}, {_number(row['ci_high'])}]"
        rows.append(
            [
                labels.get(name, name) if labels else name,
                f"{row['n']:.0f}",
                f"{_number(row['mean_before'])}±{_number(row['sd_before'])}",
                f"{_number(row['mean_after'])}±{_number(row['sd_after'])}",
                interval if pd.notna(row["ci_low"]) else _number(row["difference"]),
                _number(row.get("t")),
                _p(row.get("p_value")),
                _p(row.get("wilcoxon_p_exact")),
                _number(row.get("cohen_dz")),
            ]
        )
    level = f"{100 * ci:g}%"
    heads = [head.replace("{level}", level) for head in _HEADS[language]]
    return pd.DataFrame(rows, columns=[column_label(by, language), *heads])


def _number(value: float | None) -> str:
    return MISSING if value is None or pd.isna(value) else f"{value:.2f}".replace("-", "−")


def _p(value: float | None) -> str:
    return MISSING if value is None or pd.isna(value) else p_text(value)
