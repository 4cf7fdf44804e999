"""Indexes that the cases that are over are read from by status, by due day and by procedure."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

TABLE = "application"
SUBMITTED = "office IS NOT NULL"
OVER = f"status IN ('approved', 'lapsed', 'refused', 'revoked', 'withdrawn') AND {SUBMITTED}"
CHANGED = {
    "ix_application_office_over": ["office", "status_changed_at", "id"],
    "ix_application_over": ["status_changed_at", "id"],
}
ADDED = {
    "ix_application_due_all": (["due_on", "submitted_at", "id", "office", "status"], SUBMITTED),
    "ix_application_procedure_over": (["procedure_id", "status_changed_at", "id", "office"], OVER),
}


def upgrade() -> None:
    """A status was looked up case by case, a due day or a procedure without cases looked for among all."""
    for name, columns in CHANGED.items():
        op.drop_index(name, TABLE)
        _create(name, [*columns, "status"], OVER)
    for name, (columns, where) in ADDED.items():
        _create(name, columns, where)


def downgrade() -> None:
    """Back."""
    for name in ADDED:
        op.drop_index(name, TABLE)
    for name, columns in CHANGED.items():
        op.drop_index(name, TABLE)
        _create(name, columns, OVER)


def _create(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, TABLE, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
