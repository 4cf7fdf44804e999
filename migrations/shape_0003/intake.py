"""How many cases were taken, and which, as 0003 made them."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, points, text, time


def create() -> None:
    """Both tables."""
    op.create_table(
        "intake",
        text("id"),
        number("taken"),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_intake_counted")),
        sa.PrimaryKeyConstraint("id", name="pk_intake"),
    )
    op.create_table(
        "place",
        text("application_id"),
        text("intake_id"),
        time("taken_at"),
        points("fk_place_application_id", "application_id", "application.id"),
        points("fk_place_intake_id", "intake_id", "intake.id"),
        sa.PrimaryKeyConstraint("application_id", name="pk_place"),
    )
    op.create_index("ix_place_intake_id", "place", ["intake_id"])
