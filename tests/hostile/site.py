"""The whole website in this process, as strict as PostgreSQL, for targets that are reached by a request."""

import atexit
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from flask import Flask
from sqlalchemy import event
from werkzeug.test import EnvironBuilder, run_wsgi_app

import migrations
import web.api.frame
import web.pages.errors
from payments.providers.stripe import StripeProvider
from procedures.database import Database
from tests import ringed
from tests.conftest import NOW, PEOPLE, enrol
from tests.databases import in_memory
from tests.house.tree import ROOT
from tests.web.casework import DOG, TAX, Casework
from web import create_app
from web.identity.sessions import begin_session
from web.security.cookies import SESSION
from web.security.pace import Pace
from web.services import Overrides
from web.settings import Settings

SECRET = "whsec_fuzz"
HOST = "http://localhost"
FAULT = 500


class OurFault(Exception):
    """An answer that says that something of ours is broken. `way` is where."""

    def __init__(self, status: int, errors: list[BaseException]) -> None:
        told = "".join(traceback.format_exception(errors[0])) if errors else "nothing was logged"
        self.way = f"{status}: {_place(errors[0]) if errors else 'nothing was logged'}"
        super().__init__(f"{status}\n{told}")


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Site:
    """An application on a database of its own with the people of the tests and two procedures."""

    app: Flask
    database: Database
    casework: Casework
    cookies: dict[str, str]
    errors: list[BaseException] = field(default_factory=list)
    callers: Iterator[int] = field(default_factory=count)

    def ask(
        self,
        method: str,
        path: str,
        *,
        person: str = "",
        body: bytes = b"",
        kind: str = "",
        query: str = "",
        headers: Mapping[str, str] | None = None,
        cookie: str = "",
    ) -> Answer:
        """One request; everything as it goes over the wire, one character a byte. Raises `OurFault`."""
        environ = EnvironBuilder("/", HOST, method=method, headers=headers, input_stream=None).get_environ()
        number = next(self.callers)
        environ |= {
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": kind,
            "REMOTE_ADDR": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
            "wsgi.input": _Stream(body),
        }
        if held := cookie or self.cookies.get(person, ""):
            environ["HTTP_COOKIE"] = held
        self.errors.clear()
        parts, status, told = run_wsgi_app(self.app.wsgi_app, environ, buffered=True)
        code = int(status.split()[0])
        if self.errors or code >= FAULT:
            raise OurFault(code, self.errors)
        return Answer(code, dict(told), b"".join(parts))


def _place(error: BaseException) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if ROOT in Path(frame.filename).parents]
    ours = [frame for frame in frames if ".venv" not in frame.filename and "/tests/" not in frame.filename]
    return f"{type(error).__name__} in {Path(ours[-1].filename).relative_to(ROOT)}:{ours[-1].name}" if ours else "?"


def _Stream(body: bytes) -> Any:  # noqa: N802 - stands for a class
    from io import BytesIO

    return BytesIO(body)


def _strict(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
    """What PostgreSQL refuses and SQLite takes: a NUL in a text."""
    for row in parameters if isinstance(parameters, list) else [parameters]:
        values = row.values() if isinstance(row, dict) else row or ()
        if any(isinstance(value, str) and "\0" in value for value in values):
            raise ValueError(f"a NUL goes to the database: {statement[:200]}")


@cache
def site() -> Site:
    """Made once a process."""
    folder = Path(mkdtemp(prefix="tetsuzuki-hostile-", dir=in_memory()))
    atexit.register(rmtree, folder, ignore_errors=True)
    database = ringed.opened(f"sqlite:///{folder / 'site.db'}")
    migrations.upgrade(database)
    enrol(database)
    settings = Settings(public_url=HOST, data_dir=folder / "data")
    provider = StripeProvider("sk_test_x", SECRET, "http://127.0.0.1:9", timeout=0.01)
    app = create_app(settings, database, Overrides(clock=lambda: NOW, provider=provider))
    cookies = {}
    with database.write() as session:
        for name in PEOPLE:
            cookies[name] = f"{SESSION}={begin_session(session, NOW, name, 'local', 'high')}"
    casework = Casework(database, app.extensions["tetsuzuki"].blobs, PEOPLE, NOW)
    for spec in (DOG, TAX):
        casework.publish(spec)
    for engine in (database.engine, database.reading_engine):
        event.listen(engine, "before_cursor_execute", _strict)
    return Site(app, database, casework, cookies)


@contextmanager
def watched() -> Iterator[Site]:
    """The site, with whatever its error pages hide brought to light."""
    found = site()

    def note(_log: object, _event: str, error: BaseException, **_facts: object) -> None:
        found.errors.append(error)

    kept = web.pages.errors.log_failure, web.api.frame.log_failure, Pace.require
    web.pages.errors.log_failure = web.api.frame.log_failure = note
    Pace.require = lambda _pace, _caller: None  # the clock stands: nobody would be let in again
    try:
        yield found
    finally:
        web.pages.errors.log_failure, web.api.frame.log_failure, Pace.require = kept


def moment() -> datetime:
    """What the site's clock shows."""
    return NOW.astimezone(UTC)
