"""The rows that are kept apart: one file beside all generations, replaced by each backup."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, inspect

from web.backups import KEPT_APART

AT_ONCE = 1000
END = "end"
"""In the last line, with the number of those before it."""


def dump(connection: Connection, file: Path) -> int:
    """Write what stands in the tables now, in place of what the file held; how many rows.

    Asked last: what was erased while the backup was made is no longer in it.
    """
    unfinished, count = file.with_name(f"{file.name}.tmp"), 0
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as target:
        for table in _tables(connection):
            for row in connection.execute(table.select().execution_options(yield_per=AT_ONCE)).mappings():
                target.write(json.dumps([table.name, dict(row)], ensure_ascii=False) + "\n")
                count += 1
        target.write(json.dumps([END, {"count": count}]) + "\n")
        target.flush()
        os.fsync(target.fileno())
    unfinished.replace(file)
    return count


def is_whole(file: Path) -> bool:
    """Whether the file is there to its end. Of a part of it nobody may restore: what lacks a key is erased."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        name, last = json.loads(lines[-1])
        return bool(name == END and last == {"count": len(lines) - 1})
    except (OSError, ValueError, TypeError, IndexError):
        return False


def load(connection: Connection, file: Path) -> int:
    """Put the rows of the file in place of those in the tables; how many."""
    tables, count = {table.name: table for table in _tables(connection)}, 0
    for table in tables.values():
        connection.execute(table.delete())
    for name, rows in _portions(file):
        if name in tables:
            connection.execute(tables[name].insert(), rows)
            count += len(rows)
    return count


def _tables(connection: Connection) -> list[Table]:
    """As the database has them: types of ours do not come in between."""
    there = set(inspect(connection).get_table_names())
    return [Table(name, MetaData(), autoload_with=connection) for name in KEPT_APART if name in there]


def _portions(file: Path) -> Iterator[tuple[str, list[dict[str, object]]]]:
    rows: dict[str, list[dict[str, object]]] = {}
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            name, row = json.loads(line)
            waiting = rows.setdefault(name, [])
            waiting.append(row)
            if len(waiting) == AT_ONCE:
                yield name, rows.pop(name)
    yield from rows.items()
