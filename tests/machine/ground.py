"""Databases on which a world begins: people, procedures and offices are there; made once, copied for each world."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy.orm import Session

from procedures import library
from procedures.actors import SYSTEM, Actor, posts
from procedures.database import Database
from procedures.models import Office, Person, StaffRole
from procedures.seal import create_seal_key
from tests import ringed
from tests.databases import PostgresqlDatabases, Source, SqliteFiles, in_memory, postgresql
from tests.machine.chance import drawing_from
from tests.web.api.system import registered
from tests.web.waivers.spec import SPEC as WAIVED

BEGINNING = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)
"""Friday 2026-05-01, 10:00 in Tokyo."""

HERE = Path(__file__).parent
SMALL = HERE.parent / "procedures" / "specs"
EVERYWHERE = {"*"}
STAFF = (
    Actor("staff", "sato", "佐藤 係員", posts({"clerk"}, EVERYWHERE)),
    Actor("staff", "kato", "加藤 係員", posts({"clerk", "cashier"}, EVERYWHERE)),
    Actor("staff", "both", "両角 主任", posts({"clerk", "approver"}, EVERYWHERE)),
    Actor("staff", "suzuki", "鈴木 課長", posts({"approver"}, EVERYWHERE)),
    Actor("staff", "saito", "斎藤 部長", posts({"approver", "cashier"}, EVERYWHERE)),
    Actor("staff", "hayashi", "林 管理", posts({"manager"}, EVERYWHERE)),
    Actor("staff", "tanaka", "田中 会計", posts({"finance"}, EVERYWHERE)),
    Actor("staff", "mori", "森 会計", posts({"finance"}, EVERYWHERE)),
    Actor("staff", "ono", "小野 運用", posts({"operator"}, EVERYWHERE)),
    Actor("staff", "noda", "野田 監査", posts({"auditor"}, EVERYWHERE)),
)
RESIDENTS = (
    Actor("resident", "hanako", "山田 花子"),
    Actor("resident", "taro", "鈴木 太郎"),
    Actor("resident", "akiko", "秋山 商子"),
)
OFFICES = ("hokenjo", "shuzei-shomei")


NAMES = {actor.id: actor.name for actor in (*STAFF, *RESIDENTS)}


def comes(session: Session, person_id: str, now: datetime) -> None:
    """Somebody signs in: known, seen again, or new, also where they were forgotten since."""
    known = session.get(Person, person_id)
    if known is not None:
        known.seen_at = now
        return
    told = {"issuer": "https://issuer.test", "subject": person_id, "name": NAMES[person_id], "assurance": "high"}
    session.add(Person(id=person_id, email=f"{person_id}@example.jp", created_at=now, seen_at=now, **told))


def furnish(database: Database, now: datetime = BEGINNING) -> tuple[str, str]:
    """People, offices, procedures, and a client of the API, whose id and secret are the answer."""
    with database.write() as session:
        for actor in (*STAFF, *RESIDENTS):
            comes(session, actor.id, now)
        session.flush()
        for actor in STAFF:
            session.add_all(StaffRole(person_id=actor.id, role=role, office=office) for role, office in actor.posts)
        session.add_all(Office(id=office, name_ja=office, name_en=office) for office in OFFICES)
    concepts = (HERE.parents[1] / "procedure_specs" / "concepts.yaml").read_text(encoding="utf-8")
    sources = [(SMALL / f"{name}.yaml").read_text(encoding="utf-8") for name in ("permit", "proof", "notice", "kennel")]
    sources += [
        WAIVED.format(due="submission", two="true"),
        (HERE / "specs" / "trade.yaml").read_text(encoding="utf-8"),
    ]
    with database.write() as session:
        for source in sources:
            library.publish(session, SYSTEM, now, source, "machine.yaml", concepts)
    return registered(database, now)


class Ground:
    """Lends furnished databases of one kind. `client` is the id and the secret of the API's client."""

    def __init__(self, kind: str, source: Source, copy: Callable[[str], str]) -> None:
        self.kind, self._source, self._copy = kind, source, copy
        # to what was lent before connections stay open, and what is in use cannot be copied
        self.first = source.fresh() if isinstance(source, PostgresqlDatabases) else source.lend()
        database = ringed.opened(self.first)
        with drawing_from("ground"):
            self.client = furnish(database)
        if kind == "sqlite":
            with database.engine.connect() as connection:
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()

    @contextmanager
    def lent(self) -> Iterator[Database]:
        """A copy while the block lasts."""
        url = self._copy(self.first)
        database = ringed.opened(url)
        try:
            yield database
        finally:
            database.close()
            self._drop(url)

    def _drop(self, url: str) -> None:
        if isinstance(self._source, PostgresqlDatabases):
            self._source._run(f"DROP DATABASE {_name(url)}")
        else:
            self._source.take_back(url)


def sqlite_ground(folder: Path) -> Ground:
    """Of files in this folder."""

    def copy(first: str) -> str:
        path = Path(first.removeprefix("sqlite:///"))
        target = path.with_name(f"{uuid4().hex}.db")
        copyfile(path, target)
        return f"sqlite:///{target}"

    return Ground("sqlite", SqliteFiles(folder), copy)


def postgresql_ground(source: PostgresqlDatabases) -> Ground:
    """Of databases of this server."""

    def copy(first: str) -> str:
        name = f"w{uuid4().hex}"
        source._run(f"CREATE DATABASE {name} TEMPLATE {_name(first)}")
        return str(source.server.get_uri(database=name))

    return Ground("postgresql", source, copy)


def _name(url: str) -> str:
    """The database's own name in a URL such as `postgresql://…/name?host=…`."""
    return url.partition("?")[0].rpartition("/")[2]


def make_seal(folder: Path) -> Path:
    """A seal in this folder, which all worlds share: keys are made anew by each run."""
    create_seal_key(folder, "東京都", BEGINNING)
    return folder


@contextmanager
def grounds(*kinds: str) -> Iterator[tuple[list[Ground], Path]]:
    """Ground of these kinds, and the folder of the seal, for commands."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(dir=in_memory())))
        (folder / "sqlite").mkdir()
        found = []
        for kind in kinds:
            if kind == "sqlite":
                found.append(sqlite_ground(folder / "sqlite"))
            else:
                found.append(postgresql_ground(stack.enter_context(postgresql())))
        yield found, make_seal(folder / "seal")
