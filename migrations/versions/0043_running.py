"""Signs of life of what runs, which release still fits this shape, and from which request a job came."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import text, time

revision = "0043"
down_revision = "0042"

FLOOR = "0039"


def upgrade() -> None:
    """Only added: the release before goes on as it is."""
    op.create_table("heartbeat", text("name"), time("at"), sa.PrimaryKeyConstraint("name", name="pk_heartbeat"))
    op.create_table("schema_floor", text("revision"), sa.PrimaryKeyConstraint("revision", name="pk_schema_floor"))
    op.execute(sa.text("INSERT INTO schema_floor (revision) VALUES (:floor)").bindparams(floor=FLOOR))
    op.add_column("job", text("request_id", null=True))


def downgrade() -> None:
    """Nobody is known to run."""
    op.drop_column("job", "request_id")
    op.drop_table("schema_floor")
    op.drop_table("heartbeat")
