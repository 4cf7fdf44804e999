"""Rows that are never changed: triggers that refuse UPDATE and DELETE, on both databases."""

from collections.abc import Sequence

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


def freeze_columns(table: str, columns: Sequence[str]) -> None:
    """Refuse UPDATE of these columns of `table`; whole rows may still be erased, with the case that they belong to."""
    named = ", ".join(f'"{column}"' for column in columns)
    if _postgresql():
        op.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {named} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    op.execute(_SQLITE.format(table=table, verb="UPDATE").replace(" ON ", f" OF {named} ON ", 1))


def keep_rows(table: str) -> None:
    """Refuse DELETE of rows of `table`."""
    if _postgresql():
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    op.execute(_SQLITE.format(table=table, verb="DELETE"))


def thaw_columns(table: str) -> None:
    """The way back of `freeze_columns`."""
    on = f" ON {table}" if _postgresql() else ""
    op.execute(f"DROP TRIGGER {table}_{'frozen' if _postgresql() else 'no_UPDATE'}{on}")


def _postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
