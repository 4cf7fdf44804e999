"""Drafts that are gone on with: what a change did, unfinished text, codes for another device, reminders."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, points, text, time

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Drafts of one device and one page at a time → drafts that lose nothing typed, and are found again."""
    op.add_column("draft", text("effects", null=True))
    op.add_column("draft", number("reminded", default="0"))
    op.add_column("draft", time("reminded_of", null=True))
    op.create_table(
        "unfinished",
        text("application_id"),
        text("page"),
        text("seen"),
        number("version"),
        text("texts"),
        time("kept_at"),
        points("fk_unfinished_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("application_id", "page", name="pk_unfinished"),
    )
    op.create_table(
        "resume_code",
        text("application_id"),
        text("code_hash"),
        time("made_at"),
        number("mailed"),
        number("opened"),
        time("opened_at", null=True),
        points("fk_resume_code_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("application_id", name="pk_resume_code"),
        sa.UniqueConstraint("code_hash", name="uq_resume_code_code_hash"),
    )
    op.create_table(
        "tries", text("key"), time("began"), number("count"), sa.PrimaryKeyConstraint("key", name="pk_tries")
    )


def downgrade() -> None:
    """Back: unfinished text and codes are gone, the answers stay."""
    for table in ("tries", "resume_code", "unfinished"):
        op.drop_table(table)
    for column in ("reminded_of", "reminded", "effects"):
        op.drop_column("draft", column)
