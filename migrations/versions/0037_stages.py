"""Proposals pass several stages; deputies decide for who is absent; decisions come with letters."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, text, time
from migrations.freezing import freeze

revision = "0037"
down_revision = "0036"

ENDORSEMENT, DEPUTY, LOOK, LETTER = "endorsement", "deputy", "later_look", "letter"


def upgrade() -> None:
    """One approver → a route of them, and their deputies; a decision told on a page → told in a letter, too."""
    _endorsement()
    _deputy()
    op.create_table(
        LOOK,
        *(text(name) for name in ("id", "person_id")),
        time("at"),
        points(f"fk_{LOOK}_person_id", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{LOOK}"),
    )
    freeze(LOOK)
    _letter()


def downgrade() -> None:
    """Without them."""
    for table in (LETTER, LOOK, DEPUTY, ENDORSEMENT):
        op.drop_table(table)


def _endorsement() -> None:
    op.create_table(
        ENDORSEMENT,
        *(text(name) for name in ("id", "proposal_id", "stage", "by")),
        text("stood_in_for", null=True),
        time("at"),
        time("undone_at", null=True),
        *(text(name, null=True) for name in ("undone_by", "note")),
        points(f"fk_{ENDORSEMENT}_proposal_id", "proposal_id", "proposal.id"),
        *(points(f"fk_{ENDORSEMENT}_{who}", who, "person.id") for who in ("by", "stood_in_for", "undone_by")),
        sa.PrimaryKeyConstraint("id", name=f"pk_{ENDORSEMENT}"),
    )
    op.create_index(f"ix_{ENDORSEMENT}_proposal_id", ENDORSEMENT, ["proposal_id", "at"])


def _deputy() -> None:
    op.create_table(
        DEPUTY,
        *(text(name) for name in ("id", "absent", "deputy", "office", "stages")),
        *(day(name) for name in ("from_on", "until_on")),
        text("named_by"),
        time("named_at"),
        time("ended_at", null=True),
        *(points(f"fk_{DEPUTY}_{who}", who, "person.id") for who in ("absent", "deputy", "named_by")),
        sa.PrimaryKeyConstraint("id", name=f"pk_{DEPUTY}"),
    )
    for who in ("deputy", "absent"):
        op.create_index(f"ix_{DEPUTY}_{who}", DEPUTY, [who, "until_on"])


def _letter() -> None:
    op.create_table(
        LETTER,
        *(text(name) for name in ("id", "application_id", "decision_id", "number")),
        day("issued_on"),
        time("reserved_at"),
        *(text(name, null=True) for name in ("blob_key", "sha256")),
        number("size", null=True),
        time("issued_at", null=True),
        points(f"fk_{LETTER}_application_id", "application_id", "application.id"),
        points(f"fk_{LETTER}_decision_id", "decision_id", "decision.id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{LETTER}"),
        *(sa.UniqueConstraint(name, name=f"uq_{LETTER}_{name}") for name in ("decision_id", "number", "blob_key")),
    )
    op.create_index(f"ix_{LETTER}_application_id", LETTER, ["application_id"])
