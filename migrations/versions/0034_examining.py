"""What staff fill in and tick off, their notes, and opinions of other offices."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, serial, text, time
from migrations.freezing import freeze

revision = "0034"
down_revision = "0033"

ENTRY, NOTE, OPINION = "examination_entry", "case_note", "case_opinion"


def upgrade() -> None:
    """Decisions with nothing beside them → how they were come by."""
    op.create_table(
        ENTRY,
        serial("number"),
        text("application_id"),
        number("round"),
        *(text(name) for name in ("kind", "item")),
        text("value", null=True),
        text("by"),
        time("at"),
        points(f"fk_{ENTRY}_application_id", "application_id", "application.id"),
        points(f"fk_{ENTRY}_by", "by", "person.id"),
        sa.PrimaryKeyConstraint("number", name=f"pk_{ENTRY}"),
    )
    op.create_index(f"ix_{ENTRY}_application_id", ENTRY, ["application_id", "number"])
    op.create_table(
        NOTE,
        serial("number"),
        *(text(name) for name in ("application_id", "text", "by")),
        time("at"),
        text("once"),
        points(f"fk_{NOTE}_application_id", "application_id", "application.id"),
        points(f"fk_{NOTE}_by", "by", "person.id"),
        sa.PrimaryKeyConstraint("number", name=f"pk_{NOTE}"),
        sa.UniqueConstraint("once", name=f"uq_{NOTE}_once"),
    )
    op.create_index(f"ix_{NOTE}_application_id", NOTE, ["application_id", "number"])
    _opinions()
    for table in (ENTRY, NOTE):
        freeze(table)


def _opinions() -> None:
    op.create_table(
        OPINION,
        *(text(name) for name in ("id", "application_id", "office", "question")),
        day("due_on"),
        text("asked_by"),
        time("asked_at"),
        *(text(name) for name in ("once", "state")),
        *(text(name, null=True) for name in ("answer", "closed_by")),
        time("closed_at", null=True),
        time("reminded_at", null=True),
        points(f"fk_{OPINION}_application_id", "application_id", "application.id"),
        points(f"fk_{OPINION}_asked_by", "asked_by", "person.id"),
        points(f"fk_{OPINION}_closed_by", "closed_by", "person.id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{OPINION}"),
        sa.UniqueConstraint("once", name=f"uq_{OPINION}_once"),
    )
    op.create_index(f"ix_{OPINION}_application_id", OPINION, ["application_id", "asked_at"])
    still = sa.text("state = 'open'")
    op.create_index(f"ix_{OPINION}_open", OPINION, ["office", "due_on"], sqlite_where=still, postgresql_where=still)


def downgrade() -> None:
    """Without them."""
    for table in (OPINION, NOTE, ENTRY):
        op.drop_table(table)
