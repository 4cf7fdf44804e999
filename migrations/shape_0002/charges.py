"""Charges, checkouts and discrepancies, as 0002 made them."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, text, time


def create() -> None:
    """All tables of this group."""
    _charge()
    _checkout()
    _discrepancy()


def _charge() -> None:
    op.create_table(
        "charge",
        text("id"),
        text("application_id"),
        text("purpose"),
        text("status"),
        number("yen"),
        number("waived_yen"),
        text("lines"),
        text("payer"),
        number("fiscal_year"),
        time("demanded_at"),
        day("due_on"),
        time("due_at"),
        time("paid_at", null=True),
        text("method", null=True),
        time("ended_at", null=True),
        sa.CheckConstraint("yen > 0", name=op.f("ck_charge_positive")),
        points("fk_charge_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("id", name="pk_charge"),
    )
    active = sa.text("status IN ('demanded', 'paid')")
    op.create_index(
        "uq_charge_active",
        "charge",
        ["application_id", "purpose"],
        unique=True,
        sqlite_where=active,
        postgresql_where=active,
    )
    op.create_index("ix_charge_due", "charge", ["status", "due_at"])
    op.create_index("ix_charge_application_id", "charge", ["application_id"])


def _checkout() -> None:
    op.create_table(
        "checkout",
        text("id"),
        text("charge_id"),
        number("attempt"),
        text("provider"),
        text("session_id", null=True),
        text("status"),
        text("url", null=True),
        text("order"),
        time("opened_at"),
        time("expires_at"),
        time("waiting_until", null=True),
        time("checked_at", null=True),
        points("fk_checkout_charge_id", "charge_id", "charge.id"),
        sa.PrimaryKeyConstraint("id", name="pk_checkout"),
        sa.UniqueConstraint("charge_id", "attempt", name="uq_checkout_charge_id_attempt"),
        sa.UniqueConstraint("provider", "session_id", name="uq_checkout_provider_session_id"),
    )
    op.create_index("ix_checkout_status", "checkout", ["status", "opened_at"])


def _discrepancy() -> None:
    op.create_table(
        "discrepancy",
        text("id"),
        text("key"),
        text("kind"),
        text("charge_id", null=True),
        text("provider_object"),
        text("expected"),
        text("found"),
        time("found_at"),
        time("resolved_at", null=True),
        text("resolved_by", null=True),
        text("resolution", null=True),
        points("fk_discrepancy_charge_id", "charge_id", "charge.id"),
        sa.PrimaryKeyConstraint("id", name="pk_discrepancy"),
        sa.UniqueConstraint("key", name="uq_discrepancy_key"),
    )
    op.create_index("ix_discrepancy_open", "discrepancy", ["resolved_at", "found_at"])
