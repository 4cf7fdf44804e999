"""More time for corrections, as it was granted."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, text, time
from migrations.freezing import freeze

revision = "0028"
down_revision = "0027"

TABLE = "correction_extension"


def upgrade() -> None:
    """The table, to which rows are only added."""
    op.create_table(
        TABLE,
        text("request_id"),
        number("number", counted=False),
        day("due_before"),
        day("due_after"),
        text("granted_by"),
        time("granted_at"),
        text("why"),
        points(f"fk_{TABLE}_request_id", "request_id", "correction_request.id"),
        points(f"fk_{TABLE}_granted_by", "granted_by", "person.id"),
        sa.PrimaryKeyConstraint("request_id", "number", name=f"pk_{TABLE}"),
    )
    freeze(TABLE)


def downgrade() -> None:
    """No request has more time than it had."""
    op.drop_table(TABLE)
