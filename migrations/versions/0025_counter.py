"""Money taken at counters: entries, voids by two people, deposits at the bank."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, text, time
from migrations.freezing import freeze

revision = "0025"
down_revision = "0024"

ENTRY, VOID, DEPOSIT = "counter_entry", "counter_void", "counter_deposit"


def upgrade() -> None:
    """Money that only a provider takes → offices take it, too."""
    op.create_table(
        ENTRY,
        *(text(name) for name in ("id", "payment_id", "application_id", "office")),
        day("day"),
        *(text(name) for name in ("method", "slip")),
        number("yen"),
        text("entered_by"),
        time("entered_at"),
        sa.CheckConstraint("yen > 0", name=op.f(f"ck_{ENTRY}_positive")),
        points(f"fk_{ENTRY}_payment_id", "payment_id", "payment.id"),
        points(f"fk_{ENTRY}_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{ENTRY}"),
        sa.UniqueConstraint("office", "day", "slip", name=f"uq_{ENTRY}_office_day_slip"),
    )
    op.create_index(f"ix_{ENTRY}_payment_id", ENTRY, ["payment_id"])
    op.create_table(
        VOID,
        *(text(name) for name in ("entry_id", "reason", "requested_by")),
        time("requested_at"),
        text("decided_by", null=True),
        time("decided_at", null=True),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name=op.f(f"ck_{VOID}_two_people")),
        points(f"fk_{VOID}_entry_id", "entry_id", f"{ENTRY}.id"),
        sa.PrimaryKeyConstraint("entry_id", name=f"pk_{VOID}"),
    )
    op.create_table(
        DEPOSIT,
        *(text(name) for name in ("id", "office")),
        day("day"),
        *(text(name) for name in ("method", "slip")),
        number("yen"),
        text("entered_by"),
        time("entered_at"),
        sa.CheckConstraint("yen > 0", name=op.f(f"ck_{DEPOSIT}_positive")),
        sa.PrimaryKeyConstraint("id", name=f"pk_{DEPOSIT}"),
        sa.UniqueConstraint("office", "day", "slip", name=f"uq_{DEPOSIT}_office_day_slip"),
    )
    for table in (ENTRY, DEPOSIT):
        freeze(table)


def downgrade() -> None:
    """Without them."""
    for table in (VOID, DEPOSIT, ENTRY):
        op.drop_table(table)
