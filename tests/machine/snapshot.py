"""The whole database as it must be on either kind: every row, ids and moments included, but no hashes."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

import payments.models  # noqa: F401 - their tables belong to it
from procedures.models.base import Base
from tests.machine.world import World

Row = tuple[tuple[str, Any], ...]

HASH = re.compile(r"\b[0-9a-f]{64}\b")
"""What is hashed stands beside its hash, but for papers: each is signed anew, at a moment that no seed decides."""


def snapshot(world: World) -> dict[str, list[Row]]:
    """Each table's rows, in an order of their own."""
    with world.database.read() as session:
        tables = {table.name: session.execute(select(table)).mappings() for table in Base.metadata.sorted_tables}
        return {name: sorted((_row(row) for row in rows), key=repr) for name, rows in tables.items()}


def _row(values: Mapping[str, Any]) -> Row:
    return tuple((name, HASH.sub("…", value) if isinstance(value, str) else value) for name, value in values.items())


def differences(mine: Mapping[str, list[Row]], other: Mapping[str, list[Row]]) -> Iterator[str]:
    """What is on one side alone, a line for each row, at most a few for each table."""
    for table in mine:
        here, there = mine[table], other[table]
        if here == there:
            continue
        for side, rows, against in (("only first", here, there), ("only second", there, here)):
            for row in [row for row in rows if row not in against][:3]:
                yield f"{table} {side}: {dict(row)}"
