"""What the desk is asked, through the application itself, and how long each answer takes on the server."""

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from urllib.parse import urlencode

import structlog
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from procedures.database import Database
from procedures.models import Application
from procedures.reading.queues import SCOPES
from tests.benchmarks.desk import plan
from tests.benchmarks.desk.building import EVERYWHERE
from web import create_app
from web.identity.sessions import begin_session
from web.security.cookies import SESSION
from web.services import Overrides
from web.settings import Settings

QUEUE_MS, CASE_MS = 100, 60
CLERK = "clerk-00-0"  # of the largest office
SMALL = "clerk-59-0"  # of the smallest


@dataclass(frozen=True, slots=True)
class Took:
    """How long one kind of question took, in milliseconds.

    `p95` and `middle` are of the processors, of website and database together; `clock` is the p95 by the clock, with
    all that others do on the machine; `first` is the first answer by the clock.
    """

    who: str
    what: str
    p95: float
    middle: float
    clock: float
    first: float
    aim: int


def application(database: Database) -> Flask:
    """The website on this database, at the moment of the data."""
    settings = Settings(public_url="http://localhost", data_dir=Path(mkdtemp(prefix="desk-")))
    app = create_app(settings, database, Overrides(clock=lambda: plan.NOW))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    return app


def ask(app: Flask, database: Database, repeat: int, only: str) -> Iterator[Took]:
    """Every kind of question by each of three people; `only`: those whose name holds it."""
    for person in (CLERK, SMALL, EVERYWHERE):
        client = app.test_client()
        with database.write() as session:
            client.set_cookie(SESSION, begin_session(session, plan.NOW, person, "local", "high"))
        client.get("/desk")
        processors = Processors(database)
        for what, addresses, aim in _questions(database, person):
            if only in f"{person} {what}":
                walls, worked = _timed(client, processors, addresses, repeat)
                p95 = (_share(walls[1:], 0.95), _share(worked[1:], 0.95))
                yield Took(person, what, p95[1], _share(worked[1:], 0.5), p95[0], walls[0], aim)


def _timed(
    client: FlaskClient, cpu: "Processors", addresses: Sequence[str], repeat: int
) -> tuple[list[float], list[float]]:
    """Milliseconds by the clock and of the processors, in order."""
    walls, worked = [], []
    for number in range(max(repeat, len(addresses)) + 1):
        address = addresses[number % len(addresses)]
        began, at = time.perf_counter(), cpu.seconds()
        answer = client.get(address)
        walls.append((time.perf_counter() - began) * 1000)
        worked.append((cpu.seconds() - at) * 1000)
        if answer.status_code not in {200, 302}:
            raise SystemExit(f"{address}: {answer.status_code}")
    return walls, worked


