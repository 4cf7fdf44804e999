"""Ten cases out of each, inside of PostgreSQL: a tenth is planned, which takes Python long enough."""

from collections.abc import Iterator, Mapping
from random import Random

from sqlalchemy import Connection

from engine.references import new_reference
from procedures.database import Database
from tests.benchmarks.desk.writing import COLUMNS

TIMES = 10

_LATER = "(m.copy * interval '37 minutes')"
_PHONE = "left(t.term, 3) || lpad(mod(right(t.term, 8)::bigint * 7919 * m.copy, 100000000)::text, 8, '0')"
_FOLDED = "lower(replace(m.reference, '-', ''))"
EXPRESSIONS: Mapping[str, Mapping[str, str]] = {
    "application": {
        "id": "m.id",
        "reference": "m.reference",
        **{name: f"t.{name} - {_LATER}" for name in ("status_changed_at", "claimed_at", "created_at", "submitted_at")},
    },
    "submission": {"content_hash": "m.copy || t.content_hash", "submitted_at": f"t.submitted_at - {_LATER}"},
    "status_history": {"id": "m.copy * 100000000 + t.id", "at": f"t.at - {_LATER}"},
    "proposal": {"id": "'p' || m.id", "proposed_at": f"t.proposed_at - {_LATER}"},
    "decision": {"id": "'d' || m.id", "proposal_id": "'p' || m.id", "decided_at": f"t.decided_at - {_LATER}"},
    "correction_request": {"id": "'c' || m.id"},
    "case_message": {"number": "m.copy * 100000000 + t.number", "once": "'m' || m.id", "at": f"t.at - {_LATER}"},
    "search_term": {
        "term": f"CASE t.kind WHEN 'reference' THEN {_FOLDED} WHEN 'phone' THEN {_PHONE} ELSE t.term END",
        "submitted_at": f"t.submitted_at - {_LATER}",
    },
}


def multiply(database: Database, seed: int) -> Iterator[str]:
    """Copy every case nine times, with numbers, moments and telephones of its own; yields the tables that are done."""
    chance = Random(seed + 1)
    with database.engine.begin() as connection:
        _names(connection, chance)
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table, columns in COLUMNS.items():
            own = EXPRESSIONS[table]
            given = {"application_id": "m.id", **own} if table != "application" else own
            wanted = ", ".join(given.get(name, f"t.{name}") for name in columns)
            joined = "t.id" if table == "application" else "t.application_id"
            connection.exec_driver_sql(
                f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 - our own names
                f"SELECT {wanted} FROM {table} t JOIN multiplied m ON m.base = {joined}"
            )
            yield table


def _names(connection: Connection, chance: Random) -> None:
    """The ids and numbers of the copies, in a table of this transaction."""
    connection.exec_driver_sql(
        "CREATE TEMPORARY TABLE multiplied (base text, copy int, id text, reference text) ON COMMIT DROP"
    )
    raw = connection.connection.driver_connection
    rows = raw.execute("SELECT id, reference FROM application").fetchall()
    seen = {reference for _, reference in rows}
    with raw.cursor() as cursor, cursor.copy("COPY multiplied FROM STDIN") as copy:
        for base, _ in rows:
            for number in range(1, TIMES):
                reference = new_reference(chance.randbytes(8))
                while reference in seen:
                    reference = new_reference(chance.randbytes(8))
                seen.add(reference)
                copy.write(f"{base}\t{number}\t{chance.getrandbits(32):08x}{base[8:]}{number}\t{reference}\n")
    connection.exec_driver_sql("ANALYZE multiplied")
