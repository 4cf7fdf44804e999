"""Refunds and disputes."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, text, time
from migrations.freezing import freeze

revision = "0022"
down_revision = "0021"

FROZEN = ("refund_part", "dispute_movement")
ACCOUNTS = (
    ("refund_payable", "payable", "還付未済金"),
    ("past_refund", "expense", "過年度還付金"),
    ("disputed:stripe", "disputed", "異議申立て中（Stripe）"),
    ("loss", "loss", "異議申立てによる損失（処分未定）"),
    ("written_off", "expense", "欠損処分額"),
)


def upgrade() -> None:
    """Money that only comes → and is given back, or taken back."""
    accounts = sa.table("ledger_account", *(sa.column(name) for name in ("code", "kind", "title")))
    op.bulk_insert(accounts, [{"code": code, "kind": kind, "title": title} for code, kind, title in ACCOUNTS])
    _refunds()
    _disputes()
    for table in FROZEN:
        freeze(table)


def _refunds() -> None:
    op.create_table(
        "refund",
        *(text(name) for name in ("id", "payment_id", "provider", "way")),
        number("yen"),
        *(text(name) for name in ("reason", "note", "status", "requested_by")),
        time("requested_at"),
        text("decided_by", null=True),
        time("decided_at", null=True),
        *(text(name, null=True) for name in ("decision", "provider_refund_id")),
        *(text(name, null=True) for name in ("transaction_id", "back_transaction_id")),
        *(time(name, null=True) for name in ("sent_at", "action_until", "confirmed_at", "failed_at")),
        text("failure", null=True),
        time("checked_at", null=True),
        text("slip", null=True),
        day("paid_on", null=True),
        *(text(name, null=True) for name in ("paid_by", "instead_of", "discrepancy_id")),
        sa.CheckConstraint("yen > 0", name=op.f("ck_refund_positive")),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name=op.f("ck_refund_two_people")),
        sa.CheckConstraint("(status = 'requested') = (decided_by IS NULL)", name=op.f("ck_refund_decided_by_somebody")),
        sa.CheckConstraint(
            "way <> 'outside' OR status <> 'confirmed' OR slip IS NOT NULL", name=op.f("ck_refund_outside_with_slip")
        ),
        points("fk_refund_payment_id", "payment_id", "payment.id"),
        points("fk_refund_instead_of", "instead_of", "refund.id"),
        points("fk_refund_discrepancy_id", "discrepancy_id", "discrepancy.id"),
        sa.PrimaryKeyConstraint("id", name="pk_refund"),
        sa.UniqueConstraint("provider", "provider_refund_id", name="uq_refund_provider_provider_refund_id"),
        sa.UniqueConstraint("instead_of", name="uq_refund_instead_of"),
    )
    op.create_index("ix_refund_payment_id", "refund", ["payment_id"])
    op.create_index("ix_refund_status", "refund", ["status", "requested_at"])
    op.create_table(
        "refund_part",
        text("refund_id"),
        number("line", counted=False),
        text("charge_id", null=True),
        text("account", null=True),
        text("title"),
        number("fiscal_year"),
        number("yen"),
        sa.CheckConstraint("yen > 0", name=op.f("ck_refund_part_positive")),
        points("fk_refund_part_refund_id", "refund_id", "refund.id"),
        points("fk_refund_part_charge_id", "charge_id", "charge.id"),
        sa.PrimaryKeyConstraint("refund_id", "line", name="pk_refund_part"),
    )
    op.create_index("ix_refund_part_charge_id", "refund_part", ["charge_id"])


def _disputes() -> None:
    op.create_table(
        "dispute",
        *(text(name) for name in ("id", "provider", "dispute_id")),
        text("payment_id", null=True),
        number("yen"),
        *(text(name) for name in ("currency", "reason", "status")),
        time("opened_at"),
        time("evidence_due", null=True),
        sa.Column("evidence_sent", sa.Boolean(), nullable=False),
        *(time(name) for name in ("noted_at", "checked_at")),
        time("closed_at", null=True),
        *(text(name, null=True) for name in ("ending", "ending_reason", "requested_by")),
        time("requested_at", null=True),
        text("decided_by", null=True),
        time("decided_at", null=True),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name=op.f("ck_dispute_two_people")),
        sa.CheckConstraint(
            "(requested_by IS NULL) = (ending IS NULL)", name=op.f("ck_dispute_ending_wanted_by_somebody")
        ),
        points("fk_dispute_payment_id", "payment_id", "payment.id"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
        sa.UniqueConstraint("provider", "dispute_id", name="uq_dispute_provider_dispute_id"),
    )
    op.create_index("ix_dispute_payment_id", "dispute", ["payment_id"])
    op.create_index("ix_dispute_status", "dispute", ["status", "opened_at"])
    op.create_table(
        "dispute_movement",
        *(text(name) for name in ("provider", "transaction_id", "dispute_id")),
        number("yen"),
        number("fee_yen"),
        time("moved_at"),
        points("fk_dispute_movement_dispute_id", "dispute_id", "dispute.id"),
        sa.PrimaryKeyConstraint("provider", "transaction_id", name="pk_dispute_movement"),
    )
    op.create_index("ix_dispute_movement_dispute_id", "dispute_movement", ["dispute_id"])


def downgrade() -> None:
    """Back: refunds and disputes are gone. Refused where one was posted."""
    for table in ("dispute_movement", "dispute", "refund_part", "refund"):
        op.drop_table(table)
    codes = ", ".join(f"'{code}'" for code, _, _ in ACCOUNTS)
    op.execute(f"DELETE FROM ledger_account WHERE code IN ({codes})")  # noqa: S608 - our own constants
