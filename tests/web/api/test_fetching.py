"""Decided cases come to whom they concern, each decision once, whatever happens between two pages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from procedures.actors import SYSTEM
from procedures.audit import record
from procedures.database import Database
from procedures.models import Application, Certificate, Look
from procedures.outgoing import events
from tests.web.api.system import System
from tests.web.casework import TAX, Casework, photo

Open = Callable[..., System]


@pytest.fixture
def decided(casework: Casework) -> str:
    """A case that was approved, and whose fee for the issue has been paid."""
    case_id = casework.file(TAX).application_id
    casework.approve(case_id, casework.propose(case_id))
    casework.pay(case_id)
    return case_id


def test_a_decided_case_holds_what_was_submitted_and_decided(system: Open, casework: Casework, decided: str) -> None:
    told = system().get("/cases").get_json()
    [entry] = told["cases"]
    case = entry["case"]
    assert (case["id"], case["status"], told["more"]) == (decided, "approved", False)
    assert case["decision"]["outcome"] == "approve"
    assert case["answers"]
    assert case["schema"].startswith(f"/api/v1/procedures/{case['procedure']}/schema?version=")
    one = system().get(f"/cases/{decided}")
    assert one.get_json() == case
    assert system().get(f"/cases/{decided}", {"If-None-Match": one.headers["ETag"]}).status_code == 304


@pytest.mark.sqlite_only
def test_every_look_is_recorded_with_ids_alone(system: Open, database: Database, decided: str) -> None:
    client = system()
    client.get("/cases")
    client.get(f"/cases/{decided}")
    with database.read() as session:
        told = session.execute(select(Look.actor, Look.application_id, Look.what).order_by(Look.seq)).all()
    assert told == [(f"client:{client.client_id}", decided, "case")] * 2


@pytest.mark.sqlite_only
def test_drafts_and_what_was_never_submitted_are_not_there(system: Open, casework: Casework, decided: str) -> None:
    with casework.database.read() as session:
        drafted = session.scalars(select(Application.id).where(Application.round == 0)).all()
    assert all(system().get(f"/cases/{one}").status_code == 404 for one in [*drafted, "nothing"])
    assert system().get(f"/cases/{decided}/attachments/nothing").status_code == 404
    assert system().get(f"/cases/{decided}/certificates/nothing").status_code == 404


@pytest.mark.sqlite_only
@pytest.mark.parametrize("reach", [{"offices": ["elsewhere"]}, {"procedures": ["other"]}])
def test_another_offices_case_is_not_there(system: Open, decided: str, reach: dict[str, list[str]]) -> None:
    client = system(**reach)
    assert client.get("/cases").get_json()["cases"] == []
    assert client.get(f"/cases/{decided}").status_code == 404


@pytest.mark.sqlite_only
def test_files_and_certificates_are_fetched(system: Open, permit: str, casework: Casework, database: Database) -> None:
    client = system()
    paper = client.upload(permit, "paper", photo()).get_json()["id"]
    case_id = client.submit(permit, {"name": "a", "copies": 1, "paper": [paper]}).get_json()["id"]
    [file, *_] = client.get(f"/cases/{case_id}").get_json()["attachments"]
    fetched = client.http.get(file["href"], headers=client.headers())
    assert (fetched.status_code, fetched.mimetype, len(fetched.data)) == (200, file["media_type"], file["size"])
    fetched.close()
    kept = casework.blobs.put(b"%PDF-1.7")
    with database.write() as session:
        row = Certificate(
            application_id=case_id,
            kind="permit",
            number="許-1",
            issued_on=casework.now.date(),
            reserved_at=casework.now,
            blob_key=kept,
            blob_secret=kept.secret,
            size=8,
            issued_at=casework.now,
        )
        session.add(row)
        session.flush()
        href = f"/cases/{case_id}/certificates/{row.id}"
    sealed = client.get(href)
    assert (sealed.data, sealed.mimetype) == (b"%PDF-1.7", "application/pdf")
    sealed.close()
    assert client.get(f"/cases/{case_id}").get_json()["certificates"][0]["href"] == f"/api/v1{href}"
    assert system(offices=["elsewhere"]).get(href).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"decided_since": "yesterday"},
        {"decided_since": "2026-05-01"},
        {"decided_since": "2026-05-01T00:00:00"},
        {"limit": "0"},
        {"limit": "101"},
        {"limit": "９"},
        {"cursor": "x"},
        {"cursor": "WyJ2MSIsLTFd"},
        {"since": "2026-05-01T00:00:00Z"},
    ],
)
@pytest.mark.sqlite_only
def test_a_parameter_that_is_none_is_refused(system: Open, query: dict[str, str]) -> None:
    answer = system().get("/cases", **query)
    assert (answer.status_code, answer.get_json()["type"].rpartition("#")[2]) == (400, "parameter")


def _decide(database: Database, case_id: str, at: datetime) -> int:
    with database.write() as session:
        seq = record(session, SYSTEM, at, "test", case_id)
        events.tell(session, at, seq, events.DECIDED, case_id)
    return seq


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.sqlite_only
def test_each_decision_comes_exactly_once_whatever_happens_between_pages(
    system: Open, casework: Casework, database: Database, seed: int
) -> None:
    chance, client = Random(seed), system()
    case_ids = [casework.file(TAX).application_id for _ in range(3)]
    made: list[int] = []
    seen: list[int] = []
    query: dict[str, Any] = {}
    for _ in range(25):
        made += [_decide(database, chance.choice(case_ids), casework.now) for _ in range(chance.randrange(4))]
        page = client.get("/cases", limit=chance.randint(1, 3), **query).get_json()
        seen += [one["sequence"] for one in page["cases"]]
        query = {"cursor": page["cursor"]}
    while page["more"]:
        page = client.get("/cases", **query).get_json()
        seen += [one["sequence"] for one in page["cases"]]
        query = {"cursor": page["cursor"]}
    assert seen == made


@pytest.mark.sqlite_only
def test_only_what_was_decided_since(system: Open, casework: Casework, database: Database) -> None:
    case_id = casework.file(TAX).application_id
    _decide(database, case_id, casework.now)
    later = _decide(database, case_id, casework.now + timedelta(hours=1))
    since = (casework.now + timedelta(minutes=1)).isoformat()
    told = system().get("/cases", decided_since=since).get_json()
    assert [one["sequence"] for one in told["cases"]] == [later]


@pytest.mark.sqlite_only
def test_the_procedures_of_a_client_and_their_schema(system: Open, casework: Casework) -> None:
    tax, dog = casework.publish(TAX), casework.publish("hokeniryo/dog-registration.yaml")
    client = system(procedures=[tax])
    [listed] = client.get("/procedures").get_json()["procedures"]
    assert listed["id"] == tax
    schema = client.http.get(listed["schema"], headers=client.headers()).get_json()
    assert schema["x-tetsuzuki-procedure"] == tax
    version = {"version": schema["x-tetsuzuki-version"]}
    assert client.get(f"/procedures/{tax}/schema", **version).get_json() == schema
    assert client.get(f"/procedures/{tax}/schema", version="2020-01-01").status_code == 404
    assert client.get(f"/procedures/{tax}/schema", version="today").status_code == 400
    assert client.get(f"/procedures/{dog}/schema").status_code == 404
