"""What every test may ask for: an empty database of either kind, the people of the tests, a fixed moment.

And what watches each of them: nobody speaks to the network inside a transaction.
"""

import gc
import os
from datetime import UTC, datetime

import pytest
from hypothesis import settings
from sqlalchemy import insert

from procedures.actors import Actor, posts
from procedures.database import Database
from tests.compiled import compiled_once
from tests.databases import KINDS, database, database_kind, in_memory, postgresql_source, sqlite_source
from tests.orders import backwards
from tests.quiet import network_watch
from web.cli import RARELY

__all__ = [
    "backwards",
    "compiled_once",
    "database",
    "database_kind",
    "network_watch",
    "postgresql_source",
    "sqlite_source",
]

NOW = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)

gc.set_threshold(RARELY)  # while everything is loaded

# No test depends on how busy the machine is. How many examples each of them takes that says nothing of it itself:
settings.register_profile("tests", deadline=None, max_examples=int(os.environ.get("EXAMPLES", "30")))
settings.load_profile("tests")


def pytest_configure(config: pytest.Config) -> None:
    """Marks for the few data tests that are about one database; files in memory, where no commit waits for a disk."""
    if memory := in_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)
    config.addinivalue_line("markers", "sqlite_only: about SQLite alone")
    config.addinivalue_line("markers", "postgresql_only: about PostgreSQL alone")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What uses the database is tried on both kinds, but for what is about one of them."""
    if "database_kind" in metafunc.fixturenames:
        only = [kind for kind in KINDS if metafunc.definition.get_closest_marker(f"{kind}_only")]
        metafunc.parametrize("database_kind", only or KINDS, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first."""
    items.sort(key=lambda item: next((at for at, name in enumerate(FIRST) if item.nodeid.startswith(name)), len(FIRST)))


def pytest_collection_finish() -> None:
    """What is there by now stays: the collector of garbage need not go through all of it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


# What shares one running whole, or much that is read once a process, and is therefore done by one of several.
TOGETHER = ("tests/browser/", "tests/hold/", "tests/house/")
# What takes long begins first, so that no process waits for the last of it at the end.
FIRST = ("tests/hold/", "tests/browser/", "tests/payments/holding/", "tests/cli/", "tests/corpus/", "tests/house/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Each file is dealt out by itself, these folders as a whole.

    xdist's own groups are marks that it writes into a test's id, where this pytest no longer reads them.
    """
    from xdist.scheduler import LoadScopeScheduling

    config.option.loadscopereorder = False

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])

    return ByFile(config, log)


@pytest.fixture
def now() -> datetime:
    """Friday 2026-05-01, 10:00 in Tokyo, as UTC."""
    return NOW


PEOPLE = {
    "hanako": Actor("resident", "hanako", "山田 花子"),
    "taro": Actor("resident", "taro", "鈴木 太郎"),
    "sato": Actor("staff", "sato", "佐藤 係員", posts({"clerk"}, {"*"})),
    "suzuki": Actor("staff", "suzuki", "鈴木 課長", posts({"approver"}, {"*"})),
    "tanaka": Actor("staff", "tanaka", "田中 会計", posts({"finance"}, {"*"})),
    "kimura": Actor("staff", "kimura", "木村 企画", posts({"author"}, {"*"})),
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
    enrol(database)
    return PEOPLE


def enrol(database: Database) -> None:
    """Write them down."""
    from procedures.models import Person, StaffRole

    known = {"issuer": "https://issuer.test", "assurance": "high", "created_at": NOW, "seen_at": NOW}
    rows = [
        {"id": actor.id, "subject": actor.id, "name": actor.name, "email": f"{actor.id}@example.jp", **known}
        for actor in PEOPLE.values()
    ]
    roles = [
        {"person_id": actor.id, "role": role, "office": office}
        for actor in PEOPLE.values()
        for role, office in sorted(actor.posts)
    ]
    with database.write() as session:
        session.execute(insert(Person.__table__), rows)
        session.execute(insert(StaffRole.__table__), roles)
