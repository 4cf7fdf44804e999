"""What a published procedure was compiled with besides its own text and the concepts: the tariffs it uses."""

from alembic import op

from migrations.columns import text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Versions published before have none; the previous release goes on writing rows without."""
    op.add_column("published_procedure", text("shared", null=True))


def downgrade() -> None:
    """Away with the column: only for a database in which no procedure uses a tariff."""
    op.drop_column("published_procedure", "shared")
