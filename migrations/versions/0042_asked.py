"""Which role a proposal waits for at its stage, and to whom of them it came by itself."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import text, time

revision = "0042"
down_revision = "0041"

OPEN = sa.text("state = 'open'")
INDEX = "ix_proposal_asked"
KEY = "fk_proposal_asked_person"


def upgrade() -> None:
    """Proposals that lie at a stage of clerks say so when they next move; until then they wait for approvers."""
    with op.batch_alter_table("proposal") as table:
        table.add_column(text("role", default="approver"))
        table.add_column(text("asked", null=True))
        table.add_column(time("asked_at", null=True))
        table.create_foreign_key(KEY, "person", ["asked"], ["id"])
    op.create_index(INDEX, "proposal", ["asked"], sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    """Back."""
    op.drop_index(INDEX, "proposal")
    with op.batch_alter_table("proposal") as table:
        table.drop_constraint(KEY, type_="foreignkey")
        for name in ("asked_at", "asked", "role"):
            table.drop_column(name)
