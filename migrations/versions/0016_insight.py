"""How procedures do: feedback, and counts of what happens on their pages."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, text

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """The two tables."""
    op.create_table(
        "feedback",
        text("id"),
        text("token"),
        text("procedure_id"),
        day("version"),
        day("day"),
        number("ease"),
        number("minutes", null=True),
        text("words", null=True),
        text("language"),
        sa.CheckConstraint("ease BETWEEN 1 AND 5", name="ck_feedback_ease"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint("token", name="uq_feedback_token"),
    )
    op.create_index("ix_feedback_procedure_id", "feedback", ["procedure_id", "day"])
    op.create_table(
        "journey_count",
        text("procedure_id"),
        day("version"),
        day("day"),
        text("page"),
        text("measure"),
        text("detail"),
        number("count"),
        sa.PrimaryKeyConstraint("procedure_id", "version", "day", "page", "measure", "detail", name="pk_journey_count"),
    )


def downgrade() -> None:
    """Nothing is known of how they do."""
    op.drop_table("journey_count")
    op.drop_table("feedback")
