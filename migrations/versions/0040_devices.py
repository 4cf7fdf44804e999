"""Sessions say on what kind of device they were opened; tokens of forms never needed a column."""

from alembic import op

from migrations.columns import text

revision = "0040"
down_revision = "0039"

SESSIONS = "web_session"


def upgrade() -> None:
    """Sessions of before are of a device that nobody knows."""
    op.add_column(SESSIONS, text("device", default="|"))
    op.drop_column(SESSIONS, "csrf")


def downgrade() -> None:
    """As before."""
    op.add_column(SESSIONS, text("csrf", default=""))
    op.drop_column(SESSIONS, "device")
