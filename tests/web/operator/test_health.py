"""Up, ready, or what is missing: for machines that ask, without a word of the inside."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select, text

from procedures import beating, jobs
from procedures.blobs import BlobMissing
from procedures.database import Database
from procedures.models import Heartbeat
from tests.web.browsing import Browser
from tests.web.conftest import Clock
from web import create_app
from web.operator.checks import READINESS
from web.services import Overrides
from web.serving.draining import VARIABLE
from web.settings import Settings

Browsers = Callable[..., Browser]


class FullDisk:
    """A store that keeps nothing."""

    def put(self, content: bytes) -> str:
        raise OSError(28, "No space left on device")

    def open(self, key: str, secret: str | None = None) -> BytesIO:
        raise BlobMissing(key)

    def delete(self, key: str) -> None:
        """Nothing is there."""

    def keys(self) -> list[str]:
        return []


def test_a_healthy_process_says_ok(app: Flask) -> None:
    answer = app.test_client().get("/healthz", headers={"Host": "10.0.0.7"})
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok\n", "text/plain")


def test_health_asks_nobody(app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Database, "read", lambda _self: pytest.fail("the database was asked"))
    assert app.test_client().get("/healthz").status_code == 200


def test_a_ready_application_says_so(app: Flask, database: Database, clock: Clock) -> None:
    alive(database, clock)
    answer = app.test_client().get("/readyz", headers={"Host": "10.0.0.7"})
    assert answer.status_code == 200
    assert json.loads(answer.text) == {
        "ready": True,
        "checks": {"database": "ok", "migrations": "ok", "blobs": "ok", "disk": "ok", "worker": "ok"},
    }


def test_asking_leaves_no_file_behind(app: Flask) -> None:
    app.test_client().get("/readyz")
    assert app.extensions["tetsuzuki"].blobs.keys() == []


def test_a_full_disk_is_not_ready(settings: Settings, database: Database, clock: Clock) -> None:
    app = create_app(settings, database, Overrides(clock=clock, blobs=FullDisk()))
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert json.loads(answer.text)["checks"]["blobs"] == "failing"
    assert "space" not in answer.text


def test_a_disk_without_room_is_not_ready(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.operator.checks.disk_usage", lambda _path: SimpleNamespace(free=1024))
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert json.loads(answer.text)["checks"]["disk"] == "failing"
    assert "1024" not in answer.text


def test_told_to_stop_it_is_not_ready_and_says_nothing_more(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "stopping"))
    assert app.test_client().get("/readyz").status_code == 200
    (tmp_path / "stopping").touch()
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, json.loads(answer.text)) == (503, {"ready": False, "checks": {"stopping": "failing"}})
    assert app.test_client().get("/healthz").status_code == 200


def test_a_newer_schema_that_took_nothing_away_is_ready(app: Flask, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9998'"))
    assert app.test_client().get("/readyz").status_code == 200
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE schema_floor SET revision = '9998'"))
    assert app.test_client().get("/readyz").status_code == 503


def test_an_older_schema_is_not_ready(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.operator.checks._head", lambda: "9999_future")
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert json.loads(answer.text)["checks"]["migrations"] == "failing"


@pytest.mark.sqlite_only
def test_a_database_that_is_gone_is_not_ready(settings: Settings, database: Database, clock: Clock) -> None:
    from procedures.database import open_database

    lost = open_database(f"sqlite:///{settings.data_dir / 'no' / 'such' / 'folder' / 'x.db'}")
    answer = create_app(settings, lost, Overrides(clock=clock)).test_client().get("/readyz")
    assert answer.status_code == 503
    assert json.loads(answer.text)["checks"]["database"] == "failing"
    lost.close()


def test_a_silent_worker_is_told_but_does_not_stop_the_web(app: Flask, database: Database, clock: Clock) -> None:
    assert worker(app) == "failing"  # there never was one
    alive(database, clock)
    clock.move(timedelta(minutes=1, seconds=59))
    assert worker(app) == "ok"
    clock.move(timedelta(seconds=2))
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 200
    assert json.loads(answer.text)["checks"]["worker"] == "failing"
    assert "worker" not in READINESS


def test_a_worker_that_lives_but_does_not_keep_up_is_told(app: Flask, database: Database, clock: Clock) -> None:
    with database.write() as session:
        jobs.enqueue(session, clock(), "notice.send", {})
    clock.move(timedelta(minutes=4))
    alive(database, clock)
    assert worker(app) == "ok"
    clock.move(timedelta(minutes=2))
    alive(database, clock)
    assert worker(app) == "failing"


def alive(database: Database, clock: Clock, name: str = "worker:here:1") -> None:
    with database.write() as session:
        beating.beat(session, clock(), name)


def worker(app: Flask) -> str:
    return json.loads(app.test_client().get("/readyz").text)["checks"]["worker"]


def test_signs_of_life_of_the_dead_are_forgotten(database: Database, clock: Clock) -> None:
    alive(database, clock)
    alive(database, clock, beating.BACKUP)
    clock.move(timedelta(days=2))
    alive(database, clock, "worker:here:2")
    with database.read() as session:
        assert set(session.scalars(select(Heartbeat.name))) == {"worker:here:2", "backup"}
    with database.write() as session:
        beating.end(session, "worker:here:2")
        assert beating.last(session, beating.WORKER) is None
