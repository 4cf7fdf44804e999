"""One thing is done to many cases, with a result for each."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, points, text, time

revision = "0036"
down_revision = "0035"

OPEN = sa.text("result IS NULL")


def upgrade() -> None:
    """Case by case → batches, whose results survive a reload."""
    op.create_table(
        "batch",
        *(text(name) for name in ("id", "once", "kind", "actor_id", "details", "state")),
        time("created_at"),
        time("confirmed_at", null=True),
        time("finished_at", null=True),
        points("fk_batch_actor_id", "actor_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
        sa.UniqueConstraint("once", name="uq_batch_once"),
    )
    op.create_index("ix_batch_actor_id", "batch", ["actor_id", "created_at"])
    op.create_index("ix_batch_created_at", "batch", ["created_at"])
    op.create_table(
        "batch_item",
        text("batch_id"),
        number("position", counted=False),
        text("application_id"),
        *(text(name, null=True) for name in ("seen", "result", "facts")),
        time("at", null=True),
        points("fk_batch_item_batch_id", "batch_id", "batch.id"),
        sa.PrimaryKeyConstraint("batch_id", "position", name="pk_batch_item"),
    )
    op.create_index(
        "ix_batch_item_open", "batch_item", ["batch_id", "position"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index("ix_batch_item_application_id", "batch_item", ["application_id"])


def downgrade() -> None:
    """Without them."""
    op.drop_table("batch_item")
    op.drop_table("batch")
