"""The public face: names, calls and columns that other people's notebooks rely on, with answers known beforehand."""

import inspect
from pathlib import Path

import pandas as pd
import pytest

import qualkit as qk
from qualkit import tables
from qualkit.errors import DataError, ProjectError, QualkitError

PUBLISHED = Path(__file__).parent / "data" / "published"
SAMPLES = Path(__file__).parent / "data" / "samples"

TEXT = "访谈者：下课的时候你一般做什么？\nA3：自己待着。（低头）\n访谈者：不跟他们玩？\nA3：我过去，他们也不说话。😀\n"

AGREEMENT = ["statistic", "estimate", "ci_low", "ci_high", "n_units", "n_coders", "note"]

PAIRED_CHANGE = [
    *("n", "mean_before", "sd_before", "mean_after", "sd_after", "difference", "ci_low", "ci_high", "t", "df"),
    *("p_value", "wilcoxon_p_exact", "permutation_p", "cohen_dz", "hedges_gz", "rank_biserial", "p_holm", "note"),
]

SUBMODULES = {
    "agreement": ["percent_agreement", "cohen_kappa", "krippendorff_alpha"],
    "scales": ["read_scale", "cronbach_alpha"],
    "change": ["paired_change", "reliable_change", "jonckheere_trend", "page_trend"],
    "displays": ["code_by_case", "code_by_wave", "joint_display"],
    "figures": ["plot_joint_display", "plot_heat_map", "plot_slope_change", "save_figure"],
    "reports": ["word_table"],
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deviance.qualkit"


@pytest.fixture
def project(path):
    with qk.create_project(path, title="交往偏差", prefix="DEV") as project:
        yield project


@pytest.fixture
def source(project):
    return project.sources.add_text("A3 before", TEXT, kind="interview", case="A3", wave="pre")


def start_of(words):
    return TEXT.index(words)


def in_this_order(columns, table):
    return [name for name in table.columns if name in columns]


@pytest.mark.parametrize(
    "name", ["create_project", "open_project", "read_sources", "read_codebook", "check_codebook", "write_codebook"]
)
def test_the_package_itself_gives_the_names_one_begins_with(name):
    assert callable(getattr(qk, name))


@pytest.mark.parametrize(("module", "name"), [(module, name) for module in SUBMODULES for name in SUBMODULES[module]])
def test_each_method_is_reached_through_its_folder(module, name):
    assert callable(getattr(getattr(qk, module), name))


@pytest.mark.parametrize(
    ("function", "positional", "options"),
    [
        (qk.agreement.percent_agreement, ["ratings"], {"unit": "unit", "coder": "coder", "value": "value"}),
        (qk.agreement.cohen_kappa, ["ratings"], {"unit": "unit", "coder": "coder", "value": "value"}),
        (qk.agreement.krippendorff_alpha, ["ratings"], {"unit": "unit", "coder": "coder", "value": "value"}),
        (
            qk.change.paired_change,
            ["scores"],
            {"case": "case", "wave": "wave", "value": "score", "by": "subscale", "ci": 0.95},
        ),
    ],
)
def test_data_come_first_and_options_by_name_with_their_usual_values(function, positional, options):
    parameters = inspect.signature(function).parameters.values()
    assert [one.name for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD] == positional
    usual = {one.name: one.default for one in parameters if one.kind is one.KEYWORD_ONLY}
    assert usual == usual | options


def test_a_project_is_made_once_and_opened_by_its_coder(path, project):
    with pytest.raises(ProjectError, match="exists already"):
        qk.create_project(path, title="another", prefix="RES")
    project.close()
    with qk.open_project(path, coder="Lin") as opened:
        assert (opened.title, opened.prefix, opened.coder) == ("交往偏差", "DEV", "Lin")


def test_sources_codes_and_codings_are_added_as_promised_and_give_their_ids(project, source):
    above = project.codes.add("type")
    code = project.codes.add("type.withdrawal", parent=above, label={"zh": "退缩型", "en": "withdrawal"})
    start = start_of("自己待着")
    coding = project.codings.add(source, start, start + 4, code, coder=None, memo="第一次", weight=2)
    by_key = project.codings.add(source, start, start + 4, "type.withdrawal", coder="Lin")
    table = project.codings.table().set_index("coding_id")
    assert list(table.index) == [coding, by_key]
    row = table.loc[coding]
    assert [row["source_id"], row["start"], row["end"], row["text"]] == [source, start, start + 4, "自己待着"]
    assert [row["code"], row["case"], row["wave"]] == ["type.withdrawal", "A3", "pre"]
    assert [row["memo"], row["weight"]] == ["第一次", 2]
    assert table["coder"].tolist()[1] == "Lin"
    assert all(one.startswith("DEV-") for one in (source, above, code, coding))


def test_a_coding_is_on_disk_when_its_id_is_returned(path, project, source):
    code = project.codes.add("type.withdrawal")
    coding = project.codings.add(source, start_of("我过去"), start_of("我过去") + 3, code)
    with qk.open_project(path, coder="Zhao") as elsewhere:
        assert elsewhere.codings.table()["coding_id"].tolist() == [coding]


def test_removal_is_undone_and_done_again(project, source):
    coding = project.codings.add(source, 0, 3, project.codes.add("method"))
    project.codings.remove(coding)
    assert project.codings.table().empty
    project.undo()
    assert project.codings.table()["coding_id"].tolist() == [coding]
    project.redo()
    assert project.codings.table().empty


def test_a_sound_project_has_no_problems(project, source):
    project.codings.add(source, 0, 3, project.codes.add("method"))
    problems = project.check()
    assert isinstance(problems, pd.DataFrame)
    assert problems.empty


@pytest.mark.parametrize(
    ("section", "columns"),
    [
        ("sources", ["source_id", "name", "kind", "case", "wave"]),
        ("codings", ["coding_id", "source_id", "start", "end", "text", "code", "coder", "case", "wave"]),
        ("turns", ["source_id", "turn", "speaker", "case", "wave", "start", "end"]),
        ("cases", ["case", "role", "site"]),
        ("scores", ["scale", "subscale", "case", "wave", "score"]),
    ],
)
def test_tables_have_their_columns_in_this_order_even_without_rows(project, section, columns):
    table = getattr(project, section).table()
    assert in_this_order(columns, table) == columns
    assert table.empty


@pytest.mark.parametrize("description", [one for one in tables.ALL if one.name != "ratings"], ids=lambda one: one.name)
def test_each_table_of_a_project_has_the_columns_that_are_described(project, description):
    table = getattr(project, description.name).table()
    assert in_this_order(description.columns, table) == list(description.columns)


def tables_of_material(project, source):
    """The tables that sections give beside their own, by the name they are described under."""
    return {
        "relations": project.cases.relations(),
        "attendance": project.sessions.attendance_table(),
        "consents": project.consents.table(),
        "absences": project.absences.table(),
        "attribute_types": project.cases.attribute_types(),
        "completeness": project.completeness(),
        "survey_questions": project.surveys.questions(),
        "survey_respondents": project.surveys.respondents(),
        "survey_answers": project.surveys.answers(),
        "versions": project.sources.versions(source),
        "carried": project.sources.preview(source, "A3：好。"),
        "words": project.dictionary.table(),
        "import_report": project.import_files([]),
    }


@pytest.mark.parametrize("description", [*tables.OF_PEOPLE, *tables.OF_MATERIAL], ids=lambda one: one.name)
def test_each_further_table_of_a_project_has_the_columns_that_are_described(project, source, description):
    table = tables_of_material(project, source)[description.name]
    assert set(description.columns) <= set(table.columns)


def test_ratings_made_of_codings_have_the_columns_that_are_described(project, source):
    code = project.codes.add("type.withdrawal")
    for coder in ("Lin", "Zhao"):
        project.codings.add(source, start_of("自己待着"), start_of("自己待着") + 4, code, coder=coder)
    ratings = qk.agreement.turn_ratings(project.codings.table(), project.turns.table(), codes=["type.withdrawal"])
    assert set(tables.RATINGS.columns) <= set(ratings.columns)
    assert ratings["value"].tolist() == [1, 1, 0, 0]


def test_a_folder_is_imported_with_one_row_per_file(project, tmp_path):
    folder = tmp_path / "study"
    (folder / "interviews" / "pre").mkdir(parents=True)
    (folder / "interviews" / "pre" / "A3.txt").write_text(TEXT, encoding="utf-8")
    (folder / "interviews" / "pre" / "A4.txt").write_bytes(b"")
    report = project.import_folder(folder).set_index("file")["status"]
    assert report["interviews/pre/A3.txt"] == "imported"
    assert report["interviews/pre/A4.txt"] == "refused"
    assert project.sources.table()["name"].tolist() == ["pre/A3"]


def test_sources_are_read_without_a_project():
    (source,) = qk.read_sources(SAMPLES / "word_roles.txt")
    first = source.turns[0]
    assert (source.name, source.kind) == ("word_roles", "interview")
    assert source.text[first.start : first.end]
    assert first.speaker
    assert first.time_ms is None
    assert source.meta["encoding"]


def ratings_of(first, second):
    units = list(range(len(first)))
    return pd.DataFrame(
        {"unit": units * 2, "coder": ["Lin"] * len(units) + ["Zhao"] * len(units), "value": [*first, *second]}
    )


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (qk.agreement.percent_agreement, 0.85),
        (qk.agreement.cohen_kappa, 0.3143),
        (qk.agreement.krippendorff_alpha, 0.3146),
    ],
)
def test_a_thousand_characters_with_50_coded_by_both_and_75_by_each_alone(method, expected):
    # Alpha by hand: 1 - (150 / 1000) / (2 · 250 · 1750 / (2000 · 1999)), with 250 of 2,000 judgements a 1.
    table = method(ratings_of([1] * 50 + [1] * 75 + [0] * 875, [1] * 50 + [0] * 75 + [1] * 75 + [0] * 800))
    assert len(table) == 1
    assert in_this_order(AGREEMENT, table) == AGREEMENT
    row = table.iloc[0]
    assert row["statistic"] == method.__name__
    assert row["estimate"] == pytest.approx(expected, abs=0.0001)
    assert row["ci_low"] < row["estimate"] < row["ci_high"]
    assert (row["n_units"], row["n_coders"], row["note"]) == (1000, 2, "")


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_krippendorffs_own_example(level, alpha):
    wide = pd.read_csv(PUBLISHED / "krippendorff_2011_data.csv", comment="#")
    ratings = wide.melt("observer", var_name="unit", value_name="value").rename(columns={"observer": "coder"})
    row = qk.agreement.krippendorff_alpha(ratings, level=level).iloc[0]
    assert row["estimate"] == pytest.approx(alpha, abs=0.0005)
    assert (row["n_units"], row["n_coders"]) == (11, 4)


