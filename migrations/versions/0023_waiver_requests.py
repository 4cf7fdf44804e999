"""Reductions that are asked for, and what became of each."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, text, time

revision = "0023"
down_revision = "0022"

TABLE = "waiver_request"
WAITING = sa.text("state IN ('open', 'proposed')")
SIGNED = "state NOT IN ('granted', 'refused') OR (percent IS NOT NULL AND decided_by IS NOT NULL)"
TWO_PEOPLE = "people = 1 OR decided_by IS NULL OR (proposed_by IS NOT NULL AND proposed_by <> decided_by)"


def upgrade() -> None:
    """Reductions that only apply by themselves → people ask for them, and people decide."""
    op.create_table(
        TABLE,
        *(text(name) for name in ("id", "application_id", "waiver_id")),
        number("round"),
        time("asked_at"),
        day("decide_by"),
        number("people"),
        text("state"),
        number("percent", null=True),
        text("reasons"),
        text("text"),
        text("appeal", null=True),
        text("proposed_by", null=True),
        time("proposed_at", null=True),
        text("decided_by", null=True),
        time("decided_at", null=True),
        text("note", null=True),
        text("quote", null=True),
        sa.CheckConstraint(SIGNED, name=op.f(f"ck_{TABLE}_signed")),
        sa.CheckConstraint(TWO_PEOPLE, name=op.f(f"ck_{TABLE}_two_people")),
        points(f"fk_{TABLE}_application_id", "application_id", "application.id"),
        points(f"fk_{TABLE}_proposed_by", "proposed_by", "person.id"),
        points(f"fk_{TABLE}_decided_by", "decided_by", "person.id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
    )
    op.create_index(
        f"uq_{TABLE}_waiting",
        TABLE,
        ["application_id", "waiver_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index(f"ix_{TABLE}_application_id", TABLE, ["application_id", "asked_at"])


def downgrade() -> None:
    """Without them."""
    op.drop_table(TABLE)
