"""Decisions that can be taken up again: one a turn, in part, in somebody's place."""

from alembic import op

from migrations.columns import number, text
from migrations.freezing import freeze

revision = "0030"
down_revision = "0029"

BY_ROUND = ("uq_decision_application_id_round", ["application_id", "round"])
BY_TURN = ("uq_decision_application_id_turn", ["application_id", "turn"])
PROPOSED = ("granted", "hearing", "stage")
DECIDED = ("turn", "granted", "hearing", "stood_in_for", "contents")


def upgrade() -> None:
    """One decision a submission → one a turn; those there are were all of the first turn."""
    op.add_column("application", number("turn", default="0"))
    for name in PROPOSED:
        op.add_column("proposal", text(name, null=True))
    with op.batch_alter_table("decision") as table:
        table.add_column(number("turn", default="0"))
        for name in DECIDED[1:]:
            table.add_column(text(name, null=True))
        table.create_foreign_key("fk_decision_stood_in_for", "person", ["stood_in_for"], ["id"])
        table.drop_constraint(BY_ROUND[0], type_="unique")
        table.create_unique_constraint(*BY_TURN)
    _freeze_again()


def downgrade() -> None:
    """Back. Refused by the database where a case was decided in a second turn on the same submission."""
    with op.batch_alter_table("decision") as table:
        table.drop_constraint(BY_TURN[0], type_="unique")
        table.drop_constraint("fk_decision_stood_in_for", type_="foreignkey")
        table.create_unique_constraint(*BY_ROUND)
        for name in reversed(DECIDED):
            table.drop_column(name)
    _freeze_again()
    for name in reversed(PROPOSED):
        op.drop_column("proposal", name)
    op.drop_column("application", "turn")


def _freeze_again() -> None:
    """SQLite builds a table anew to change it, and its triggers stay behind."""
    if op.get_bind().dialect.name == "sqlite":
        freeze("decision")
