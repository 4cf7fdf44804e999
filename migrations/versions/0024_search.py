"""Indexes for finance's search and sums."""

from alembic import op

revision = "0024"
down_revision = "0023"

ADDED = {
    "ix_charge_payer": ("charge", ["payer"]),
    "ix_charge_yen": ("charge", ["yen"]),
    "ix_charge_demanded_at": ("charge", ["demanded_at"]),
    "ix_payment_provider_charge_id": ("payment", ["provider_charge_id"]),
    "ix_payment_session_id": ("payment", ["session_id"]),
    "ix_payment_transaction_id": ("payment", ["transaction_id"]),
    "ix_payment_available_at": ("payment", ["available_at"]),
}


def upgrade() -> None:
    """Found by a look through every row → by an index; what is owed is summed without a look at the charges."""
    for name, (table, columns) in ADDED.items():
        op.create_index(name, table, columns)
    op.drop_index("ix_charge_due", "charge")
    op.create_index("ix_charge_due", "charge", ["status", "due_at", "yen"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_charge_due", "charge")
    op.create_index("ix_charge_due", "charge", ["status", "due_at"])
    for name, (table, _) in ADDED.items():
        op.drop_index(name, table)
