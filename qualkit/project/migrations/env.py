"""Alembic's entry: run the migrations on the connection that the project hands over."""

from alembic import context

from qualkit.project.schema import metadata


def run_migrations() -> None:
    """Bring the database of the given connection up to date, inside its transaction."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name under which Alembic runs this file
    run_migrations()