@pytest.fixture
def totals():
    wide = pd.read_csv(PUBLISHED / "invented_prepost_total.csv", comment="#")
    return wide.melt("case", ["pre", "post"], var_name="wave", value_name="score").assign(subscale="total")


def test_paired_change_of_ten_members(totals):
    table = qk.change.paired_change(
        totals, before="pre", after="post", case="case", wave="wave", value="score", by="subscale", ci=0.95
    )
    assert list(table.columns) == ["subscale", *PAIRED_CHANGE]
    row = table.iloc[0]
    assert (row["subscale"], row["n"], row["df"]) == ("total", 10, 9)
    known = {
        **{"mean_before": 79.60, "sd_before": 5.76, "mean_after": 88.40, "sd_after": 5.10, "difference": 8.80},
        **{"ci_low": 4.93, "ci_high": 12.67, "t": 5.142, "p_value": 0.00061, "wilcoxon_p_exact": 0.0059},
        **{"cohen_dz": 1.626, "hedges_gz": 1.487, "rank_biserial": 0.945},
    }
    for name, expected in known.items():
        places = len(str(expected).partition(".")[2])
        assert row[name] == pytest.approx(expected, abs=0.51 * 10**-places), name
    assert row["p_holm"] == row["p_value"]


def test_reliable_change_beyond_12_40_with_sd_10_and_reliability_080(totals):
    table = qk.change.reliable_change(totals, before="pre", after="post", sd=10, reliability=0.80)
    columns = ["case", "change", "rci", "class"]
    assert in_this_order(columns, table) == columns
    assert table["critical_change"].iloc[0] == pytest.approx(12.40, abs=0.005)
    assert (table["change"] / table["rci"]).iloc[0] == pytest.approx(6.325, abs=0.0005)
    assert set(table.loc[table["change"] > 12.40, "class"]) == {"improved"}
    assert set(table.loc[table["change"].abs() <= 12.40, "class"]) == {"unchanged"}


