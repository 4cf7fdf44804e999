"""Certificates that anybody who holds them can verify."""

from alembic import op

from migrations.columns import text, time

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Certificates → certificates with a code; those issued before have none."""
    with op.batch_alter_table("certificate") as table:
        table.add_column(text("code_hash", null=True))
        table.add_column(time("revoked_at", null=True))
        table.create_unique_constraint("uq_certificate_code_hash", ["code_hash"])


def downgrade() -> None:
    """Back: printed codes lead nowhere."""
    with op.batch_alter_table("certificate") as table:
        table.drop_constraint("uq_certificate_code_hash", type_="unique")
        table.drop_column("revoked_at")
        table.drop_column("code_hash")
