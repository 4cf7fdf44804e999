"""The audit log, jobs and messages, as 0001 made them."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, points, serial, text, time


def create() -> None:
    """All tables of this group."""
    _audit_event()
    _audit_head()
    _job()
    _message()


def _audit_event() -> None:
    op.create_table(
        "audit_event",
        serial("seq", counted=False),
        time("at"),
        text("actor"),
        text("action"),
        text("object_id"),
        text("field_ids"),
        text("note", null=True),
        text("previous"),
        text("hash"),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_event"),
        sa.UniqueConstraint("previous", name="uq_audit_event_previous"),
    )
    op.create_index("ix_audit_event_object_id", "audit_event", ["object_id"])


def _audit_head() -> None:
    op.create_table(
        "audit_head",
        number("id", counted=False),
        serial("seq"),
        text("hash"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )


def _job() -> None:
    op.create_table(
        "job",
        text("id"),
        text("kind"),
        text("payload"),
        text("key", null=True),
        text("state"),
        time("run_at"),
        number("attempts"),
        number("token"),
        text("worker", null=True),
        time("lease_until", null=True),
        text("error", null=True),
        time("created_at"),
        time("finished_at", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
        sa.UniqueConstraint("key", name="uq_job_key"),
    )
    op.create_index("ix_job_due", "job", ["state", "run_at"])
    op.create_index("ix_job_lease", "job", ["state", "lease_until"])


def _message() -> None:
    op.create_table(
        "message",
        text("id"),
        text("application_id"),
        text("job_id"),
        text("kind"),
        text("language"),
        text("subject"),
        text("body"),
        text("channel"),
        time("sent_at"),
        points("fk_message_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("job_id", name="uq_message_job_id"),
    )
    op.create_index("ix_message_application_id", "message", ["application_id"])
