"""Cases are assigned, taken over and transferred; people are away."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, serial, text, time

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Whoever claims has it → offices assign, colleagues take over, and every move is kept with its reason."""
    op.create_table(
        "office_assigning",
        text("office"),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        text("changed_by"),
        time("changed_at"),
        points("fk_office_assigning_changed_by", "changed_by", "person.id"),
        sa.PrimaryKeyConstraint("office", name="pk_office_assigning"),
    )
    op.create_table(
        "work_share",
        text("person_id"),
        text("office"),
        number("percent"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_work_share_percent")),
        points("fk_work_share_person_id", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("person_id", "office", name="pk_work_share"),
    )
    _absences()
    _moves()


def _absences() -> None:
    op.create_table(
        "absence",
        text("id"),
        text("person_id"),
        day("first"),
        day("last"),
        text("stand_in", null=True),
        text("entered_by"),
        time("entered_at"),
        time("ended_at", null=True),
        sa.CheckConstraint("first <= last", name=op.f("ck_absence_order")),
        sa.CheckConstraint("stand_in IS NULL OR stand_in <> person_id", name=op.f("ck_absence_another")),
        points("fk_absence_person_id", "person_id", "person.id"),
        points("fk_absence_stand_in", "stand_in", "person.id"),
        points("fk_absence_entered_by", "entered_by", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
    )
    op.create_index("ix_absence_person_id", "absence", ["person_id", "last"])


def _moves() -> None:
    op.create_table(
        "case_move",
        serial("id"),
        text("application_id"),
        time("at"),
        text("kind"),
        *(text(name, null=True) for name in ("from_person", "to_person")),
        *(text(name) for name in ("from_office", "to_office", "actor", "reason")),
        points("fk_case_move_application_id", "application_id", "application.id"),
        points("fk_case_move_from_person", "from_person", "person.id"),
        points("fk_case_move_to_person", "to_person", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_move"),
    )
    op.create_index("ix_case_move_application_id", "case_move", ["application_id", "id"])
    op.create_index("ix_case_move_to_person", "case_move", ["to_person", "id"])


def downgrade() -> None:
    """Without them."""
    for table in ("case_move", "absence", "work_share", "office_assigning"):
        op.drop_table(table)
