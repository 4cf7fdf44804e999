"""Which releases fit a database: a migration adds, and only a later one takes away what no release in use needs.

While an upgrade is under way the release before and the new one work on the same database. So a migration may add
tables, columns with a default or without a value, and indexes. What takes something away, renames it or refuses what
was allowed calls `contract`: the oldest release that can still work is written down, and older ones do not start.
"""

import re
from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from alembic import op

FLOOR = "schema_floor"

_TAKES_AWAY = {
    "takes a table away": re.compile(r"\bDROP TABLE (?:IF EXISTS )?(\w+)"),
    "takes a column away": re.compile(r"\bALTER TABLE (\w+) DROP COLUMN\b"),
    "renames a table": re.compile(r"\bALTER TABLE (\w+) RENAME TO\b"),
    "renames a column": re.compile(r"\bALTER TABLE (\w+) RENAME (?:COLUMN )?\w+ TO\b"),
    "demands a value": re.compile(r"\bALTER TABLE (\w+) ALTER COLUMN \w+ SET NOT NULL\b"),
    "changes a type": re.compile(r"\bALTER TABLE (\w+) ALTER COLUMN \w+ (?:SET DATA )?TYPE\b"),
    "demands a value that earlier releases do not give": re.compile(
        r"\bALTER TABLE (\w+) ADD COLUMN (?!.*\bDEFAULT\b).*\bNOT NULL\b"
    ),
    "refuses what was allowed": re.compile(r"\bALTER TABLE (\w+) ADD CONSTRAINT\b"),
    "refuses what was there twice": re.compile(r"\bCREATE UNIQUE INDEX \w+ ON (\w+)"),
    "refuses changes": re.compile(r"\bCREATE TRIGGER \w+\s+(?:BEFORE|AFTER)\b.*?\bON (\w+)", re.DOTALL),
}
_MADE = re.compile(r"\bCREATE TABLE (\w+)")
_REPLACED = re.compile(r"\bDROP TRIGGER (?:IF EXISTS )?\w+ ON (\w+)")


def contract(oldest: str) -> None:
    """Called by a migration that takes something away: no release before revision `oldest` works from now on.

    `oldest` is the first revision whose release needs nothing of what goes; it must have been in use everywhere before.
    """
    op.execute(sa.text(f"UPDATE {FLOOR} SET revision = :oldest").bindparams(oldest=oldest))  # noqa: S608 - our own name


def taken_away(statements: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What these statements of one migration, as PostgreSQL gets them, do to releases before it: (what, table).

    A trigger on a table that lost one in the same migration takes its place.
    """
    made: set[str] = set()
    replaced: set[str] = set()
    for statement in statements:
        plain = " ".join(statement.replace('"', "").split())
        made.update(_MADE.findall(plain))
        replaced.update(_REPLACED.findall(plain))
        for what, pattern in _TAKES_AWAY.items():
            known = made | replaced if what == "refuses changes" else made
            yield from ((what, table) for table in pattern.findall(plain) if table not in known)


def contracts(statements: Iterable[str]) -> bool:
    """Whether one of them raises the floor."""
    return any(f"UPDATE {FLOOR}" in statement for statement in statements)
