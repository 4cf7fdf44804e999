"""Postings that are whole, money in transit, claims carried over, and a worklist of what does not match."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, points, text, time
from migrations.freezing import freeze
from migrations.shape_0019 import ledger

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """A list of what does not match → one on which two people resolve it; and a stricter ledger."""
    ledger.add_accounts()
    ledger.add_whole()
    ledger.guard()
    op.add_column("discrepancy", day("day", null=True))
    op.add_column("discrepancy", text("assigned_to", null=True))
    op.add_column("discrepancy", time("assigned_at", null=True))
    op.create_index("ix_discrepancy_day", "discrepancy", ["day"])
    op.create_index("ix_discrepancy_charge_id", "discrepancy", ["charge_id"])
    _notes()
    _proposals()


def _notes() -> None:
    op.create_table(
        "discrepancy_note",
        text("id"),
        text("discrepancy_id"),
        text("author"),
        text("text"),
        time("written_at"),
        points("fk_discrepancy_note_discrepancy_id", "discrepancy_id", "discrepancy.id"),
        sa.PrimaryKeyConstraint("id", name="pk_discrepancy_note"),
    )
    op.create_index("ix_discrepancy_note_discrepancy_id", "discrepancy_note", ["discrepancy_id"])
    freeze("discrepancy_note")


def _proposals() -> None:
    table = "discrepancy_proposal"
    op.create_table(
        table,
        text("id"),
        text("discrepancy_id"),
        text("reason"),
        text("text"),
        text("action"),
        text("parameters"),
        text("status"),
        text("requested_by"),
        time("requested_at"),
        text("decided_by", null=True),
        time("decided_at", null=True),
        text("decision", null=True),
        ledger.whole("posting_id", null=True),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name=op.f(f"ck_{table}_two_people")),
        sa.CheckConstraint("(status = 'open') = (decided_by IS NULL)", name=op.f(f"ck_{table}_decided_by_somebody")),
        points(f"fk_{table}_discrepancy_id", "discrepancy_id", "discrepancy.id"),
        points(f"fk_{table}_posting_id", "posting_id", "ledger_posting.id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_discrepancy_id", table, ["discrepancy_id"])
    still_open = sa.text("status = 'open'")
    op.create_index(
        f"uq_{table}_open",
        table,
        ["discrepancy_id"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )


def downgrade() -> None:
    """Back: what was said and decided about discrepancies is gone, and the ledger is as it was guarded before."""
    for table in ("discrepancy_proposal", "discrepancy_note"):
        op.drop_table(table)
    for index in ("ix_discrepancy_charge_id", "ix_discrepancy_day"):
        op.drop_index(index, "discrepancy")
    for column in ("assigned_at", "assigned_to", "day"):
        op.drop_column("discrepancy", column)
    ledger.forget_guard()
