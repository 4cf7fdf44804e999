"""The site on which doors are tried: built once, put back as it was after every request that changed something."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from procedures.database import Database
from tests.conftest import NOW, PEOPLE
from tests.gate.objects import Objects
from tests.gate.people import KINDS, Caller, settle
from tests.payments.scripted import ScriptedProvider
from tests.web.browsing import TOKEN
from tests.web.casework import Casework
from tests.web.conftest import Clock
from web import create_app
from web.services import Overrides
from web.settings import Settings

CHANGES = frozenset({"INSERT", "UPDATE", "DELETE", "REPLACE"})


@dataclass
class World:
    """The application, who knocks, and what there is; `written` are the statements that the last request wrote."""

    folder: Path
    database: Database
    written: list[str] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        settings = Settings(public_url="http://localhost", data_dir=self.folder / "data", mail_sign_in=True)
        provider = ScriptedProvider(NOW)
        self.app: Flask = create_app(settings, self.database, Overrides(clock=Clock(NOW), provider=provider))
        settle(self.database, NOW)
        office = Casework(self.database, self.app.extensions["tetsuzuki"].blobs, PEOPLE, NOW)
        self.objects = Objects(self.app, office, provider)
        self.callers = {kind.name: Caller(self.app, kind, NOW) for kind in KINDS}
        self.callers["visitor"].client = self.objects["visitor"].client
        for caller in self.callers.values():
            self._learn_token(caller)
        self._kept = self._snapshot()
        event.listen(self.database.engine, "before_cursor_execute", self._watch)

    def _learn_token(self, caller: Caller) -> None:
        if not caller.kind.system:
            self.tokens[caller.name] = TOKEN.search(caller.client.get("/sign-in/done").text)[1]

    def _watch(self, *about: Any) -> None:
        statement = str(about[2]).lstrip()
        if statement.split(maxsplit=1)[0].upper() in CHANGES:
            self.written.append(statement)

    def _snapshot(self) -> Any:
        from pysqlite3 import dbapi2

        memory = dbapi2.connect(":memory:")
        connection = self.database.engine.raw_connection()
        connection.driver_connection.backup(memory)
        connection.close()
        return memory

    def send(self, name: str, method: str, path: str, form: Any = None, *, token: str | None = None) -> TestResponse:
        """What this kind of person gets; the database is as before afterwards. POST carries their token."""
        caller = self.callers[name]
        self.written.clear()
        options: dict[str, Any] = {"headers": caller.headers}
        if method not in {"GET", "HEAD", "OPTIONS"}:
            known = self.tokens.get(name, "") if token is None else token
            options["data"] = {**(form or {}), "csrf_token": known}
        kept = [(cookie.key, cookie.value) for cookie in (caller.client._cookies or {}).values()]
        answer = caller.client.open(path, method=method, **options)
        answer.get_data()
        self._put_back(caller, kept)
        return answer

    def _put_back(self, caller: Caller, kept: list[tuple[str, str]]) -> None:
        if caller.client._cookies is not None:
            now = [(cookie.key, cookie.value) for cookie in caller.client._cookies.values()]
            if now != kept:
                caller.client._cookies.clear()
                for name, value in kept:
                    caller.client.set_cookie(name, value)
        if self.written:
            connection = self.database.engine.raw_connection()
            self._kept.backup(connection.driver_connection)
            connection.close()


def build(folder: Path, database: Database) -> Iterator[World]:
    """The world for as long as it is needed."""
    yield World(folder, database)
