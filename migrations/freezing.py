"""Rows that are never changed: triggers that refuse UPDATE and DELETE, on both databases."""

from alembic import op

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

_POSTGRESQL_FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def prepare_freezing() -> None:
    """Once, in the first migration: the function that PostgreSQL's triggers call."""
    if _postgresql():
        op.execute(_POSTGRESQL_FUNCTION)


def forget_freezing() -> None:
    """The way back of `prepare_freezing`."""
    if _postgresql():
        op.execute("DROP FUNCTION refuse_change()")


def freeze(table: str) -> None:
    """Refuse UPDATE and DELETE of rows of `table`, and TRUNCATE where there is such a thing."""
    if _postgresql():
        op.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(_SQLITE.format(table=table, verb=verb))


def _postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
