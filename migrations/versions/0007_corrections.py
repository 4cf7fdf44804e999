"""The tables of corrections."""

from alembic import op

from migrations.shape_0007 import corrections

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Cases that are examined once → cases that can be corrected."""
    corrections.create()


def downgrade() -> None:
    """Without corrections: only for a database in which no case waits for one."""
    for table in ("correction_item", "correction_request"):
        op.drop_table(table)
