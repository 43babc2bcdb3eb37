"""Alembic's door: the connection comes from `ljnews.store.migrate`, already in a transaction."""

from __future__ import annotations

from alembic import context

from ljnews.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
