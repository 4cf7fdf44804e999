"""The procedures, published, and people who fill them in like a browser would."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select

from engine.compiling.tariffs import is_tariff
from payments.jobs import handlers
from procedures import drafts, library
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.jobs import run_one
from procedures.models import PublishedProcedure
from tests.payments.scripted import ScriptedProvider
from tests.web.conftest import Clock
from tests.web.residents.applicant import DOG, OWNER, Applicant
from tests.web.residents.sending import Sender
from tests.web.standing import standing_app
from web.services import Overrides
from web.settings import Settings

SPECS = Path(__file__).parents[3] / "procedure_specs"


@pytest.fixture
def provider(now: datetime) -> ScriptedProvider:
    """A payment provider that does what the test says."""
    return ScriptedProvider(now)


@pytest.fixture
def app(settings: Settings, database: Database, clock: Clock, provider: ScriptedProvider) -> Flask:
    """The whole application, paying at the scripted provider."""
    return standing_app(settings, database, Overrides(clock=clock, provider=provider))


@pytest.fixture
def worker(database: Database, provider: ScriptedProvider, now: datetime) -> Callable[[], None]:
    """Does all the jobs of payments that wait; mails and certificates are others' work."""
    known = dict.fromkeys(("notice.send", "certificate.issue"), lambda *_: None) | dict(handlers(provider))

    def work() -> None:
        while run_one(database, lambda: now, "worker", known):
            pass

    return work


@pytest.fixture(scope="session")
def rows() -> list[dict[str, Any]]:
    """What publishing everything in `procedure_specs/` wrote, once somebody did; compiling it for each test is slow."""
    return []


@pytest.fixture
def published(database: Database, now: datetime, rows: list[dict[str, Any]]) -> None:
    """Everything in `procedure_specs/`, in force."""
    with database.write() as session:
        if rows:
            session.execute(insert(PublishedProcedure), [{**row, "published_at": now} for row in rows])
            return
        concepts = (SPECS / "concepts.yaml").read_text(encoding="utf-8")
        sources = {path: path.read_text(encoding="utf-8") for path in sorted(SPECS.glob("*/*.yaml"))}
        tariffs = {str(path): source for path, source in sources.items() if is_tariff(path.as_posix())}
        digests = [
            library.publish(session, SYSTEM, now, source, path.name, concepts, tariffs).procedure.digest
            for path, source in sources.items()
            if str(path) not in tariffs
        ]
        mine = select(PublishedProcedure.__table__).where(PublishedProcedure.digest.in_(digests))
        rows += [dict(row) for row in session.execute(mine).mappings()]


@pytest.fixture
def applicant(app: Flask, people: object, published: None) -> Callable[..., Applicant]:
    """`applicant()` has not signed in; `applicant("hanako")` has."""

    def open_browser(person_id: str | None = None, **options: str) -> Applicant:
        return Applicant(app, person_id, **options)

    return open_browser


@pytest.fixture
def hana(applicant: Callable[..., Applicant]) -> Applicant:
    """Hanako's phone."""
    return applicant("hanako")


@pytest.fixture
def lapse(database: Database, clock: Clock) -> Callable[[], None]:
    """Does what the worker does with drafts whose time is over."""

    def end() -> None:
        with database.write() as session:
            drafts.lapse_expired(session, clock())

    return end


@pytest.fixture
def before_upload(hana: Applicant) -> Applicant:
    """Hanako stands before the page that wants a photo."""
    hana.start("dog-registration")
    hana.send(OWNER)
    hana.send({**DOG, "vaccinated": "yes"})
    hana.send()
    return hana


@pytest.fixture
def sender(before_upload: Applicant) -> Sender:
    """Her browser's script."""
    return Sender(before_upload)
