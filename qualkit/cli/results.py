"""The results of one project, from its tables to the files of a results chapter."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from qualkit import agreement, change, displays, figures, reports
from qualkit.errors import DataError
from qualkit.project import Project

_TITLES = {
    "zh": {
        "participants": "表1-1 访谈对象基本情况",
        "agreement": "表1-2 两位编码者的一致性（话轮层面）",
        "change": "表1-3 量表前后测比较",
        "cases": "表1-4 组员的可信变化（RCI）",
        "trend": "表1-5 各维度的变化次序",
        "joint": "表1-6 量表变化与访谈主题的联合展示",
        "page": "联合展示：量表变化与访谈主题",
        "tables": "表格.docx",
        "html": "联合展示.html",
    },
    "en": {
        "participants": "Table 1-1 Participants",
        "agreement": "Table 1-2 Agreement between two coders (turns)",
        "change": "Table 1-3 Scales before and after",
        "cases": "Table 1-4 Reliable change of each member (RCI)",
        "trend": "Table 1-5 Order of change of the subscales",
        "joint": "Table 1-6 Joint display of scale change and interview themes",
        "page": "Joint display: scale change and interview themes",
        "tables": "tables.docx",
        "html": "joint_display.html",
    },
}

_FIGURES = {
    "zh": ("图1-1 前后测变化", "图1-2 组员与编码", "图1-3 联合展示"),
    "en": ("Figure 1-1 change", "Figure 1-2 members and codes", "Figure 1-3 joint display"),
}

_NOTES = {
    "zh": {
        "agreement": "单位为受访者的话轮；95%CI由话轮重抽样（自助法）得出。",
        "change": "n小，均值差与置信区间仅供参考；同时给出精确检验。常模与样本的说明见正文。",
        "cases": "RCI绝对值大于1.96为可信变化；标准差与信度取自量表常模。",
        "trend": "Page趋势检验，预期改善量（RCI）{order}，在每名组员内比较；精确单侧p。样本小，以描述为主。",
        "joint": "一致：量表与访谈同向；互补：量表无可信变化而访谈有；矛盾：量表有可信变化而访谈不随或相反；"
        "缺失：一方没有材料，或编码片段太少，看不出增减。引文按固定规则选取典型片段。",
        "stamp": "数据状态：",
    },
    "en": {
        "agreement": "Units are the turns of the informants; 95% CI by resampling turns (bootstrap).",
        "change": "Small n: read means and intervals with care; exact tests stand beside them.",
        "cases": "|RCI| above 1.96 is a reliable change; SD and reliability are the scale's norms.",
        "trend": "Page's trend test within members, gain (RCI) expected {order}; exact one-sided p. "
        " The sample is small: describe first.",
        "joint": "Convergent: scale and interviews go the same way. Complementary: no reliable change on the "
        "scale, but in the interviews. Divergent: a reliable change that the interviews do not follow. Silent: one "
        "side has no material, or too few segments to tell. Quotations are chosen by rule.",
        "stamp": "State of the data: ",
    },
}

_PARTICIPANTS = ("case", "role", "site", "sex", "age", "grade", "guardian")


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Every table of the results chapter, and what is needed to draw and cite them."""

    language: str
    stamp: str
    labels: dict[str, str]
    waves: tuple[str, str]
    cases: pd.DataFrame
    members: pd.DataFrame
    scores: pd.DataFrame
    agreement: pd.DataFrame | None
    change: pd.DataFrame
    reliable: pd.DataFrame
    trend: pd.DataFrame | None
    matrix: pd.DataFrame
    joint: pd.DataFrame
    quotations: pd.DataFrame

    @classmethod
    def of(cls, project: Project, *, coder: str | None = None, language: str = "zh") -> Results:
        """Compute them all; ``coder`` is whose codings count beside the scale, the first by name unless given."""
        links = theme_links(project)
        scale = project.scales.get(str(project.codebook.get().linked_scale["id"]))
        before, after = project.waves[0], project.waves[-1]
        codings, turns, sources = project.codings.table(), project.turns.table(), project.sources.table()
        cases, scores = project.cases.table(), project.scores.table()
        members = cases[cases["role"] == "member"].reset_index(drop=True)
        coder = coder or min(codings["coder"])
        themes = list(links.values())
        improvement = scale.improvement or "increase"
        reliable = change.reliable_change(
            scores, before=before, after=after, sd=scale.sd, reliability=scale.reliability, improvement=improvement
        )
        joint = displays.joint_display(
            codings, scores, reliable, turns, links=links, before=before, after=after, cases=members, coder=coder,
            language=language,
        )  # fmt: skip
        quotations = codings[(codings["coder"] == coder) & codings["case"].isin(members["case"])]
        return cls(
            language=language,
            stamp=project.state_stamp(),
            labels={**code_labels(project, language), **scale_labels(scale, language)},
            waves=(before, after),
            cases=cases,
            members=members,
            scores=scores,
            agreement=agreement_of(codings, turns, themes),
            change=change.paired_change(scores, before=before, after=after),
            reliable=reliable,
            trend=order_of_change(reliable, list(links), improvement=improvement),
            matrix=displays.code_by_case(codings, members, turns, codes=leaves_of(project, themes), coder=coder),
            joint=reports.cite_joint_display(joint, sources, cases, language=language),
            quotations=reports.cite(quotations, sources, cases, language=language),
        )


