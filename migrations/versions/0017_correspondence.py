"""Messages between applicants and the office."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import points, serial, text, time
from migrations.freezing import freeze_columns, thaw_columns

revision = "0017"
down_revision = "0016"

UNSETTLED = sa.text("settled_at IS NULL")
WRITTEN = ("number", "application_id", "side", "author", "text", "at", "once")


def upgrade() -> None:
    """Cases that only the office can write about → both sides write."""
    op.create_table(
        "case_message",
        serial("number"),
        *(text(name) for name in ("application_id", "side", "author", "text")),
        time("at"),
        text("once"),
        time("read_at", null=True),
        time("settled_at", null=True),
        points("fk_case_message_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("number", name="pk_case_message"),
        sa.UniqueConstraint("once", name="uq_case_message_once"),
    )
    op.create_index("ix_case_message_application_id", "case_message", ["application_id", "number"])
    op.create_index(
        "ix_case_message_waiting",
        "case_message",
        ["application_id"],
        sqlite_where=UNSETTLED,
        postgresql_where=UNSETTLED,
    )
    freeze_columns("case_message", WRITTEN)


def downgrade() -> None:
    """Without messages."""
    thaw_columns("case_message")
    op.drop_table("case_message")
