"""The examples of docs/api.md, carried out against a server that listens."""

import json
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

import migrations
from procedures import library
from procedures.actors import SYSTEM
from procedures.outgoing.events import EVENTS
from tests.docs.pages import examples
from tests.ringed import opened
from tests.uploaded import photo
from tests.web.api.system import registered
from tests.web.casework import SPECS
from web import create_app
from web.services import Overrides
from web.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
BLOCKS = list(examples(PAGE))
SCRIPTS = [one for one in BLOCKS if one.language == "sh" and "curl" in one.text]
PERMIT = Path(__file__).parents[1] / "procedures" / "specs" / "permit.yaml"
NOW = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[dict[str, str]]:
    """What the examples find: an installation that listens, a client, and a folder to run in."""
    database = opened(f"sqlite:///{tmp_path / 'db'}")
    migrations.upgrade(database)
    with database.write() as session:
        concepts = (SPECS / "concepts.yaml").read_text()
        library.publish(session, SYSTEM, NOW, PERMIT.read_text(), "permit.yaml", concepts)
    server = make_server("127.0.0.1", 0, None, handler_class=_Quiet)
    base = f"http://127.0.0.1:{server.server_port}"
    settings = Settings(public_url=base, data_dir=tmp_path / "data")
    server.set_app(create_app(settings, database, Overrides(clock=lambda: NOW)))
    client_id, secret = registered(database, NOW)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    (tmp_path / "photo.jpg").write_bytes(photo())
    known = {"BASE": base, "CLIENT_ID": client_id, "CLIENT_SECRET": secret, "PROCEDURE": "permit", "FIELD": "paper"}
    try:
        yield known | {"KEY": "k-1", "CASE": "", "TOKEN": "", "HOME": str(tmp_path)}
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
        database.close()


def run(text: str, known: Mapping[str, str]) -> list[Any]:
    """Each command of an example; what it answers, as JSON."""
    commands = text.replace("\\\n", " ").strip().splitlines()
    answers = []
    for command in commands:
        done = subprocess.run(
            ["bash", "-euc", command],
            env={"PATH": "/usr/bin:/bin", **known},
            cwd=known["HOME"],
            capture_output=True,
            check=True,
        )
        answers.append(json.loads(done.stdout))
    return answers


def test_the_examples_can_be_carried_out(shell: dict[str, str]) -> None:
    body = next(json.loads(one.text) for one in BLOCKS if one.language == "json" and "applicant" in one.text)
    told: dict[str, Any] = {}
    for example in SCRIPTS:
        for answer in run(example.text, shell):
            assert "status" not in answer or isinstance(answer["status"], str), f"{example}: {answer}"
            told |= answer
        shell["TOKEN"] = told.get("access_token", "")
        if "kept_until" in told and not shell["CASE"]:
            body["answers"] = {"name": "山田", "copies": 1, "paper": [told["id"]]}
            (Path(shell["HOME"]) / "submission.json").write_text(json.dumps(body), encoding="utf-8")
        if "fee" in told:
            shell["CASE"] = told["id"]
    assert told["fee"]["yen"] == 500
    assert {"procedures", "cases", "answers", "cursor"} <= set(told)


def test_every_event_and_every_pause_stands_in_it() -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = set(re.findall(r"`((?:case|certificate)\.[a-z_]+)`", text))
    assert table == set(EVENTS)