def theme_links(project: Project) -> dict[str, str]:
    """Subscale → theme of the codebook, as the codebook links them."""
    linked = project.codebook.get().linked_scale
    if not linked.get("dimensions"):
        raise DataError(
            "The codebook names no linked_scale. Add to the codebook: linked_scale: {id: the scale, "
            "dimensions: {subscale: key of the theme}}."
        )
    dimensions: Any = linked["dimensions"]
    return dict(dimensions)


def leaves_of(project: Project, themes: list[str]) -> list[str]:
    """Codes below the themes that have no code below themselves, in the order of the codebook."""
    codes = project.codes.table()
    parents = set(codes["parent"].dropna())
    return [key for key in codes["code"] if key not in parents and key.startswith(tuple(f"{one}." for one in themes))]


def code_labels(project: Project, language: str) -> dict[str, str]:
    """What the codebook calls its codes."""
    codes = project.codes.table()
    return dict(zip(codes["code"], codes[f"label_{language}"].fillna(codes["code"]), strict=True))


def scale_labels(scale, language: str) -> dict[str, str]:
    """What the scale calls its subscales."""
    return {name: texts.get(language, name) for name, texts in scale.labels.items()}


def agreement_of(codings: pd.DataFrame, turns: pd.DataFrame, themes: list[str]) -> pd.DataFrame | None:
    """Agreement per theme; ``None`` when one coder worked alone."""
    if codings["coder"].nunique() < 2:
        return None
    return agreement.agreement_by_code(agreement.turn_ratings(codings, turns, codes=themes))


def order_of_change(reliable: pd.DataFrame, order: list[str], *, improvement: str) -> pd.DataFrame | None:
    """Whether members changed most in the first subscale of ``order`` and least in the last; raw scores never meet.

    Each member's change is taken in units of its standard error (RCI), with improvement positive. The
    order is the one in which the codebook links subscales to themes; ``None`` for fewer than three.
    """
    if len(order) < 3:
        return None
    gain = reliable.assign(gain=reliable["rci"] * (-1 if improvement == "decrease" else 1))
    return change.page_trend(gain, order=order[::-1], condition="subscale", value="gain")


def write_documents(results: Results, folder: Path) -> list[Path]:
    """The Word tables and the joint display as HTML page."""
    language, titles, notes = results.language, _TITLES[results.language], _NOTES[results.language]
    document = reports.new_document(language=language)
    shared: dict[str, Any] = {"document": document, "labels": results.labels, "language": language}

    def note(name: str) -> str:
        return "\n".join(filter(None, [notes.get(name), notes["stamp"] + results.stamp]))

    reports.word_table(
        results.cases, titles["participants"], columns=_PARTICIPANTS, note=note("participants"), **shared
    )
    if results.agreement is not None:
        columns = ["code", "n_units", "percent_agreement", "cohen_kappa", "krippendorff_alpha"]
        columns += ["krippendorff_alpha_ci_low", "krippendorff_alpha_ci_high"]
        reports.word_table(results.agreement, titles["agreement"], columns=columns, note=note("agreement"), **shared)
    paired = reports.describe_paired_change(results.change, labels=results.labels, language=language)
    reports.word_table(paired, titles["change"], note=note("change"), **shared)
    columns = ["subscale", "case", "before", "after", "change", "rci", "class"]
    reports.word_table(results.reliable, titles["cases"], columns=columns, note=note("cases"), **shared)
    if results.trend is not None:
        order = [results.labels.get(name, name) for name in dict.fromkeys(results.joint["subscale"])]
        expected = ("＜" if language == "zh" else " < ").join(reversed(order))
        columns = ["statistic", "estimate", "maximum", "share", "p_value", "n"]
        trend_note = note("trend").replace("{order}", expected)
        reports.word_table(results.trend, titles["trend"], columns=columns, note=trend_note, **shared)
    reports.word_joint_display(results.joint, titles["joint"], paired=results.change, note=note("joint"), **shared)

    tables, page = folder / titles["tables"], folder / titles["html"]
    reports.save_document(document, tables)
    reports.html_joint_display(
        results.joint, titles["page"], quotations=results.quotations, figure=draw(results)[2], path=page,
        labels=results.labels, note=note("joint"), language=language,
    )  # fmt: skip
    return [tables, page]


def draw(results: Results) -> tuple:
    """Slope chart, heat map and joint display as plotly figures."""
    shared: dict[str, Any] = {"labels": results.labels, "language": results.language}
    before, after = results.waves
    return (
        figures.plot_slope_change(results.scores, before=before, after=after, reliable=results.reliable, **shared),
        figures.plot_heat_map(results.matrix, **shared),
        figures.plot_joint_display(results.joint, **shared),
    )


def write_images(results: Results, folder: Path) -> list[Path]:
    """The figures as svg, pdf and png, 8 and 14 cm wide."""
    names = _FIGURES[results.language]
    drawn = dict(zip(names, draw(results), strict=True))
    return figures.save_figures(drawn, folder=folder, widths=("single", "double"), language=results.language)
