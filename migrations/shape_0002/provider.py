"""Webhooks, payments and transactions of the provider, as 0002 made them."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, text, time


def create() -> None:
    """All tables of this group."""
    _event()
    _payment()
    _transaction()
    op.create_table(
        "provider_import",
        text("provider"),
        time("until"),
        sa.PrimaryKeyConstraint("provider", name="pk_provider_import"),
    )


def _event() -> None:
    op.create_table(
        "provider_event",
        text("id"),
        text("provider"),
        text("event_id"),
        text("kind"),
        text("object_id"),
        text("checkout_session_id", null=True),
        time("created_at"),
        time("received_at"),
        time("handled_at", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_provider_event"),
        sa.UniqueConstraint("provider", "event_id", name="uq_provider_event_provider_event_id"),
    )
    op.create_index("ix_provider_event_checkout", "provider_event", ["checkout_session_id"])


def _payment() -> None:
    op.create_table(
        "payment",
        text("id"),
        text("provider"),
        text("payment_id"),
        text("provider_charge_id"),
        text("session_id"),
        text("charge_id", null=True),
        text("state"),
        text("method"),
        number("yen"),
        text("currency"),
        time("authorised_at"),
        time("captured_at"),
        time("available_at", null=True),
        text("transaction_id", null=True),
        number("fee_yen", null=True),
        time("recorded_at"),
        points("fk_payment_charge_id", "charge_id", "charge.id"),
        sa.PrimaryKeyConstraint("id", name="pk_payment"),
        sa.UniqueConstraint("provider", "payment_id", name="uq_payment_provider_payment_id"),
    )
    op.create_index("ix_payment_charge_id", "payment", ["charge_id"])


def _transaction() -> None:
    op.create_table(
        "provider_transaction",
        text("provider"),
        text("transaction_id"),
        text("kind"),
        text("source_id", null=True),
        text("payment_id", null=True),
        number("yen"),
        number("fee_yen"),
        text("currency"),
        text("method", null=True),
        time("created_at"),
        time("available_at"),
        day("day"),
        time("imported_at"),
        sa.PrimaryKeyConstraint("provider", "transaction_id", name="pk_provider_transaction"),
    )
    op.create_index("ix_provider_transaction_day", "provider_transaction", ["day"])
