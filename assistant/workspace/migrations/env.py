"""What Alembic runs: the steps on the connection that was handed over, in its transaction."""

from __future__ import annotations

from alembic import context

from assistant.workspace.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
