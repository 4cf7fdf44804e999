"""What the sandbox remembers: resources, settings, idempotent answers and webhooks to send, in one SQLite file."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

Body = dict[str, Any]
VERSION = 2

_TABLES = """
CREATE TABLE IF NOT EXISTS resource (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, body TEXT NOT NULL,
    status TEXT AS (json_extract(body, '$.status')) STORED,
    intent TEXT AS (json_extract(body, '$.payment_intent')) STORED,
    created INTEGER AS (json_extract(body, '$.created')) STORED);
CREATE INDEX IF NOT EXISTS resource_kind ON resource (kind, seq);
CREATE INDEX IF NOT EXISTS resource_status ON resource (kind, status);
CREATE INDEX IF NOT EXISTS resource_intent ON resource (kind, intent);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answer (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS delivery (
    number INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, due REAL NOT NULL, attempts INTEGER NOT NULL,
    state TEXT NOT NULL, payload TEXT NOT NULL, answer TEXT);
CREATE INDEX IF NOT EXISTS delivery_event ON delivery (event);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (state, due);
CREATE TABLE IF NOT EXISTS agenda (
    number INTEGER PRIMARY KEY AUTOINCREMENT, due INTEGER NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS agenda_due ON agenda (due, number);
CREATE TABLE IF NOT EXISTS settled (movement TEXT PRIMARY KEY, payout TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS settled_payout ON settled (payout);
"""


class Store:
    """One connection under one lock. Bodies go in and come out as plain dictionaries."""

    def __init__(self, path: str = ":memory:") -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._prepare()

    def _prepare(self) -> None:
        """Make the tables. A file of another version of the sandbox is begun anew: it holds nothing of worth."""
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version != VERSION:
            for (table,) in self._connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
                if not table.startswith("sqlite_"):
                    self._connection.execute(f"DROP TABLE {table}")
        self._connection.executescript(f"{_TABLES} PRAGMA user_version = {VERSION};")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """Everything done inside is kept together, or nothing of it. May be nested; the outermost decides."""
        with self._lock:
            self._depth += 1
            try:
                if self._depth == 1:
                    self._connection.execute("BEGIN IMMEDIATE")
                yield
                if self._depth == 1:
                    self._connection.execute("COMMIT")
            except BaseException:
                if self._depth == 1 and self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            finally:
                self._depth -= 1

    def run(self, statement: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """One statement, all its rows."""
        with self._lock:
            return self._connection.execute(statement, parameters).fetchall()

    def put(self, body: Body) -> Body:
        """Keep a resource as it now is; its place in lists stays where it was first put."""
        self.run(
            "INSERT INTO resource (id, kind, body) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (body["id"], body["object"], json.dumps(body, ensure_ascii=False)),
        )
        return body

    def find(self, resource_id: str) -> Body | None:
        """The resource with this id."""
        rows = self.run("SELECT body FROM resource WHERE id = ?", (resource_id,))
        return json.loads(rows[0][0]) if rows else None

    def get(self, resource_id: str) -> Body:
        """The resource that must be there."""
        body = self.find(resource_id)
        if body is None:
            raise KeyError(resource_id)
        return body

    def newest_first(self, kind: str, where: Mapping[str, Any] | None = None) -> list[Body]:
        """All resources of a kind, the latest first, whose fields equal `where`."""
        return self.select(kind, *conditions(where or {}))

    def select(
        self, kind: str, terms: Sequence[str] = (), values: Sequence[Any] = (), *, limit: int = -1, oldest: bool = False
    ) -> list[Body]:
        """At most `limit` resources of a kind for which all SQL `terms` hold; the latest first, or the oldest."""
        statement = (
            f"SELECT body FROM resource WHERE {' AND '.join(('kind = ?', *terms))}"  # noqa: S608 - our own field names
            f" ORDER BY seq {'ASC' if oldest else 'DESC'} LIMIT ?"
        )
        return [json.loads(body) for (body,) in self.run(statement, (kind, *values, limit))]

    def place(self, resource_id: str, kind: str) -> int | None:
        """Where a resource stands in the list of its kind; later ones have higher places."""
        rows = self.run("SELECT seq FROM resource WHERE id = ? AND kind = ?", (resource_id, kind))
        return int(rows[0][0]) if rows else None

    def setting(self, name: str, default: Any) -> Any:
        """A remembered setting."""
        rows = self.run("SELECT value FROM setting WHERE name = ?", (name,))
        return json.loads(rows[0][0]) if rows else default

    def set_setting(self, name: str, value: Any) -> None:
        """Remember a setting."""
        self.run(
            "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, json.dumps(value)),
        )


def conditions(where: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
    """SQL terms and their values for fields that equal `where`; the indexed ones by their columns."""
    columns = {"status": "status", "payment_intent": "intent"}
    terms = [f"{columns.get(name) or _field(name)} = ?" for name in where]
    return terms, list(where.values())


def _field(name: str) -> str:
    return f"body ->> '{name}'"