class Processors:
    """The time that this process and the database's own have worked: what the clock shows on a machine at rest."""

    def __init__(self, database: Database) -> None:
        self.backends: list[Path] = []
        if database.dialect == "postgresql":
            with database.read() as session:
                pids = session.scalars(text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"))
                self.backends = [Path(f"/proc/{pid}/schedstat") for pid in pids]

    def seconds(self) -> float:
        """So far; a database of several connections counts as one."""
        return time.process_time() + sum(int(one.read_text().split()[0]) for one in self.backends) / 1e9


def _share(values: Sequence[float], share: float) -> float:
    return sorted(values)[int((len(values) - 1) * share)]


def _questions(database: Database, person: str) -> Iterator[tuple[str, list[str], int]]:
    for scope in SCOPES:
        yield f"tab {scope}", [f"/desk?tab={scope}"], QUEUE_MS
    for what, filters in FILTERS.items():
        yield f"filter {what}", ["/desk?" + urlencode(filters)], QUEUE_MS
    known = _some(database, person, 60)
    for what, typed in _searches(known).items():
        yield f"search {what}", ["/desk?" + urlencode({"q": words}) for words in typed], QUEUE_MS
    yield "search in closed", [f"/desk?tab=closed&{urlencode({'q': '佐藤 花子'})}"], QUEUE_MS
    yield "open a case", [f"/desk/cases/{case.id}" for case in known], CASE_MS


FILTERS = {
    "procedure, open": {"tab": "open", "procedure": "desk-001"},
    "procedure, closed": {"tab": "closed", "procedure": "desk-001"},
    "procedure, all": {"tab": "all", "procedure": "desk-001"},
    "rare procedure, closed": {"tab": "closed", "procedure": "desk-149"},
    "procedure of nobody": {"tab": "closed", "procedure": "nowhere"},
    "status refused": {"tab": "closed", "status": "refused"},
    "status in tab": {"tab": "open", "status": "decision_proposed"},
    "status of no case": {"tab": "closed", "status": "received"},
    "assignee": {"tab": "open", "assignee": "clerk-00-1"},
    "assignee, closed": {"tab": "closed", "assignee": "clerk-00-1"},
    "nobody": {"tab": "open", "assignee": "-"},
    "nobody, closed": {"tab": "closed", "assignee": "-"},
    "due this week": {"tab": "open", "due_from": "2026-05-01", "due_to": "2026-05-08"},
    "due, closed": {"tab": "closed", "due_from": "2024-05-01", "due_to": "2024-05-08"},
    "due, all": {"tab": "all", "due_from": "2024-05-01", "due_to": "2024-05-08"},
    "submitted one day": {"tab": "all", "submitted_from": "2024-05-01", "submitted_to": "2024-05-01"},
    "submitted one year, closed": {"tab": "closed", "submitted_from": "2024-04-01", "submitted_to": "2025-03-31"},
    "submitted long ago, refused": {"tab": "all", "status": "refused", "submitted_to": "2023-08-01"},
    "office": {"tab": "closed", "office": "office-30"},
    "everything": {"tab": "closed", "procedure": "desk-001", "status": "approved", "office": "office-00",
                   "assignee": "clerk-00-1", "submitted_from": "2024-04-01", "submitted_to": "2025-03-31"},
    "a far page": {"tab": "all", "from": "2024-05-01T00:00:00..zzz.."},
}  # fmt: skip


def _searches(known: Sequence[Application]) -> dict[str, list[str]]:
    return {
        "whole number": [str(case.reference) for case in known[:20]],
        "beginning of a number": [str(case.reference)[:5] for case in known[:20]],
        "common name": ["佐藤", "鈴木", "高橋"],
        "name of few": ["銀鉄", "春夏", "石岩"],
        "full name": ["佐藤 花子", "渡邉 翔", "齊藤愛"],
        "kana": ["ハセガワ", "ながたに", "ｻｻｷ"],
        "hiragana, two words": ["さとう はなこ", "たかはし ゆみこ"],
        "one sign": ["佐", "山"],
        "whole telephone number": ["090 1234 5678", "+81-80-1234-5678", "０３ー１２３４ー５６７８"],
        "beginning of a telephone number": ["0901234", "0423"],
        "0901": ["0901"],
        "answer": ["第13回花まつり", "盆踊り"],
        "answer and name": ["盆踊り 佐藤"],
        "nothing there": ["獅子舞踊保存会"],
    }


def _some(database: Database, person: str, count: int) -> list[Application]:
    query = select(Application)
    if person != EVERYWHERE:
        query = query.where(Application.office == plan.office(int(person.split("-")[1])))
    chance = Random(1)
    with database.read() as session:
        low = session.scalars(query.where(Application.id > f"{chance.getrandbits(32):08x}").limit(count)).all()
        return list(low) or list(session.scalars(query.limit(count)))


def figures(database: Database) -> str:
    """How many cases there are, by status."""
    with database.read() as session:
        rows = session.execute(select(Application.status, func.count()).group_by(Application.status)).all()
    return ", ".join(f"{status} {count:,}" for status, count in sorted(rows, key=lambda row: -row[1]))
