"""Rows that are never changed but for two things: what was plain may be sealed, and what was erased may go."""

from collections.abc import Sequence

from alembic import op

from migrations.freezing import freeze, freeze_columns

FORM = "sealed:1:"
"""How what is sealed begins (`procedures.keyring.envelopes`)."""

_ERASED = (
    "EXISTS (SELECT 1 FROM erased WHERE holder = {key}"
    " OR holder = (SELECT application_id FROM correction_request WHERE id = {key}))"
)

_SQLITE_UPDATE = """
CREATE TRIGGER {table}_no_UPDATE BEFORE UPDATE ON {table} WHEN NOT ({allowed})
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

_SQLITE_DELETE = """
CREATE TRIGGER {table}_no_DELETE BEFORE DELETE ON {table} WHEN NOT {erased}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

_POSTGRESQL = f"""
CREATE FUNCTION refuse_change_but_sealing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD); after jsonb; name text; key text := to_jsonb(OLD) ->> TG_ARGV[0];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF {_ERASED.format(key="key")} THEN RETURN OLD; END IF;
    ELSE
        after := to_jsonb(NEW);
        FOREACH name IN ARRAY string_to_array(TG_ARGV[1], ',') LOOP
            IF before ->> name NOT LIKE '{FORM}%' AND after ->> name LIKE '{FORM}%' THEN
                after := jsonb_set(after, ARRAY[name], before -> name);
            END IF;
        END LOOP;
        FOREACH name IN ARRAY string_to_array(TG_ARGV[2], ',') LOOP after := after - name; before := before - name;
        END LOOP;
        IF before = after THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def prepare() -> None:
    """Once: the function that PostgreSQL's triggers call."""
    if _postgresql():
        op.execute(_POSTGRESQL)


def forget() -> None:
    """The way back of `prepare`."""
    if _postgresql():
        op.execute("DROP FUNCTION refuse_change_but_sealing()")


def freeze_but_sealing(
    table: str, key: str, fixed: Sequence[str], sealed: Sequence[str], free: Sequence[str] = ()
) -> None:
    """In place of the triggers that froze `table`: `fixed` never change, `sealed` once, from plain; `free` may change.

    A row may be deleted once the case that its column `key` names was erased; where `free` are given, always.
    """
    thaw(table)
    if _postgresql():
        verbs = "UPDATE" if free else "UPDATE OR DELETE"
        arguments = ", ".join(f"'{text}'" for text in (key, ",".join(sealed), ",".join(free)))
        op.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE {verbs} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_change_but_sealing({arguments})"
        )
        return
    same = [_same(name) for name in fixed]
    either = [f"({_same(name)} OR {_becomes_sealed(name)})" for name in sealed]
    op.execute(_SQLITE_UPDATE.format(table=table, allowed=" AND ".join([*same, *either])))
    if not free:
        op.execute(_SQLITE_DELETE.format(table=table, erased=_ERASED.format(key=f"OLD.{key}")))


def thaw(table: str) -> None:
    """Take the triggers away that refuse UPDATE and DELETE."""
    if _postgresql():
        op.execute(f"DROP TRIGGER {table}_frozen ON {table}")
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")


def freeze_as_before(table: str, columns: Sequence[str] = ()) -> None:
    """The way back of `freeze_but_sealing`; `columns` where only those were frozen."""
    thaw(table)
    if columns:
        freeze_columns(table, columns)
        return
    if _postgresql():
        op.execute(f"DROP TRIGGER {table}_kept ON {table}")
    freeze(table)


def _same(name: str) -> str:
    return f'NEW."{name}" IS OLD."{name}"'


def _becomes_sealed(name: str) -> str:
    return f'(OLD."{name}" IS NOT NULL AND NOT {_is_sealed("OLD", name)} AND {_is_sealed("NEW", name)})'


def _is_sealed(row: str, name: str) -> str:
    return f"coalesce(substr({row}.\"{name}\", 1, {len(FORM)}) = '{FORM}', 0)"


def _postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
