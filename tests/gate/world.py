"""The site on which doors are tried: built once, put back as it was after every request that changed something."""

import re
from copy import deepcopy
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

CHANGE = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?(\w+)", re.IGNORECASE)
OF_NO_CONSEQUENCE = frozenset({"look", "look_head", "sign_in_challenge"})
"""Tables whose rows change nothing of what the next request finds."""


@dataclass
class World:
    """The application, who knocks, and what there is; `written` are the tables that the last request wrote to."""

    folder: Path
    database: Database
    written: list[str] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        settings = Settings(public_url="http://localhost", data_dir=self.folder / "data", mail_sign_in=True)
        provider = self.provider = ScriptedProvider(NOW)
        self.app: Flask = create_app(settings, self.database, Overrides(clock=Clock(NOW), provider=provider))
        settle(self.database, NOW)
        office = Casework(self.database, self.app.extensions["tetsuzuki"].blobs, PEOPLE, NOW)
        self.objects = Objects(self.app, office, provider)
        self.callers = {kind.name: Caller(self.app, kind, NOW) for kind in KINDS}
        self.callers["visitor"].client = self.objects["visitor"].client
        for caller in self.callers.values():
            self._learn_token(caller)
        self._kept, self._kept_provider = self._snapshot(), deepcopy(provider.__dict__)
        event.listen(self.database.engine, "before_cursor_execute", self._watch)

    def _learn_token(self, caller: Caller) -> None:
        if not caller.kind.system:
            self.tokens[caller.name] = TOKEN.search(caller.client.get("/sign-in/done").text)[1]

    def _watch(self, *about: Any) -> None:
        if found := CHANGE.match(str(about[2])):
            self.written.append(found[1])

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
        answer.close()
        self._put_back(caller, kept)
        return answer

    def _put_back(self, caller: Caller, kept: list[tuple[str, str]]) -> None:
        if caller.client._cookies is not None:
            now = [(cookie.key, cookie.value) for cookie in caller.client._cookies.values()]
            if now != kept:
                caller.client._cookies.clear()
                for name, value in kept:
                    caller.client.set_cookie(name, value)
        if not OF_NO_CONSEQUENCE.issuperset(self.written):
            connection = self.database.engine.raw_connection()
            self._kept.backup(connection.driver_connection)
            connection.close()
            self.provider.__dict__.update(deepcopy(self._kept_provider))
