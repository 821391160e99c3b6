"""Make, open, migrate and back up the file of a project."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from qualkit.errors import NotFoundError, ProjectError, VersionError
from qualkit.project.database import Database
from qualkit.project.schema import APPLICATION_ID, SCHEMA_REVISION

MIGRATIONS = "qualkit.project:migrations"


def make_file(path: Path) -> Database:
    """Make a new project file with empty tables; an existing file is never touched."""
    if not path.parent.is_dir():
        raise ProjectError(f"{path}: the folder {path.parent} does not exist. Make it first or correct the path.")
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        raise ProjectError(
            f"{path} exists already and was left alone. Open it with open_project, or choose another name."
        ) from None
    except (OSError, ValueError) as error:
        raise ProjectError(
            f"{path} cannot be made: {getattr(error, 'strerror', error)}. Choose another folder."
        ) from error
    database = Database(path)
    try:
        with database.write() as connection:
            migrate(connection)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    except BaseException:
        database.close()
        path.unlink()
        raise
    return database


def open_file(path: Path) -> Database:
    """Open a project file; one of an older qualkit is backed up and migrated first."""
    _require_writable(path)
    revision = _read_revision(path)
    if revision == SCHEMA_REVISION:
        return Database(path)
    _require_known(path, revision)
    backup = _backup_path(path, revision)
    back_up(path, backup)
    database = Database(path)
    try:
        with database.write() as connection:
            migrate(connection)
    except (ProjectError, SQLAlchemyError, CommandError) as error:
        database.close()
        raise ProjectError(
            f"{path} could not be brought to the form of this qualkit and was left as it was ({error}). "
            f"A copy lies in {backup.name}; go on with the qualkit that made it, and report this."
        ) from error
    return database


def migrate(connection: Connection) -> None:
    """Bring the tables to this qualkit's form, inside the transaction of ``connection``."""
    config = _alembic()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def back_up(path: Path, target: Path) -> None:
    """Write a consistent copy of a project file, even while others write to it."""
    if target.exists():
        raise ProjectError(f"{target} exists already. Choose another name for the backup.")
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        raise ProjectError(f"{target}: the backup could not be written ({error}). Choose another folder.") from error


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    config.set_main_option("path_separator", "os")
    return config


def _backup_path(path: Path, revision: str) -> Path:
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    return path.with_name(f"{path.stem}.backup-{revision}-{now}{path.suffix}")


def _require_writable(path: Path) -> None:
    try:
        is_there = path.exists()
    except OSError as error:
        raise ProjectError(f"{path} cannot be opened: {error.strerror}. Correct the path.") from error
    if not is_there:
        raise NotFoundError(f"{path} does not exist. Correct the path, or make it with create_project.")
    if not path.is_file() and not path.is_dir():
        raise ProjectError(f"{path} is a device or a pipe, not a project file. Choose the .qualkit file.")
    if path.is_dir():
        raise ProjectError(f"{path} is a folder, not a project file. Import a study's folder with import_folder.")
    # Asked of the file itself too: an administrator may write everywhere and would lock out its owner.
    if not os.access(path, os.W_OK) or not path.stat().st_mode & stat.S_IWUSR:
        raise ProjectError(
            f"{path} may not be written, and a project records every action. "
            "Take the write protection off the file, or copy it to a folder of your own."
        )


def _read_revision(path: Path) -> str:
    refusal = f"{path} is not a qualkit project. Choose the .qualkit file, or make one with create_project."
    try:
        with closing(sqlite3.connect(path)) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            if application != APPLICATION_ID:
                raise ProjectError(refusal)
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise ProjectError(refusal) from error
        if "locked" in str(error):
            raise ProjectError(f"{path} is held by another program. Close it there and open it again.") from error
        raise ProjectError(f"{path} is damaged ({error}). Open a backup of the project.") from error
    if row is None:
        raise ProjectError(f"{path} is damaged (it names no version). Open a backup of the project.")
    return row[0]


def _require_known(path: Path, revision: str) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions()}
    if revision not in known:
        raise VersionError(
            f"{path} was saved by a newer qualkit (table version {revision}; this one knows up to {SCHEMA_REVISION}). "
            "Nothing was changed. Update with `pip install --upgrade qualkit` and open it again."
        )
