"""How many codings there are, counted without reading a text."""


def test_codings_are_counted_by_source_code_and_coder(project):
    project.sources.add_text("post/A3", "A3：好多了。", kind="interview", case="A3", wave="post")
    for start in (17, 18):
        project.codings.add("pre/A3", start, start + 3, "cause")
    project.codings.add("pre/A3", 17, 20, "cause", coder="Zhao")
    gone = project.codings.add("post/A3", 3, 5, "type.withdrawal")
    table = project.codings.counts()
    assert table[["code", "coder", "n_codings"]].values.tolist() == [
        ["cause", "Lin", 2],
        ["cause", "Zhao", 1],
        ["type.withdrawal", "Lin", 1],
    ]
    project.codings.remove(gone)
    assert project.codings.counts()["n_codings"].sum() == len(project.codings.table()) == 3


def test_a_project_without_codings_has_an_empty_table(project):
    table = project.codings.counts()
    assert (list(table.columns), len(table)) == (["source_id", "code", "coder", "n_codings"], 0)
