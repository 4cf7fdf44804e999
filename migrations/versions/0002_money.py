"""The tables of money."""

from alembic import op

from migrations.freezing import freeze
from migrations.shape_0002 import charges, ledger, provider

revision = "0002"
down_revision = "0001"

FROZEN = ("ledger_posting", "ledger_entry", "provider_transaction")


def upgrade() -> None:
    """Cases → cases and money."""
    charges.create()
    ledger.create()
    provider.create()
    ledger.guard()
    for table in FROZEN:
        freeze(table)


def downgrade() -> None:
    """Cases and money → cases."""
    for table in (
        "provider_import",
        "provider_transaction",
        "payment",
        "provider_event",
        "ledger_entry",
        "ledger_posting",
        "ledger_account",
        "discrepancy",
        "checkout",
        "charge",
    ):
        op.drop_table(table)
    ledger.forget_guard()
