"""Alembic's entry: runs on the connection that `psot.migrations` opened and locked."""

from alembic import context

from psot.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    compare_server_default=True,
    transaction_per_migration=False,
)
context.run_migrations()
