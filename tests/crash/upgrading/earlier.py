"""A database as an earlier release left it, with cases, money, messages and sessions; copied for each upgrade."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import cached_property
from itertools import count
from pathlib import Path
from shutil import copyfile

import psycopg
from sqlalchemy import make_url, update

import migrations
from procedures import attachments, drafts
from procedures.asides import notes
from procedures.blobs.disk import DiskBlobs
from procedures.correspondence import writing
from procedures.database import Database
from procedures.models import Sealing, WebSession
from tests.conftest import NOW, PEOPLE, enrol
from tests.crash.upgrading.looking import Seen, look
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till
from tests.procedures.conftest import Desk, published
from tests.ringed import opened
from tests.uploaded import padded

BACK = "0037"
"""The revision of the earlier release: from here on each step is a place to be killed at."""

_TEMPLATE = "earlier"


def steps() -> list[str]:
    """The revisions behind `BACK`, in order."""
    names = sorted(path.name for path in (migrations.FOLDER / "versions").glob(migrations.NUMBERED))
    return [name.partition("_")[0] for name in names if name.partition("_")[0] > BACK]


class Earlier:
    """Of the kind of the database at `url`, beside it; files are kept in `folder`."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url, self._folder, self._copies = make_url(url), folder, count()
        self.blobs = DiskBlobs(folder / "earlier", lambda: False)

    @cached_property
    def undisturbed(self) -> dict[str, Seen]:
        """What is to be seen after each step, from `BACK` on, when nobody dies."""
        with self.copied() as url, closing(opened(url)) as database:
            found = {BACK: look(database)}
            for revision in steps():
                migrations.upgrade(database, revision)
                found[revision] = look(database)
        return found

    @contextmanager
    def copied(self) -> Iterator[str]:
        """The URL of a copy of it, gone afterwards."""
        made, name = self._made, f"upgraded_{next(self._copies)}"
        if self._sqlite:
            copyfile(made, self._file(name))
        else:
            self._order(f"CREATE DATABASE {name} TEMPLATE {made}")
        yield self._named(name)
        self._drop(name)

    @cached_property
    def _made(self) -> Path | str:
        """At the newest shape, filled, and taken back; the file, or the name at the server."""
        if not self._sqlite:
            self._order(f"CREATE DATABASE {_TEMPLATE}")
        with closing(opened(self._named(_TEMPLATE))) as database:
            migrations.upgrade(database)
            fill(database, self.blobs)
            migrations.downgrade(database, BACK)
            if self._sqlite:
                with database.engine.connect() as connection:
                    connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self._file(_TEMPLATE) if self._sqlite else _TEMPLATE

    @property
    def _sqlite(self) -> bool:
        return self._url.get_backend_name() == "sqlite"

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.db"

    def _named(self, name: str) -> str:
        url = self._url.set(database=str(self._file(name)) if self._sqlite else name)
        return url.render_as_string(hide_password=False)

    def _drop(self, name: str) -> None:
        if not self._sqlite:
            self._order(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # who was killed is gone, perhaps not quite yet
            return
        for leftover in ("", "-wal", "-shm"):
            Path(f"{self._file(name)}{leftover}").unlink(missing_ok=True)

    def _order(self, statement: str) -> None:
        url = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)


def fill(database: Database, blobs: DiskBlobs) -> None:
    """What people and staff leave behind: all of it plain, as before there were keys."""
    enrol(database)
    with database.write() as session:
        session.execute(update(Sealing).values(begun=False, done=False))
        times = {"created_at": NOW, "seen_at": NOW, "expires_at": NOW + timedelta(hours=12)}
        session.add_all([WebSession(id_hash=f"{name}'s", person_id=name, **times) for name in ("hanako", "sato")])
    desk = Desk(database, NOW, PEOPLE, published(database, NOW, PEOPLE["kimura"]))
    _correspond(desk, blobs)
    case, proposal = desk.proposed()
    desk.approve(case, proposal)
    desk.proposed()
    desk.draft()
    provider = ScriptedProvider(NOW)
    till = Till(database, desk, provider, NOW)
    for pays in (True, False):
        page = till.page(till.owing())
        if pays:
            provider.pay(page, "card")
            till.tell(page)


def _correspond(desk: Desk, blobs: DiskBlobs) -> None:
    """A case with a file, messages and a note, in a clerk's hands; and a draft with a file."""
    case = desk.claimed(name="髙橋 𠮷子")
    desk.do(writing.from_applicant, desk.people.hanako, case, "いつ届きますか", "1")
    desk.do(notes.write, desk.people.sato, case, "確認中", "2")
    draft = desk.do(drafts.start, desk.people.hanako, desk.known["permit"])
    file = attachments.prepare(blobs, "図面.pdf", padded(0), ["application/pdf"])
    desk.do(attachments.add, desk.people.hanako, draft, "paper", file)