def test_the_order_of_the_three_types_is_tested_exactly():
    ratings = pd.DataFrame(
        {
            "group": ["withdrawal"] * 3 + ["cathartic"] * 3 + ["aggressive"] * 3,
            "value": [2, 3, 3, 1, 2, 2, 0, 1, 1],
        }
    )
    row = qk.change.jonckheere_trend(ratings, order=["aggressive", "cathartic", "withdrawal"]).iloc[0]
    assert (row["estimate"], row["maximum"]) == (25, 27)
    assert row["p_value"] == pytest.approx(9 / 1680)


CYRM_28 = {
    "individual": [2, 4, 8, 11, 13, 14, 15, 18, 20, 21, 25],
    "relational": [5, 6, 7, 12, 17, 24, 26],
    "contextual": [1, 3, 9, 10, 16, 19, 22, 23, 27, 28],
}


def test_cyrm_28_is_scored_by_the_published_key():
    scale = qk.scales.read_scale("cyrm-28")
    # Item 1 is answered 5, every other item 1: only the subscale of item 1 rises.
    responses = pd.DataFrame({"case": "A1", "wave": "pre", "item": range(1, 29), "value": [5] + [1] * 27})
    scores = scale.score(responses).set_index("subscale")["score"]
    assert scores.to_dict() == {"individual": 11, "relational": 7, "contextual": 14}
    assert {name: [int(item) for item in items] for name, items in scale.subscales.items()} == CYRM_28


def test_a_key_with_an_item_in_two_parts_is_refused(tmp_path):
    key = tmp_path / "scale.yaml"
    parts = {**CYRM_28, "relational": [*CYRM_28["relational"], 2]}
    lines = ["schema: qualkit.scale/1", "id: cyrm", "range: [1, 5]", "items: 28", "subscales:"]
    key.write_text("\n".join([*lines, *(f"  {name}: {items}" for name, items in parts.items())]), encoding="utf-8")
    with pytest.raises(QualkitError, match="item 2 is in two subscales: 'individual' and 'relational'"):
        qk.scales.read_scale(key)
    with pytest.raises(DataError, match="item 2 is in two subscales"):
        qk.scales.Scale(id="cyrm", low=1, high=5, items=range(1, 29), subscales=parts)
