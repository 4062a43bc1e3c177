"""Corrections and the review queue."""

import sqlalchemy as sa
from alembic import op

from service.store.base import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("line", sa.String(64), nullable=False, index=True),
        sa.Column("author", sa.String(200), nullable=False, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("speaker", sa.String(200)),
        sa.Column("call_id", sa.String(200)),
        sa.Column("number", sa.Integer),
        sa.Column("answered_category", sa.String(100)),
        sa.Column("answered_confidence", sa.Float),
        sa.Column("answered_term", sa.String(100)),
        sa.Column("model", sa.String(100), nullable=False),
        sa.Column("category", sa.String(100), nullable=False),
        sa.Column("term", sa.String(100), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("created", Moment, nullable=False),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "review_items",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("speaker", sa.String(200)),
        sa.Column("call_id", sa.String(200)),
        sa.Column("number", sa.Integer),
        sa.Column("category", sa.String(100), nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("term", sa.String(100)),
        sa.Column("model", sa.String(100), nullable=False),
        sa.Column("doubt", sa.Float, nullable=False, index=True),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("created", Moment, nullable=False),
        sa.Column("expires", Moment, nullable=False, index=True),
        sa.Column("held_by", sa.String(200)),
        sa.Column("held_until", Moment),
        sa.Column("answer", sa.String(20), index=True),
        sa.Column("answered_by", sa.String(200)),
        sa.Column("answered", Moment),
        sa.Column("correction_id", sa.Integer, sa.ForeignKey("corrections.id")),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "review_skips",
        sa.Column(
            "item_id", sa.Integer, sa.ForeignKey("review_items.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("author", sa.String(200), primary_key=True),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("review_skips")
    op.drop_table("review_items")
    op.drop_table("corrections")
