"""The drill in small; the same processes count together, and told to stop, finish what they have."""

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from socket import create_connection
from threading import Event
from typing import Any

import pytest
import requests
from aiosmtpd.controller import Controller
from prometheus_client.mmap_dict import MmapedDict
from pysqlite3 import dbapi2
from sqlalchemy import select

from procedures import jobs
from procedures.models import Job, Person
from tests.browser.stack import free_ports
from tests.operating.drill import databases, drill
from tests.operating.installation import PROCEDURE, TOKEN, Installation
from tests.ringed import opened
from web.services import utc_now

DRAINS = 6
METRICS = "m" * 40
Places = tuple[Installation, Installation, Path]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """One that is set up, an empty one, and a folder for backups."""
    folder = tmp_path_factory.mktemp("drill")
    more = {
        "TETSUZUKI_DRAIN_SECONDS": str(DRAINS),
        "TETSUZUKI_SECRET_KEY": "k" * 40,
        "TETSUZUKI_METRICS_TOKEN": METRICS,
    }
    with databases("sqlite", folder) as urls:
        (folder / "passing").mkdir()
        here = Installation(folder / "here", urls[0], more=more | {"TMPDIR": str(folder / "passing")})
        elsewhere = Installation(folder / "elsewhere", urls[1], more=dict(more))
        (elsewhere.folder / "data").mkdir(parents=True)
        here.set_up()
        yield here, elsewhere, folder / "backups"
        here.end()
        elsewhere.end()


def test_the_drill(places: Places) -> None:
    here, elsewhere, backups = places
    found = drill(here, elsewhere, backups, seconds=0, visitors=2, briefly=True)
    assert found.known
    assert found.lost == []
    assert found.troubles == []
    assert "0 findings" in found.doctor


def test_each_process_tells_what_all_of_them_count(places: Places) -> None:
    """Whichever of the two is asked; what was true of one that is gone is true no more. Before they stop (below)."""
    here, _elsewhere, backups = places
    serving(here)
    [kept] = (backups.parent / "passing").glob("tetsuzuki-serve-*/metrics")
    assert healthy(kept).total() == measured(here, HEALTHY)
    before, asked = healthy(kept), 0
    while len(healthy(kept) - before) < 2:
        assert asked < 1000, "the second process never gets anything to do"
        asked += 1
        assert said(here, "/healthz") == 200
    assert {measured(here, HEALTHY) for _ in range(8)} == {before.total() + asked}
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait(60)
    one, gone = next(kept.glob("gauge_live*.db")), kept / f"gauge_livesum_{ended.pid}.db"
    copyfile(one, gone)
    connections = measured(here, "tetsuzuki_database_connections")
    assert not gone.exists()
    assert connections == measured(here, "tetsuzuki_database_connections")


def test_a_request_under_way_gets_its_answer(places: Places) -> None:
    """It waits for a writer that is in its way, while its server, told to stop, lets nobody else in."""
    here, _elsewhere, _backups = places
    server, visitor = serving(here), requests.Session()
    page = visitor.get(f"{here.address}/procedures/{PROCEDURE}", timeout=60)
    form = {"csrf_token": TOKEN.search(page.text)[1]}
    start = f"{here.address}/procedures/{PROCEDURE}/start"
    with closing(dbapi2.connect(here.database_url.removeprefix("sqlite:///"), isolation_level=None)) as writer:
        server.terminate()
        assert becomes(here, "/readyz", 503)
        assert said(here, "/healthz") == 200
        writer.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor() as threads:
            waiting = threads.submit(visitor.post, start, form, allow_redirects=False, timeout=60)
            time.sleep(DRAINS + 1)
            under_way, let_in = not waiting.done(), takes(here)
            writer.execute("ROLLBACK")
            assert waiting.result(60).status_code in {302, 303}
    assert under_way
    assert not let_in
    assert server.wait(40) == 0


HEALTHY = 'tetsuzuki_request_seconds_count{endpoint="operator.healthy"'


def measured(here: Installation, beginning: str) -> float:
    """The sum of what begins so, as whichever process answers tells it."""
    known = {"Authorization": f"Bearer {METRICS}", "Connection": "close"}
    lines = requests.get(f"{here.address}/metrics", headers=known, timeout=60).text.splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(beginning))


def healthy(kept: Path) -> Counter[str]:
    """How often each process was asked for its health, as it counts that by itself."""
    found: Counter[str] = Counter()
    for file in kept.glob("histogram_*.db"):
        for key, value, *_ in MmapedDict.read_all_values_from_file(str(file)):
            _, name, labels, _ = json.loads(key)
            if name.endswith("_bucket") and labels["endpoint"] == "operator.healthy":
                found[file.stem] += int(value)
    return found


def serving(here: Installation) -> "subprocess.Popen[bytes]":
    """The website that the drill has left running, or one of its own where that was not done."""
    return here.started[0] if here.started else here.serve(workers=2)


def takes(here: Installation) -> bool:
    """Whether a new caller is let in."""
    try:
        with create_connection(("127.0.0.1", here.port), 2) as caller:
            caller.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            return bool(caller.recv(1))
    except OSError:
        return False


def becomes(here: Installation, path: str, wanted: int) -> bool:
    """Whether it says so before the server stops."""
    until = time.monotonic() + DRAINS
    while time.monotonic() < until:
        if said(here, path) == wanted:
            return True
        time.sleep(0.05)
    return False


def said(here: Installation, path: str) -> int:
    """The status of an answer; 0 where there is none in time."""
    try:
        return requests.get(f"{here.address}{path}", timeout=DRAINS, headers={"Connection": "close"}).status_code
    except (requests.Timeout, requests.ConnectionError):
        return 0


class Slow:
    """A mail server that takes its time, and counts."""

    def __init__(self) -> None:
        self.reached, self.taken = Event(), 0

    async def handle_DATA(self, *_: Any) -> str:  # noqa: N802 - the name that the library asks for
        """One mail."""
        self.reached.set()
        await asyncio.sleep(1.5)
        self.taken += 1
        return "250 OK"


def test_the_worker_finishes_its_job_and_it_is_done_once(places: Places) -> None:
    here, _elsewhere, _backups = places
    slow = Slow()
    mail = Controller(slow, hostname="127.0.0.1", port=free_ports(1)[0])
    mail.start()
    here.more["TETSUZUKI_SMTP_URL"] = f"smtp://127.0.0.1:{mail.port}"
    for process in here.started:
        process.terminate()
    for process in here.started:
        process.wait(60)  # how the server ends is judged above: it may be about to when it is told once more
    database = opened(here.database_url)
    with database.write() as session:
        known = {"id": "op", "issuer": "i", "subject": "s", "name": "", "email": "op@example.jp", "assurance": "basic"}
        session.add(Person(**known, created_at=utc_now(), seen_at=utc_now()))
        payload = {"person": "op", "day": "2026-05-01", "counts": {}}
        first = jobs.enqueue(session, utc_now(), "morning.mail", payload)
        second = jobs.enqueue(session, utc_now(), "morning.mail", payload)
    worker = here.start("worker")
    assert slow.reached.wait(60), here.said("worker")[-2000:]
    worker.terminate()
    assert worker.wait(40) == 0
    with database.read() as session:
        states = dict(session.execute(select(Job.id, Job.state).where(Job.id.in_((first, second)))).all())
        attempts = dict(session.execute(select(Job.id, Job.attempts).where(Job.id.in_((first, second)))).all())
    assert sorted(states.values()) == ["done", "waiting"]
    assert sorted(attempts.values()) == [0, 1]
    assert slow.taken == 1
    mail.stop()
    database.close()
