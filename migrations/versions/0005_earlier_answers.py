"""Room in a draft for answers that a newer version of its procedure does not take."""

from alembic import op

from migrations.columns import text

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Drafts of one version → drafts that can move to the next."""
    op.add_column("draft", text("earlier", null=True))


def downgrade() -> None:
    """Back: what was set aside is gone."""
    op.drop_column("draft", "earlier")
