"""Applications, drafts, submissions and histories, as 0001 made them."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, serial, text, time


def create() -> None:
    """All tables of this group."""
    _application()
    _draft()
    _submission()
    _status_history()


def _application() -> None:
    op.create_table(
        "application",
        text("id"),
        text("reference", null=True),
        text("procedure_id"),
        text("digest"),
        text("status"),
        time("status_changed_at"),
        number("round", default="0"),
        text("owner"),
        text("language"),
        text("contact_email", null=True),
        text("office", null=True),
        text("claimed_by", null=True),
        time("claimed_at", null=True),
        time("created_at"),
        time("submitted_at", null=True),
        day("due_on", null=True),
        points("fk_application_claimed_by", "claimed_by", "person.id"),
        points("fk_application_digest", "digest", "published_procedure.digest"),
        sa.PrimaryKeyConstraint("id", name="pk_application"),
        sa.UniqueConstraint("reference", name="uq_application_reference"),
    )
    op.create_index("ix_application_claimed_by", "application", ["claimed_by", "status"])
    op.create_index("ix_application_owner", "application", ["owner", "created_at"])
    op.create_index("ix_application_queue", "application", ["office", "status", "due_on"])


def _draft() -> None:
    op.create_table(
        "draft",
        text("application_id"),
        text("answers"),
        number("revision"),
        number("keep_days"),
        time("updated_at"),
        points("fk_draft_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("application_id", name="pk_draft"),
    )
    op.create_index("ix_draft_expiry", "draft", ["keep_days", "updated_at"])


def _submission() -> None:
    op.create_table(
        "submission",
        text("application_id"),
        number("round"),
        text("digest"),
        text("answers"),
        text("quote", null=True),
        text("attachments"),
        text("seen"),
        text("language"),
        time("submitted_at"),
        text("content_hash"),
        points("fk_submission_application_id", "application_id", "application.id"),
        points("fk_submission_digest", "digest", "published_procedure.digest"),
        sa.PrimaryKeyConstraint("application_id", "round", name="pk_submission"),
    )


def _status_history() -> None:
    op.create_table(
        "status_history",
        serial("id"),
        text("application_id"),
        time("at"),
        text("event"),
        text("source"),
        text("target"),
        text("who"),
        text("actor"),
        text("note", null=True),
        points("fk_status_history_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("id", name="pk_status_history"),
    )
    op.create_index("ix_status_history_application_id", "status_history", ["application_id", "id"])
