"""Run by Alembic: takes the steps that a database lacks, on the connection it is given."""

from __future__ import annotations

from alembic import context

from auditor.review.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # SQLite changes a table by writing a new one.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
