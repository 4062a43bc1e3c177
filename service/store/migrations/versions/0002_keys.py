"""API keys."""

import sqlalchemy as sa
from alembic import op

from service.store.base import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("roles", sa.String(100), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("shown", sa.String(20), nullable=False),
        sa.Column("created", Moment, nullable=False),
        sa.Column("revoked", Moment),
        sa.UniqueConstraint("name"),
        sa.UniqueConstraint("hash"),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("api_keys")
