"""A site with life in it: every procedure published, every scenario filled in, cases at every stage."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from engine.compiling.tariffs import is_tariff
from engine.lifecycle import Status
from engine.model import Procedure, Scenario
from procedures import library
from procedures.actors import SYSTEM, Actor, posts
from procedures.database import Database
from procedures.jobs import run_one
from procedures.models import Application, Certificate, Person, StaffRole
from procedures.seal import create_seal_key
from procedures.submitting import audience
from tests.conftest import NOW, PEOPLE
from tests.hold.astray import go_astray
from tests.hold.crawler import MOST, QUESTIONS, Crawler
from tests.hold.snapshots import Album
from tests.payments.scripted import ScriptedProvider
from tests.web.browsing import Browser
from tests.web.casework import SPECS, Casework
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant
from tests.web.residents.filler import Filler
from web import create_app
from web.context import TOKYO
from web.services import Overrides
from web.settings import Settings
from web.wiring import work_of

OPERATOR = Actor("staff", "ono", "小野 運用", posts({"operator"}, {"*"}))
EVERYTHING = bool(os.environ.get("HOLD_EVERYTHING"))
"""`make hold`: three scenarios of each procedure and every shape of page; else one, and a few pages of each kind."""
SCENARIOS = 3 if EVERYTHING else 1  # of each procedure; all of them are filled in elsewhere
MANAGER = Actor("staff", "hayashi", "林 課長", posts({"manager"}, {"*"}))
AUDITOR = Actor("staff", "noda", "野田 監査", posts({"auditor"}, {"*"}))
READERS = ("hayashi", "noda")  # they come to what others work on
SOME, MORE = 3, 8  # pages of a rule that readers see, and all others
EVERYBODY = {**PEOPLE, "ono": OPERATOR, "hayashi": MANAGER, "noda": AUDITOR}


@dataclass
class World:
    """The site, its people and what was found on the way."""

    folder: Path
    database: Database
    clock: Clock = field(default_factory=lambda: Clock(NOW))
    provider: ScriptedProvider = field(default_factory=lambda: ScriptedProvider(NOW))
    crawlers: dict[str, Crawler] = field(default_factory=dict)
    procedures: list[Procedure] = field(default_factory=list)

    @cached_property
    def app(self) -> Flask:
        """The whole application."""
        settings = Settings(public_url="http://localhost", data_dir=self.folder / "data")
        create_seal_key(settings.seal_dir, settings.authority.name.ja, NOW)
        return create_app(settings, self.database, Overrides(clock=self.clock, provider=self.provider))

    @cached_property
    def album(self) -> Album:
        """Its pages."""
        pages = self.folder / "pages"
        pages.mkdir()
        return Album(pages)

    def settle(self) -> None:
        """People and procedures."""
        with self.database.write() as session:
            for actor in EVERYBODY.values():
                known = {"issuer": "https://issuer.test", "subject": actor.id, "name": actor.name}
                mail = f"{actor.id}@example.jp"
                session.add(Person(id=actor.id, email=mail, assurance="high", created_at=NOW, seen_at=NOW, **known))
            session.flush()
            for actor in EVERYBODY.values():
                session.add_all(StaffRole(person_id=actor.id, role=role, office=office) for role, office in actor.posts)
        concepts = (SPECS / "concepts.yaml").read_text(encoding="utf-8")
        sources = {path: path.read_text(encoding="utf-8") for path in sorted(SPECS.glob("*/*.yaml"))}
        tariffs = {str(path): source for path, source in sources.items() if is_tariff(path.as_posix())}
        with self.database.write() as session:
            for path, source in sources.items():
                if str(path) not in tariffs:
                    found = library.publish(session, SYSTEM, NOW, source, path.name, concepts, tariffs)
                    self.procedures.append(found.procedure)

    def somebody(self, name: str) -> Applicant:
        """A browser of theirs; `visitor` is nobody's. A session is opened at the time of the clock."""
        return Applicant(self.app, None if name == "visitor" else name, assurance="high")

    def _browser(self, name: str) -> Browser:
        """One that does not stop at a faulty page."""
        return Browser(self.app, None if name == "visitor" else name, "high")

    def crawl(self, name: str, *starts: str, probe: str = "") -> None:
        """Let somebody follow every link from `starts`; questions below `probe` are sent with nothing and rubbish."""
        crawler = self.crawlers.get(name)
        if crawler is None:
            alike = MOST if EVERYTHING else SOME if name in READERS else MORE
            crawler = self.crawlers[name] = Crawler(self.app, name, self._browser(name), self.album, alike)
        elif name != "visitor":
            crawler.browser.sign_in(name, "high")
        before = set(crawler.visited)
        crawler.crawl(starts)
        if probe:
            for path in sorted(crawler.visited - before):
                if probe in path and "?" not in path and not path.endswith(("/check", "/withdraw")):
                    crawler.probe(path)

    def file_everything(self) -> None:
        """Scenarios filled in and looked at; the first is sent and paid, then filled in again to be spoiled."""
        for procedure in self.procedures:
            for scenario in procedure.scenarios[:SCENARIOS]:
                person = self._fill(procedure, scenario)
                if scenario is not procedure.scenarios[0]:
                    continue
                if person.heading == "入力内容の確認" and not scenario.expect.errors:
                    self._send(procedure, person)
                self._fill(procedure, scenario, probe=QUESTIONS)

    def _fill(self, procedure: Procedure, scenario: Scenario, probe: str = "") -> Applicant:
        name = _name(procedure)
        self.clock.moment = datetime.combine(scenario.on, time(10), TOKYO).astimezone(UTC)
        person = self.somebody(name)
        Filler(person, procedure, scenario).fill()
        if probe or EVERYTHING or scenario is not procedure.scenarios[0]:
            self.crawl(name, f"/applications/{person.at.split('/')[2]}", person.at, probe=probe)
        return person

    def _send(self, procedure: Procedure, person: Applicant) -> None:
        application_path = f"/applications/{person.at.split('/')[2]}"
        person.open(f"{application_path}/check")
        person.send(form="/check")
        if person.at.endswith("/pay"):
            self.crawl(_name(procedure), person.at)
            before = set(self.provider.states)
            person.send()
            checkout = next(iter(set(self.provider.states) - before))
            self.provider.pay(checkout)
            hook = {"data": f"evt_{checkout} checkout.session.completed {checkout}".encode()}
            person.client.post("/webhooks/stripe", headers={"Stripe-Signature": "good"}, **hook)
        self.work()
        self.crawl(_name(procedure), *(f"{application_path}/{page}" for page in AFTERWARDS))

    def work(self) -> None:
        """Whatever waits for the worker."""
        handlers = work_of(self.app.extensions["tetsuzuki"]).handlers
        while run_one(self.database, self.clock, "worker", handlers):
            pass

    def decide(self) -> None:
        """Of the cases received: every fourth stays, is claimed, is proposed, is decided."""
        self.clock.moment = max(self.clock.moment, NOW) + timedelta(hours=1)
        services = self.app.extensions["tetsuzuki"]
        office = Casework(self.database, services.blobs, PEOPLE, self.clock())
        with self.database.read() as session:
            query = select(Application.id).where(Application.status == Status.RECEIVED.value)
            in_turn = query.order_by(Application.procedure_id, Application.submitted_at)  # the same ones in every run
            received = list(session.scalars(in_turn))
        for number, application in enumerate(received):
            if number % 4 == 1:
                office.claim(application)
            if number % 4 == 2:
                office.propose(application)
            if number % 4 == 3:
                office.approve(application, office.propose(application))
        self.work()

    def certified(self) -> str:
        """The page of a case with a certificate: of the many cases, a crawler opens only some."""
        with self.database.read() as session:
            query = select(Certificate.application_id).where(Certificate.issued_at.is_not(None))
            return f"/desk/cases/{session.scalars(query.order_by(Certificate.number)).first()}"

    @property
    def found(self) -> list[str]:
        """What was wrong anywhere."""
        return [fault for crawler in self.crawlers.values() for fault in crawler.found]


AFTERWARDS = ("submitted", "feedback", "messages")
STARTS = {
    "visitor": ("/",),
    "taro": ("/", "/applications"),
    "hanako": ("/", "/applications"),
    "sato": ("/", "/desk"),
    "suzuki": ("/desk",),
    "tanaka": ("/finance",),
    "kimura": ("/", "/author"),
    "ono": ("/operator",),
    "hayashi": ("/desk", "/manage"),
    "noda": ("/desk", "/audit"),
}


def _name(procedure: Procedure) -> str:
    """Who files it: a clerk what is for staff alone, else Hanako."""
    return "sato" if procedure.audience == audience.STAFF_ALONE else "hanako"


def build(folder: Path, database: Database) -> World:
    """The world, filled and crawled as each kind of person."""
    world = World(folder, database)
    world.settle()
    world.file_everything()
    world.decide()
    go_astray(world)
    for name, starts in STARTS.items():
        world.crawl(name, *([world.certified()] if name == "suzuki" else []), *starts)
    return world
