"""How a table of a project file is made whose rows are marked instead of deleted, and which places in it are unique."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, Integer, MetaData, Table, Text, func
from sqlalchemy.schema import SchemaItem

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def living(name: str, key: str, *columns: SchemaItem, unique: Sequence[str] = ()) -> Table:
    """A table whose rows are changed through the journal and marked when removed.

    What stands in the ``unique`` columns stands there once among the rows that are not removed;
    missing counts as a value like others.
    """
    table = Table(name, metadata, Column(key, Text, primary_key=True), *columns, Column("removed_at", Integer))
    if unique:
        present = table.c.removed_at.is_(None)
        places = (_place(table.c[column]) for column in unique)
        index = f"uq_{name}_{'_'.join(unique)}"
        Index(index, *places, unique=True, sqlite_where=present, postgresql_where=present)
    return table


def text_column(name: str, *, required: bool = False) -> Column:
    """A column of text."""
    return Column(name, Text, nullable=not required)


def reference(name: str, target: str, *, required: bool = False) -> Column:
    """A column that names a row of another table."""
    return Column(name, Text, ForeignKey(target), nullable=not required, index=True)


def key_column(table: Table) -> Column:
    """The one primary key column of a living table."""
    (column,) = table.primary_key.columns
    return column


def _place(column: Column) -> ColumnElement:
    return func.coalesce(column, "") if column.nullable else column
