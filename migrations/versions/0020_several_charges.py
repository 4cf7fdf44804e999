"""One checkout for several charges, and one payment split over them."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, points, text
from migrations.freezing import freeze

revision = "0020"
down_revision = "0019"

ACTIVE = {
    "0019": "status IN ('demanded', 'paid')",
    "0020": "status = 'demanded' OR (status = 'paid' AND purpose <> 'difference')",
}
"""Of which charges of a case and purpose there is at most one."""
PARTS = {"checkout_charge": "checkout", "payment_share": "payment"}
"""What belongs to each charge, and whose part it is."""


def upgrade() -> None:
    """A checkout pays one charge → several; what each got is filled in from what is there."""
    for table, whole in PARTS.items():
        op.create_table(
            table,
            text(f"{whole}_id"),
            text("charge_id"),
            number("yen"),
            points(f"fk_{table}_{whole}_id", f"{whole}_id", f"{whole}.id"),
            points(f"fk_{table}_charge_id", "charge_id", "charge.id"),
            sa.PrimaryKeyConstraint(f"{whole}_id", "charge_id", name=f"pk_{table}"),
            sa.CheckConstraint("yen > 0", name=op.f(f"ck_{table}_positive")),
        )
        op.create_index(f"ix_{table}_charge_id", table, ["charge_id"])
    op.execute(
        "INSERT INTO checkout_charge (checkout_id, charge_id, yen) "
        "SELECT checkout.id, charge.id, charge.yen FROM checkout JOIN charge ON charge.id = checkout.charge_id"
    )
    op.execute(
        "INSERT INTO payment_share (payment_id, charge_id, yen) "
        "SELECT id, charge_id, yen FROM payment WHERE state = 'settled' AND charge_id IS NOT NULL"
    )
    for table in PARTS:
        freeze(table)
    _allow_one(ACTIVE[revision])


def _allow_one(active: str) -> None:
    op.drop_index("uq_charge_active", "charge")
    where = {"sqlite_where": sa.text(active), "postgresql_where": sa.text(active)}
    op.create_index("uq_charge_active", "charge", ["application_id", "purpose"], unique=True, **where)


def downgrade() -> None:
    """Back: what paid several charges counts as paying the first. Refused where a case paid two differences."""
    _allow_one(ACTIVE[down_revision])
    for table in PARTS:
        op.drop_table(table)
