"""Who was told of cases that are due, late, or nobody's."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, text, time

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """The table."""
    op.create_table(
        "escalation",
        *(text(name) for name in ("application_id", "recipient", "kind")),
        day("about"),
        number("again", counted=False),
        time("told_at"),
        points("fk_escalation_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("application_id", "recipient", "kind", "about", "again", name="pk_escalation"),
    )


def downgrade() -> None:
    """Nobody is told."""
    op.drop_table("escalation")
