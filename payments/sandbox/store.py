"""What the sandbox remembers: resources, settings, idempotent answers and webhooks to send, in one SQLite file."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

Body = dict[str, Any]

_TABLES = """
CREATE TABLE IF NOT EXISTS resource (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, body TEXT NOT NULL,
    status TEXT AS (json_extract(body, '$.status')) STORED);
CREATE INDEX IF NOT EXISTS resource_kind ON resource (kind, seq);
CREATE INDEX IF NOT EXISTS resource_status ON resource (kind, status);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answer (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS delivery (
    number INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, due REAL NOT NULL, attempts INTEGER NOT NULL,
    state TEXT NOT NULL);
"""


class Store:
    """One connection under one lock. Bodies go in and come out as plain dictionaries."""

    def __init__(self, path: str = ":memory:") -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.executescript(_TABLES)

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
        wanted = dict(where or {})
        terms = ["kind = ?", *("status = ?" if name == "status" else f"body ->> '{name}' = ?" for name in wanted)]
        statement = f"SELECT body FROM resource WHERE {' AND '.join(terms)} ORDER BY seq DESC"  # noqa: S608 - our own field names
        return [json.loads(body) for (body,) in self.run(statement, (kind, *wanted.values()))]

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
