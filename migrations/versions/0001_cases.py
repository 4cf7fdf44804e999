"""The tables of cases."""

import sqlalchemy as sa
from alembic import op

from migrations.freezing import forget_freezing, freeze, prepare_freezing
from migrations.shape_0001 import cases, decisions, files, outbox, people

revision = "0001"
down_revision = None

FROZEN = ("submission", "status_history", "decision", "audit_event")
FIRST_HASH = "0" * 64


def upgrade() -> None:
    """Empty → cases."""
    prepare_freezing()
    people.create()
    cases.create()
    decisions.create()
    files.create()
    outbox.create()
    head = sa.table("audit_head", sa.column("id"), sa.column("seq"), sa.column("hash"))
    op.execute(head.insert().values(id=1, seq=0, hash=FIRST_HASH))
    for table in FROZEN:
        freeze(table)


def downgrade() -> None:
    """Cases → empty."""
    for table in (
        "message",
        "job",
        "audit_head",
        "audit_event",
        "certificate",
        "certificate_counter",
        "attachment",
        "decision",
        "proposal",
        "status_history",
        "submission",
        "draft",
        "application",
        "web_session",
        "staff_role",
        "person",
        "published_procedure",
    ):
        op.drop_table(table)
    forget_freezing()
