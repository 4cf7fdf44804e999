"""Closed days, and the bureau of every published procedure."""

import re

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, text, time
from migrations.freezing import freeze

revision = "0018"
down_revision = "0017"

FIRST_HASH = "0" * 64
BUREAU = re.compile(r"""^bureau:\s*["']?([a-z0-9-]+)""", re.MULTILINE)

_SQLITE_GUARD = """
CREATE TRIGGER ledger_posting_open_day BEFORE INSERT ON ledger_posting
WHEN EXISTS (SELECT 1 FROM day_closing WHERE day >= NEW.day)
BEGIN SELECT RAISE(ABORT, 'the day is closed'); END
"""

_POSTGRESQL_GUARD = """
CREATE FUNCTION refuse_closed_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM day_closing WHERE day >= NEW.day) THEN
        RAISE EXCEPTION 'the day is closed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    """Open days → days that can be closed, told apart by bureau."""
    op.create_table(
        "day_closing",
        day("day"),
        time("closed_at"),
        text("closed_by"),
        text("reason", null=True),
        text("figures"),
        text("previous"),
        text("hash"),
        sa.PrimaryKeyConstraint("day", name="pk_day_closing"),
        sa.UniqueConstraint("previous", name="uq_day_closing_previous"),
    )
    head = op.create_table(
        "closing_head",
        number("id", counted=False),
        day("day", null=True),
        text("hash"),
        sa.PrimaryKeyConstraint("id", name="pk_closing_head"),
    )
    op.bulk_insert(head, [{"id": 1, "day": None, "hash": FIRST_HASH}])
    freeze("day_closing")
    _guard()
    _bureaus()


def _guard() -> None:
    if op.get_bind().dialect.name != "postgresql":
        op.execute(_SQLITE_GUARD)
        return
    op.execute(_POSTGRESQL_GUARD)
    op.execute(
        "CREATE TRIGGER ledger_posting_open_day BEFORE INSERT ON ledger_posting "
        "FOR EACH ROW EXECUTE FUNCTION refuse_closed_day()"
    )


def _bureaus() -> None:
    op.add_column("published_procedure", text("bureau", null=True))
    table = sa.table("published_procedure", *(sa.column(name) for name in ("digest", "source", "bureau")))
    for digest, source in op.get_bind().execute(sa.select(table.c.digest, table.c.source)).all():
        if found := BUREAU.search(source):
            op.execute(table.update().where(table.c.digest == digest).values(bureau=found[1]))


def downgrade() -> None:
    """Back: every day is open."""
    op.drop_column("published_procedure", "bureau")
    postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(f"DROP TRIGGER ledger_posting_open_day{' ON ledger_posting' if postgresql else ''}")
    if postgresql:
        op.execute("DROP FUNCTION refuse_closed_day()")
    op.drop_table("closing_head")
    op.drop_table("day_closing")
