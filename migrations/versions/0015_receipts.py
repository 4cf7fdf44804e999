"""Links by which somebody else can pay, and receipts."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, text, time
from migrations.freezing import freeze

revision = "0015"
down_revision = "0014"

FROZEN = ("receipt", "receipt_cancellation")


def upgrade() -> None:
    """Charges that the applicant pays → and somebody else, each with a receipt."""
    op.create_table(
        "pay_link",
        text("id"),
        text("charge_id"),
        text("token_hash"),
        time("created_at"),
        time("revoked_at", null=True),
        points("fk_pay_link_charge_id", "charge_id", "charge.id"),
        sa.PrimaryKeyConstraint("id", name="pk_pay_link"),
        sa.UniqueConstraint("token_hash", name="uq_pay_link_token_hash"),
    )
    op.create_index("ix_pay_link_charge_id", "pay_link", ["charge_id"])
    for name in ("link_id", "last_link_id"):
        op.add_column("checkout", text(name, null=True))
    _receipts()
    for table in FROZEN:
        freeze(table)


def _receipts() -> None:
    op.create_table(
        "receipt",
        text("id"),
        text("charge_id"),
        text("link_id", null=True),
        text("number"),
        text("addressee"),
        text("contents"),
        day("issued_on"),
        time("reserved_at"),
        points("fk_receipt_charge_id", "charge_id", "charge.id"),
        points("fk_receipt_link_id", "link_id", "pay_link.id"),
        sa.PrimaryKeyConstraint("id", name="pk_receipt"),
        sa.UniqueConstraint("charge_id", name="uq_receipt_charge_id"),
        sa.UniqueConstraint("number", name="uq_receipt_number"),
    )
    op.create_table(
        "receipt_cancellation",
        text("receipt_id"),
        text("reason"),
        time("cancelled_at"),
        points("fk_receipt_cancellation_receipt_id", "receipt_id", "receipt.id"),
        sa.PrimaryKeyConstraint("receipt_id", name="pk_receipt_cancellation"),
    )
    op.create_table(
        "receipt_copy",
        text("id"),
        text("receipt_id"),
        number("number"),
        time("asked_at"),
        text("blob_key", null=True),
        text("sha256", null=True),
        number("size", null=True),
        time("made_at", null=True),
        points("fk_receipt_copy_receipt_id", "receipt_id", "receipt.id"),
        sa.PrimaryKeyConstraint("id", name="pk_receipt_copy"),
        sa.UniqueConstraint("receipt_id", "number", name="uq_receipt_copy_receipt_id_number"),
        sa.UniqueConstraint("blob_key", name="uq_receipt_copy_blob_key"),
    )


def downgrade() -> None:
    """Back: links and receipts are gone."""
    for table in ("receipt_copy", "receipt_cancellation", "receipt"):
        op.drop_table(table)
    for name in ("last_link_id", "link_id"):
        op.drop_column("checkout", name)
    op.drop_table("pay_link")
