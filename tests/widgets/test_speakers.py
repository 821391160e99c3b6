from qualkit.widgets import SpeakersWidget


def test_every_label_is_listed_with_its_first_words_and_person(project, browser):
    (answer,) = browser(SpeakersWidget(project)).say("hello")
    speakers = answer["speakers"]
    assert [(each["name"], each["label"], each["case"]) for each in speakers] == [
        ("pre/A3", "社工", None),
        ("pre/A3", "A3", "A3"),
        ("post/A3", "社工", None),
        ("post/A3", "A3", "A3"),
    ]
    assert speakers[0]["first"] == "下课呢？"
    assert answer["cases"] == ["A3"]


def test_a_corrected_speaker_changes_the_turns_and_can_be_undone(project, browser):
    project.cases.add("W1", role="worker")
    source = project.sources.get("pre/A3").source_id
    page = browser(SpeakersWidget(project))
    (answer,) = page.say("set", source=source, label="社工", case="W1", op_id="op-1")
    assert answer["saved"]
    assert page.say("hello")[0]["speakers"][0]["case"] == "W1"
    assert project.turns.table()["case"].iloc[0] == "W1"
    page.say("set", source=source, label="社工", case="W1", op_id="op-1")
    project.undo()
    assert project.turns.table()["case"].isna().iloc[0]


def test_an_unknown_person_is_refused(project, browser):
    page = browser(SpeakersWidget(project))
    source = project.sources.get("pre/A3").source_id
    (answer,) = page.say("set", source=source, label="社工", case="Z9", op_id="op-1")
    assert answer["ok"] is False
    assert "Z9" in answer["message"]
    assert page.say("set", source=source, label=None, case="A3", op_id="op-2")[0]["code"] == "VALIDATION"


def test_a_project_without_turns_has_an_empty_table(tmp_path, browser):
    import qualkit as qk

    with qk.create_project(tmp_path / "e.qualkit", title="空", prefix="E") as empty:
        (answer,) = browser(SpeakersWidget(empty)).say("hello")
    assert (answer["speakers"], answer["cases"]) == ([], [])
