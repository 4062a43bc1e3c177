"""How Alembic changes the schema: on the connection that it is given, in its transaction."""

from alembic import context

from service.store.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
