"""Acting for somebody else."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, points, text, time

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Mandates, and for whom a draft is."""
    op.create_table(
        "mandate_grant",
        *(text(name) for name in ("id", "asked_by", "asked_as", "kind", "principal", "procedures")),
        day("until"),
        time("asked_at"),
        time("open_until"),
        text("granted_by", null=True),
        text("granted_as", null=True),
        text("level", null=True),
        time("granted_at", null=True),
        time("revoked_at", null=True),
        points("fk_mandate_grant_asked_by", "asked_by", "person.id"),
        points("fk_mandate_grant_granted_by", "granted_by", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_mandate_grant"),
    )
    op.create_index("ix_mandate_grant_asked_by", "mandate_grant", ["asked_by"])
    op.create_index("ix_mandate_grant_granted_by", "mandate_grant", ["granted_by"])
    op.create_table(
        "acting",
        *(text(name) for name in ("application_id", "kind", "name", "address", "relation")),
        text("grant_id", null=True),
        time("stated_at"),
        points("fk_acting_application_id", "application_id", "application.id"),
        points("fk_acting_grant_id", "grant_id", "mandate_grant.id"),
        sa.PrimaryKeyConstraint("application_id", name="pk_acting"),
    )


def downgrade() -> None:
    """Everybody applies for themselves."""
    for table in ("acting", "mandate_grant"):
        op.drop_table(table)
