import sqlite3
from contextlib import closing

import pytest


def test_a_sound_project_has_no_problems(project):
    project.codings.add("pre/A3", 0, 3, "cause", memo="嗯")
    assert project.check().empty
    assert list(project.check().columns) == ["check", "table", "id", "problem", "remedy"]


@pytest.mark.parametrize(
    ("sql", "check", "problem"),
    [
        ("UPDATE codings SET quote = '别的'", "quote", "is not the quote '别的'"),
        ('UPDATE codings SET start = 900, "end" = 903', "quote", "reaches beyond the text of"),
        ("UPDATE codings SET code_id = 'x', code_revision = 1", "reference", "row of codes that does not exist"),
        ("UPDATE codes SET removed_at = 1 WHERE code = 'cause'", "reference", "code_id names a removed row of codes"),
        ("UPDATE codes SET revision = 9 WHERE code = 'cause'", "reference", "definition of its revision is missing"),
        (
            "UPDATE codes SET parent_id = (SELECT code_id FROM codes WHERE code = 'type.withdrawal') "
            "WHERE code = 'type'",
            "reference",
            "lies below itself",
        ),
        ("UPDATE codings SET removed_at = 4711", "history", "an event that is not there"),
    ],
)
def test_what_another_program_broke_is_found(project, path, sql, check, problem):
    project.codings.add("pre/A3", 0, 3, "cause")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()
    found = project.check()
    assert check in found["check"].tolist()
    assert found["problem"].str.contains(problem, regex=False).any()
    assert (found["remedy"].str.len() > 0).all()


def test_turns_outside_of_their_text_are_found(project, path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER turns_refuse_update")
        connection.execute('UPDATE turns SET "end" = 900 WHERE turn = 4')
        connection.commit()
    assert project.check()["check"].tolist() == ["position"]
