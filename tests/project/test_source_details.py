"""What is said of a source can be changed; its text and codings stay."""

import pytest

from qualkit.errors import OptionError, ProjectError


def details(project):
    (row,) = project.sources.table().to_dict("records")
    return row


def test_a_source_is_renamed_and_placed_anew_while_its_codings_stay(project):
    source = project.sources.get("pre/A3").source_id
    project.codings.add(source, 4, 8, "type.withdrawal")
    project.sessions.add(2)
    project.sources.update(source, name="A3 第一次", kind="observation", wave="post", session=2, date="2031年4月5日")
    row = details(project)
    assert (row["name"], row["kind"], row["wave"], row["session"]) == ("A3 第一次", "observation", "post", 2)
    assert row["date"] == "2031-04-05"
    assert project.codings.table()["source"].tolist() == ["A3 第一次"]
    project.undo()
    assert (details(project)["name"], details(project)["wave"]) == ("pre/A3", "pre")


def test_a_case_that_is_not_there_is_made_and_none_takes_it_away(project):
    project.sources.update("pre/A3", case="B7")
    assert details(project)["case"] == "B7"
    assert "B7" in project.cases.table()["case"].tolist()
    project.sources.update("pre/A3", case=None, wave=None)
    assert details(project)["case"] is None or details(project)["case"] != details(project)["case"]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"name": " "}, ProjectError),
        ({"name": "post/A3"}, ProjectError),
        ({"kind": "poem"}, OptionError),
        ({"wave": "later"}, OptionError),
        ({"text": "anders"}, OptionError),
    ],
)
def test_what_a_source_cannot_be_is_refused_and_nothing_changes(project, values, error):
    project.sources.add_text("post/A3", "A3：好多了。", kind="interview", case="A3", wave="post")
    with pytest.raises(error):
        project.sources.update("pre/A3", **values)
    assert project.sources.table()["name"].tolist() == ["pre/A3", "post/A3"]
