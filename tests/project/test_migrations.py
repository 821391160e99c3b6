import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import qualkit as qk
from qualkit.project.files import MIGRATIONS
from qualkit.project.schema import LIVING, SCHEMA_REVISION, metadata

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def migrated(project, path):
    project.close()
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def test_the_head_of_the_migrations_is_the_revision_of_the_schema():
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA_REVISION]


def test_migrations_and_schema_make_the_same_tables(migrated, tmp_path):
    made = tmp_path / "schema.db"
    engine = create_engine(f"sqlite:///{made}")
    metadata.create_all(engine)
    engine.dispose()
    with closing(sqlite3.connect(made)) as expected:
        assert describe(migrated) == describe(expected)


def describe(connection):
    # Columns, keys, references, checks and indexes of every table, whatever the order and spacing.
    tables = {}
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if name.startswith(("sqlite_", "alembic_")):
            continue
        columns = sorted(row[1:] for row in connection.execute(f"PRAGMA table_info({name})"))
        references = sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({name})"))
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?"
        indexes = {index: plain(text) for index, text in connection.execute(sql, (name,)) if text}
        (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        tables[name] = (
            columns,
            references,
            indexes,
            "AUTOINCREMENT" in made,
            made.count("CHECK"),
            made.count("UNIQUE"),
        )
    return tables


def plain(sql):
    return "".join(sql.replace('"', "").split()).lower()


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_the_file_itself_refuses_to_delete(migrated, table):
    assert triggers(migrated, table) >= {"delete"}


@pytest.mark.parametrize("table", sorted(set(metadata.tables) - set(LIVING)))
def test_the_file_itself_refuses_to_rewrite_what_is_written_once(migrated, table):
    assert triggers(migrated, table) == {"delete", "update"}


def triggers(connection, table):
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,))
    return {name.removeprefix(f"{table}_refuse_") for (name,) in names}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE texts SET text = 'x'",
        "DELETE FROM texts",
        "UPDATE turns SET start = 1",
        "UPDATE events SET summary = ''",
        "DELETE FROM events",
        "DELETE FROM codings",
        "DELETE FROM sources",
    ],
)
def test_text_and_history_cannot_be_changed_by_any_program(project, path, sql):
    project.codings.add("pre/A3", 0, 3, "cause")
    project.close()
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="is refused on"):
        connection.execute(sql)


def test_a_project_of_the_first_revision_opens_with_all_it_held(tmp_path):
    path = tmp_path / "old.qualkit"
    path.write_bytes(gzip.decompress((DATA / "projects" / "revision_0001.qualkit.gz").read_bytes()))
    with qk.open_project(path, coder="Lin") as project:
        assert project.codings.table()[["text", "code", "memo"]].values.tolist() == [
            ["自己待着", "type.withdrawal", "看着窗外"]
        ]
        assert project.cases.table()["sex"].tolist() == ["男"]
        assert project.check().empty
        project.undo()
        assert project.sessions.attendance_table()["attended"].tolist() == []
    assert len(list(tmp_path.glob("old.backup-0001-*.qualkit"))) == 1
