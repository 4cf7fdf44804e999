"""Up, ready, or what is missing: for machines that ask, without a word of the inside."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from procedures import jobs
from procedures.blobs import BlobMissing
from procedures.database import Database
from tests.web.browsing import Browser
from tests.web.conftest import Clock
from web import create_app
from web.operator.checks import READINESS
from web.services import Overrides
from web.settings import Settings

Browsers = Callable[..., Browser]


class FullDisk:
    """A store that keeps nothing."""

    def put(self, content: bytes) -> str:
        raise OSError(28, "No space left on device")

    def open(self, key: str) -> BytesIO:
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


def test_a_ready_application_says_so(app: Flask) -> None:
    answer = app.test_client().get("/readyz", headers={"Host": "10.0.0.7"})
    assert answer.status_code == 200
    assert json.loads(answer.text) == {
        "ready": True,
        "checks": {"database": "ok", "migrations": "ok", "blobs": "ok", "worker": "ok"},
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
    with database.write() as session:
        jobs.enqueue(session, clock(), "notice.send", {})
    clock.move(timedelta(minutes=4))
    assert json.loads(app.test_client().get("/readyz").text)["checks"]["worker"] == "ok"
    clock.move(timedelta(minutes=2))
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 200
    assert json.loads(answer.text)["checks"]["worker"] == "failing"
    assert "worker" not in READINESS
