"""Indexes that queues of a million cases are read from."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import text, time

revision = "0038"
down_revision = "0037"

TABLE = "application"
OPEN = (
    "status IN ('awaiting_fee', 'awaiting_issue_fee', 'correction_requested', 'decision_proposed', 'in_review', "
    "'received')"
)
OVER = "status IN ('approved', 'lapsed', 'refused', 'revoked', 'withdrawn') AND office IS NOT NULL"
SUBMITTED = "office IS NOT NULL"
EARLIER = {
    "ix_application_queue": ["office", "status", "due_on"],
    "ix_application_claimed_by": ["claimed_by", "status"],
}
ADDED = {
    "ix_application_open": (["status", "office", "due_on", "claimed_by", "procedure_id"], OPEN),
    "ix_application_claimed_by": (["claimed_by", "due_on"], OPEN),
    "ix_application_claimed_over": (["claimed_by", "status_changed_at"], OVER),
    "ix_application_office_due": (["office", "due_on", "submitted_at", "id"], OPEN),
    "ix_application_due": (["due_on", "submitted_at", "id"], OPEN),
    "ix_application_office_over": (["office", "status_changed_at", "id"], OVER),
    "ix_application_over": (["status_changed_at", "id"], OVER),
    "ix_application_office_submitted": (["office", "submitted_at", "id"], SUBMITTED),
    "ix_application_submitted": (["submitted_at", "id"], SUBMITTED),
    "ix_application_procedure": (["procedure_id", "submitted_at", "id"], SUBMITTED),
}


def upgrade() -> None:
    """Sorted anew for each page, counted by a look at each case → read out of indexes in their order."""
    op.add_column("search_term", text("office", null=True))
    op.add_column("search_term", time("submitted_at", null=True))
    op.execute(
        "UPDATE search_term SET "
        "office = (SELECT office FROM application WHERE application.id = search_term.application_id), "
        "submitted_at = (SELECT submitted_at FROM application WHERE application.id = search_term.application_id)"
    )
    op.drop_index("ix_search_term_term", "search_term")
    op.create_index("ix_search_term_term", "search_term", ["term", "office", "submitted_at", "application_id"])
    for name in EARLIER:
        op.drop_index(name, TABLE)
    for name, (columns, where) in ADDED.items():
        op.create_index(name, TABLE, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_search_term_term", "search_term")
    op.create_index("ix_search_term_term", "search_term", ["term", "application_id"])
    for name in ("submitted_at", "office"):
        op.drop_column("search_term", name)
    for name in ADDED:
        op.drop_index(name, TABLE)
    for name, columns in EARLIER.items():
        op.create_index(name, TABLE, columns)
