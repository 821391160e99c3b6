"""The joint display as one HTML page that needs no network: table, figure, and every case's quotations."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

from qualkit.atomic import write_atomically
from qualkit.checks import require_choice, require_columns, require_rows, require_text
from qualkit.model import FITS
from qualkit.reports.cells import MISSING, cell_text
from qualkit.reports.labels import column_label

_NO_CHARACTER = re.compile("[\ud800-\udfff]")
_PAGE = Path(__file__).parent / "page"
_NEEDED = ("case", "theme", "before", "after", "change", "class", "n_before", "n_after", "fit")

_WORDS = {
    "zh": {
        "quotes": "引文",
        "hint": "点击个案编号或图中的点，查看该个案的引文。",
        "back": "返回表格",
        "n_before": "前测片段",
        "n_after": "后测片段",
        "theme": "主题",
        "none": "没有编码片段。",
        "language": "zh-CN",
    },
    "en": {
        "quotes": "Quotations",
        "hint": "Choose a case, or a point of the figure, to see the quotations of that case.",
        "back": "back to the table",
        "n_before": "Segments before",
        "n_after": "Segments after",
        "theme": "Theme",
        "none": "No coded segments.",
        "language": "en",
    },
}


def html_joint_display(
    table: pd.DataFrame,
    title: str,
    *,
    quotations: pd.DataFrame | None = None,
    figure: go.Figure | None = None,
    path: str | os.PathLike[str] | None = None,
    labels: Mapping[str, str] | None = None,
    note: str | None = None,
    language: str = "zh",
) -> str:
    """A page to open, send or print; text of participants is shown as written and can run nothing.

    Parameters
    ----------
    table : DataFrame
        Result of ``joint_display``.
    title : str
    quotations : DataFrame, optional
        Codings to show below, by case: ``case``, ``code``, ``text`` and, if there, ``wave`` and ``citation``
        (see ``cite``). Without it the page shows the quotations of ``table``.
    figure : plotly Figure, optional
        Result of ``plot_joint_display``; the page then carries plotly (about 5 MB) and a click on a point leads
        to the quotations of the case.
    path : path, optional
        Where to save the page.
    labels : mapping, optional
        What to call themes, codes, waves and cases.
    note : str, optional
        Below the table; a line break starts a new line.

    Returns
    -------
    str
        The page.
    """
    require_choice("language", language, tuple(_WORDS))
    require_text("title", title)
    require_text("note", note or "")
    require_columns(table, _NEEDED, what="joint display")
    require_rows(table, what="joint display")
    anchors = {str(case): f"case-{number}" for number, case in enumerate(dict.fromkeys(table["case"]), start=1)}
    words = _WORDS[language]
    if quotations is not None:
        require_columns(quotations, ["case", "code", "text"], what="quotations")
    quotes = _quotes_of_table(table, language) if quotations is None else quotations
    sections = [_section(case, anchor, quotes, words, labels) for case, anchor in anchors.items()]
    body = [
        f"<h1>{escape(title)}</h1>",
        *_figure_parts(figure, anchors),
        f'<p class="hint">{escape(words["hint"])}</p>',
        _table(table, anchors, words, labels, language),
        *(f'<p class="note">{escape(line)}</p>' for line in (note or "").split("\n") if line.strip()),
        f"<h2>{escape(words['quotes'])}</h2>",
        *sections,
    ]
    # Halves of characters, from a broken file, cannot be written.
    page = _NO_CHARACTER.sub("\ufffd", _frame(title, body, _scripts(figure), words["language"]))
    if path is not None:
        write_atomically(Path(path), page.encode())
    return page


def _frame(title: str, body: list[str], scripts: list[str], language: str) -> str:
    # The policy forbids every request and every script but those whose hash it names.
    style = (_PAGE / "joint.css").read_text("utf-8")
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts) or "'none'"
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; script-src {hashes}"
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{language}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{escape(title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            '<body><main id="top">',
            *body,
            "</main>",
            *(f"<script>{script}</script>" for script in scripts),
            "</body>",
            "</html>",
            "",
        ]
    )


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _scripts(figure: go.Figure | None) -> list[str]:
    if figure is None:
        return []
    from plotly.offline import get_plotlyjs

    # A carriage return would be changed by the browser before it takes the hash.
    return [get_plotlyjs().replace("\r", ""), (_PAGE / "joint.js").read_text("utf-8")]


def _figure_parts(figure: go.Figure | None, anchors: Mapping[str, str]) -> list[str]:
    if figure is None:
        return []
    content = json.loads(go.Figure(figure).update_layout(meta=None, autosize=True).to_json())
    data = json.dumps({"figure": content, "anchors": dict(anchors)}, ensure_ascii=False)
    # Inside a script element only "<" could end it or begin a comment.
    safe = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return [
        f'<div id="figure" style="height:{figure.layout.height or 400}px"></div>',
        f'<script type="application/json" id="figure-data">{safe}</script>',
    ]


def _table(table: pd.DataFrame, anchors, words: Mapping[str, str], labels, language: str) -> str:
    columns = ["case", "theme", "before", "after", "change", "class", "n_before", "n_after", "fit"]
    heads = [words.get(name) or column_label(name, language, None) for name in columns]
    rows = [_row(row, columns, anchors, labels, language) for row in table.to_dict("records")]
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    return "\n".join(["<table>", f"<thead><tr>{head}</tr></thead>", "<tbody>", *rows, "</tbody>", "</table>"])


def _row(row: Mapping, columns: list[str], anchors, labels, language: str) -> str:
    cells = []
    for name in columns:
        value = _name(row[name], labels) if name in ("case", "theme") else row[name]
        text = escape(cell_text(value, name, decimals=1, language=language, labels=labels))
        if name == "case":
            text = f'<a href="#{anchors[str(row[name])]}">{text}</a>'
        cells.append(f'<td class="{name}">{text}</td>')
    kind = row["fit"] if row["fit"] in FITS else "unknown"
    return f'<tr class="{kind}">{"".join(cells)}</tr>'


def _section(case: str, anchor: str, quotes: pd.DataFrame, words: Mapping[str, str], labels) -> str:
    rows = quotes[quotes["case"].astype(str) == case].to_dict("records")
    items = [_quote(row, labels) for row in rows] or [f"<p>{escape(words['none'])}</p>"]
    head = f'<h3>{escape(_name(case, labels))} <a class="back" href="#top">{escape(words["back"])}</a></h3>'
    return "\n".join([f'<section id="{anchor}">', head, *items, "</section>"])


def _quote(row: Mapping, labels) -> str:
    about = [_name(row[name], labels) for name in ("wave", "code") if isinstance(row.get(name), str) and row[name]]
    source = row.get("citation") if isinstance(row.get("citation"), str) else ""
    text = row["text"] if isinstance(row["text"], str) else MISSING
    return (
        f"<blockquote><p>{escape(text)}</p>"
        f"<footer>{escape(' · '.join(about))} {escape(str(source))}</footer></blockquote>"
    )


def _quotes_of_table(table: pd.DataFrame, language: str) -> pd.DataFrame:
    rows = []
    for row in table.to_dict("records"):
        for when in ("before", "after"):
            text = row.get(f"quote_{when}")
            if isinstance(text, str) and text:
                about = {"case": row["case"], "wave": column_label(when, language), "code": row["theme"]}
                rows.append({**about, "text": text, "citation": row.get(f"citation_{when}")})
    return pd.DataFrame(rows, columns=["case", "wave", "code", "text", "citation"])


def _name(key: object, labels: Mapping[str, str] | None) -> str:
    text = str(key)
    return labels.get(text, text) if labels else text
