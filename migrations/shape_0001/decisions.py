"""Proposals and decisions, as 0001 made them."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, points, text, time


def create() -> None:
    """All tables of this group."""
    _proposal()
    _decision()


def _proposal() -> None:
    op.create_table(
        "proposal",
        text("id"),
        text("application_id"),
        number("round"),
        text("outcome"),
        text("reason_codes"),
        text("text"),
        text("proposed_by"),
        time("proposed_at"),
        text("state"),
        text("closed_by", null=True),
        time("closed_at", null=True),
        text("closing_note", null=True),
        points("fk_proposal_application_id", "application_id", "application.id"),
        points("fk_proposal_closed_by", "closed_by", "person.id"),
        points("fk_proposal_proposed_by", "proposed_by", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
    )
    op.create_index("ix_proposal_application_id", "proposal", ["application_id", "proposed_at"])
    op.create_index(
        "uq_proposal_open",
        "proposal",
        ["application_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def _decision() -> None:
    op.create_table(
        "decision",
        text("id"),
        text("application_id"),
        number("round"),
        text("proposal_id"),
        text("outcome"),
        text("reasons"),
        text("text"),
        text("appeal", null=True),
        text("proposed_by"),
        text("decided_by"),
        time("decided_at"),
        points("fk_decision_application_id", "application_id", "application.id"),
        points("fk_decision_decided_by", "decided_by", "person.id"),
        points("fk_decision_proposal_id", "proposal_id", "proposal.id"),
        points("fk_decision_proposed_by", "proposed_by", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.UniqueConstraint("application_id", "round", name="uq_decision_application_id_round"),
    )
