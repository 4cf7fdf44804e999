"""Offices with names."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import text

revision = "0026"
down_revision = "0025"

OFFICE = "office"


def upgrade() -> None:
    """An office that is an id in specs → with what people call it, and an address for what runs late."""
    op.create_table(
        OFFICE,
        *(text(name) for name in ("id", "name_ja", "name_en")),
        *(text(name, null=True) for name in ("name_kana", "email")),
        sa.PrimaryKeyConstraint("id", name=f"pk_{OFFICE}"),
    )


def downgrade() -> None:
    """Back to ids."""
    op.drop_table(OFFICE)
