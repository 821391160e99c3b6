import shutil
import sqlite3
import stat
from contextlib import closing

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

import qualkit as qk
from qualkit.errors import NotFoundError, OptionError, ProjectError, VersionError
from qualkit.project import files
from qualkit.project.files import MIGRATIONS


def test_a_closed_project_is_one_file(project, path):
    project.close()
    assert list(path.parent.iterdir()) == [path]


def test_title_prefix_and_waves_are_kept(path):
    qk.create_project(path, title="交往偏差", prefix="DEV", waves=["T1", "T2", "T3"]).close()
    with qk.open_project(path, coder="Lin") as project:
        assert (project.title, project.prefix, project.waves, project.coder) == (
            "交往偏差",
            "DEV",
            ["T1", "T2", "T3"],
            "Lin",
        )
        assert project.codes.add("x").startswith("DEV-")


def test_the_stamp_names_the_state(project):
    before = project.state_stamp()
    project.codes.add("x")
    number = project.history.table().event_id.iloc[-1]
    assert before.startswith(f"交往偏差 · #{number - 1} · 20")
    assert project.state_stamp().startswith(f"交往偏差 · #{number} · 20")


def test_an_existing_file_is_left_alone(project, path):
    with pytest.raises(ProjectError, match="exists already and was left alone"):
        qk.create_project(path)
    assert len(project.codes.table()) == 4


def test_a_missing_folder_or_file_is_named(tmp_path):
    with pytest.raises(ProjectError, match="does not exist"):
        qk.create_project(tmp_path / "no" / "x.qualkit")
    with pytest.raises(NotFoundError, match=r"x\.qualkit does not exist"):
        qk.open_project(tmp_path / "x.qualkit")
    with pytest.raises(ProjectError, match="is a folder"):
        qk.open_project(tmp_path)


@pytest.mark.parametrize("prefix", ["", "1A", "A-B", "德", "A" * 13, None])
def test_a_prefix_that_cannot_begin_ids_is_refused(path, prefix):
    with pytest.raises(OptionError, match="prefix="):
        qk.create_project(path, prefix=prefix)
    assert not path.exists()


@pytest.mark.parametrize("waves", [[], "pre", ["pre", "pre"], ["pre", ""]])
def test_waves_that_are_not_different_names_are_refused(path, waves):
    with pytest.raises(OptionError, match="different names"):
        qk.create_project(path, waves=waves)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 something else", b"x" * 5000])
def test_a_file_that_is_no_project_is_refused(path, content):
    path.write_bytes(content)
    with pytest.raises(ProjectError, match="is not a qualkit project"):
        qk.open_project(path)
    assert path.read_bytes() == content


def test_another_database_is_refused(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.commit()
    with pytest.raises(ProjectError, match="is not a qualkit project"):
        qk.open_project(path)


def test_a_read_only_file_is_refused(project, path):
    project.close()
    path.chmod(stat.S_IRUSR)
    with pytest.raises(ProjectError, match=r"may not be written.*Take the write protection off"):
        qk.open_project(path)
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    qk.open_project(path).close()


def test_a_project_of_a_newer_qualkit_is_refused_unchanged(project, path):
    project.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(VersionError, match=r"newer qualkit \(table version 9999; this one knows up to \d+\)"):
        qk.open_project(path)
    assert path.read_bytes() == before


def test_a_truncated_file_is_said_to_be_damaged(project, path):
    for number in range(50):
        project.codes.add(f"code{number}", definition="很长的定义" * 100)
    project.close()
    path.write_bytes(path.read_bytes()[:40_000])
    with pytest.raises(ProjectError, match="damaged"):
        qk.open_project(path)


def test_an_older_project_is_backed_up_and_migrated(project, path, tmp_path, monkeypatch):
    coding = project.codings.add("pre/A3", 0, 3, "cause")
    project.close()
    newer = copy_migrations(tmp_path, "op.add_column('codings', sa.Column('mood', sa.Text()))")
    monkeypatch.setattr(files, "MIGRATIONS", str(newer))
    monkeypatch.setattr(files, "SCHEMA_REVISION", "9000")
    with qk.open_project(path) as migrated:
        assert migrated.codings.table().coding_id.tolist() == [coding]
        with migrated._database.read() as connection:
            assert "mood" in [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(codings)")]
    (backup,) = tmp_path.glob("deviance.backup-*.qualkit")
    monkeypatch.undo()
    with qk.open_project(backup) as old:
        assert old.codings.table().coding_id.tolist() == [coding]
        assert old.check().empty


def test_a_migration_that_fails_leaves_the_project_as_it_was(project, path, tmp_path, monkeypatch):
    project.close()
    broken = copy_migrations(
        tmp_path, "op.add_column('codings', sa.Column('mood', sa.Text()))\n    op.execute('nonsense')"
    )
    monkeypatch.setattr(files, "MIGRATIONS", str(broken))
    monkeypatch.setattr(files, "SCHEMA_REVISION", "9000")
    with pytest.raises(ProjectError, match="could not be brought to the form of this qualkit"):
        qk.open_project(path)
    monkeypatch.undo()
    with qk.open_project(path) as same:
        assert same.check().empty
        with same._database.read() as connection:
            assert "mood" not in [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(codings)")]


def test_a_backup_is_a_project_of_its_own(project, tmp_path):
    copy = project.back_up(tmp_path / "copy.qualkit")
    project.codes.add("later")
    with qk.open_project(copy) as old:
        assert "later" not in old.codes.table().code.tolist()
    with pytest.raises(ProjectError, match="exists already"):
        project.back_up(copy)
    with pytest.raises(ProjectError, match="backup could not be written"):
        project.back_up(tmp_path / "no" / "copy.qualkit")


def test_a_coding_that_does_not_fit_its_text_is_announced_on_opening(project, path):
    project.codings.add("pre/A3", 0, 3, "cause")
    project.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE codings SET start = 1")
        connection.commit()
    with pytest.warns(UserWarning, match="1 codings do not fit their text"):
        project = qk.open_project(path)
    assert project.check()["check"].tolist() == ["quote"]
    project.close()


def copy_migrations(tmp_path, step):
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    target = tmp_path / "migrations"
    shutil.copytree(script.dir, target)
    (target / "versions" / "9000_next.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '9000'\ndown_revision = {script.get_current_head()!r}\n"
        f"branch_labels = None\ndepends_on = None\n\n\ndef upgrade() -> None:\n    {step}\n",
        encoding="utf-8",
    )
    return target
