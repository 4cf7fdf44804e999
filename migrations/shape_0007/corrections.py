"""Requests for correction, as 0007 made them."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, text, time

OPEN = sa.text("state = 'open'")


def create() -> None:
    """Both tables."""
    op.create_table(
        "correction_request",
        text("id"),
        text("application_id"),
        number("round"),
        text("words"),
        text("requested_by"),
        time("requested_at"),
        day("due_on"),
        day("remind_on", null=True),
        time("reminded_at", null=True),
        text("state"),
        time("closed_at", null=True),
        text("changes", null=True),
        time("changed_at", null=True),
        number("revision"),
        text("note", null=True),
        points("fk_correction_request_application_id", "application_id", "application.id"),
        points("fk_correction_request_requested_by", "requested_by", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_correction_request"),
    )
    op.create_index("ix_correction_request_application_id", "correction_request", ["application_id", "requested_at"])
    op.create_index("ix_correction_request_due", "correction_request", ["state", "due_on"])
    op.create_index(
        "uq_correction_request_open",
        "correction_request",
        ["application_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "correction_item",
        text("request_id"),
        number("number", counted=False),
        text("place"),
        text("why"),
        points("fk_correction_item_request_id", "request_id", "correction_request.id"),
        sa.PrimaryKeyConstraint("request_id", "number", name="pk_correction_item"),
    )
