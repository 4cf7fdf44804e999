"""Payouts and what they are made of; the bank's files, statements and lines; which line is which payout."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, text, time
from migrations.freezing import freeze

revision = "0021"
down_revision = "0020"

TABLES = ("bank_match", "bank_line", "bank_statement", "bank_file", "payout_item", "payout")


def upgrade() -> None:
    """What the provider says it sent → and what the bank shows of it."""
    _payouts()
    _files()
    _lines()
    _match()
    for table in ("bank_statement", "bank_line"):
        freeze(table)
    op.create_index("ix_discrepancy_provider_object", "discrepancy", ["provider_object"])
    op.create_index("ix_payment_captured_at", "payment", ["captured_at"])
    op.create_index("ix_charge_paid_at", "charge", ["paid_at"])
    op.create_index("ix_provider_transaction_payment_id", "provider_transaction", ["payment_id"])


def _yen(name: str, *, null: bool = False) -> sa.Column[int]:
    """Yen of a whole account, which may be more than 32 bits hold."""
    return sa.Column(name, sa.BigInteger(), nullable=null)


def _payouts() -> None:
    op.create_table(
        "payout",
        text("provider"),
        text("payout_id"),
        text("transaction_id"),
        _yen("yen"),
        number("fee_yen"),
        text("status"),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        day("day"),
        day("arrives_on"),
        time("asked_at"),
        sa.PrimaryKeyConstraint("provider", "payout_id", name="pk_payout"),
    )
    op.create_index("ix_payout_arrives_on", "payout", ["arrives_on"])
    op.create_index("ix_payout_day", "payout", ["day"])
    op.create_table(
        "payout_item",
        text("provider"),
        text("transaction_id"),
        text("payout_id"),
        sa.ForeignKeyConstraint(
            ["provider", "payout_id"], ["payout.provider", "payout.payout_id"], name="fk_payout_item_provider_payout_id"
        ),
        sa.PrimaryKeyConstraint("provider", "transaction_id", name="pk_payout_item"),
    )
    op.create_index("ix_payout_item_payout", "payout_item", ["provider", "payout_id"])


def _files() -> None:
    op.create_table(
        "bank_file",
        text("id"),
        text("name"),
        text("sha256"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        text("account"),
        text("uploaded_by"),
        time("uploaded_at"),
        text("confirmed_by", null=True),
        time("confirmed_at", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_bank_file"),
    )
    op.create_table(
        "bank_statement",
        text("id"),
        text("file_id"),
        text("account"),
        text("holder"),
        day("first_on"),
        day("last_on"),
        _yen("opening_yen", null=True),
        _yen("closing_yen", null=True),
        time("imported_at"),
        points("fk_bank_statement_file_id", "file_id", "bank_file.id"),
        sa.PrimaryKeyConstraint("id", name="pk_bank_statement"),
        sa.UniqueConstraint(
            "account", "first_on", "last_on", "file_id", name="uq_bank_statement_account_first_on_last_on_file_id"
        ),
    )
    op.create_index("ix_bank_statement_last_on", "bank_statement", ["last_on"])


def _lines() -> None:
    op.create_table(
        "bank_line",
        text("id"),
        text("statement_id"),
        text("account"),
        day("day"),
        number("number"),
        _yen("yen"),
        text("text"),
        text("reference"),
        number("place"),
        sa.CheckConstraint("yen <> 0", name=op.f("ck_bank_line_moves")),
        points("fk_bank_line_statement_id", "statement_id", "bank_statement.id"),
        sa.PrimaryKeyConstraint("id", name="pk_bank_line"),
        sa.UniqueConstraint("account", "day", "yen", "text", "number", name="uq_bank_line_account_day_yen_text_number"),
    )
    op.create_index("ix_bank_line_day", "bank_line", ["day"])
    op.create_index("ix_bank_line_statement_id", "bank_line", ["statement_id"])


def _match() -> None:
    op.create_table(
        "bank_match",
        text("line_id"),
        text("provider"),
        text("payout_id"),
        text("by"),
        time("matched_at"),
        points("fk_bank_match_line_id", "line_id", "bank_line.id"),
        sa.ForeignKeyConstraint(
            ["provider", "payout_id"], ["payout.provider", "payout.payout_id"], name="fk_bank_match_provider_payout_id"
        ),
        sa.PrimaryKeyConstraint("line_id", name="pk_bank_match"),
        sa.UniqueConstraint("provider", "payout_id", name="uq_bank_match_provider_payout_id"),
    )


def downgrade() -> None:
    """Back: what the bank showed is gone."""
    op.drop_index("ix_discrepancy_provider_object", "discrepancy")
    op.drop_index("ix_provider_transaction_payment_id", "provider_transaction")
    op.drop_index("ix_charge_paid_at", "charge")
    op.drop_index("ix_payment_captured_at", "payment")
    for table in TABLES:
        op.drop_table(table)
