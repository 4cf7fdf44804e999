"""What happens in offices, counted by day; and an index to find what happened on a day."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, text, time

revision = "0039"
down_revision = "0038"

DAYS = "office_day"


def upgrade() -> None:
    """The tables; days that are over are counted by the worker."""
    op.create_table(
        DAYS,
        day("day"),
        *(text(name) for name in ("office", "procedure_id", "what")),
        number("value", counted=False),
        day("month"),
        number("count"),
        sa.PrimaryKeyConstraint("day", "office", "procedure_id", "what", "value", name=f"pk_{DAYS}"),
    )
    op.create_index(f"ix_{DAYS}_office", DAYS, ["office", "month"])
    op.create_index(f"ix_{DAYS}_month", DAYS, ["month"])
    op.create_table(
        "counted_day", day("day"), time("counted_at"), sa.PrimaryKeyConstraint("day", name="pk_counted_day")
    )
    op.create_index("ix_status_history_at", "status_history", ["at"])


def downgrade() -> None:
    """Nothing is counted."""
    op.drop_index("ix_status_history_at", "status_history")
    op.drop_table("counted_day")
    op.drop_table(DAYS)
