"""The tables of limits."""

from alembic import op

from migrations.shape_0003 import intake

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Cases and money → and limits."""
    intake.create()


def downgrade() -> None:
    """Without limits."""
    for table in ("place", "intake"):
        op.drop_table(table)
