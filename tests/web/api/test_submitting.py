"""Submitting by the API is submitting: checked, priced and routed as on our own pages, and once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from engine.fees import quote
from engine.journey import walk
from procedures import library
from procedures.clients import received
from procedures.database import Database
from procedures.models import Application, Attachment, Person, ReceivedSubmission, Submission
from procedures.reading import casefile
from tests.web.api.system import HANAKO, System
from tests.web.casework import DOG, TAX, Casework, photo

Open = Callable[..., System]


ANSWERS = {"name": "髙橋 葛󠄀", "copies": 2}


@pytest.mark.sqlite_only
def test_a_submission_is_a_case(system: Open, permit: str, database: Database) -> None:
    done = system().submit(permit, ANSWERS, client_reference="A-1")
    assert done.status_code == 201, done.get_data(as_text=True)
    told = done.get_json()
    assert done.headers["Location"] == f"/api/v1/submissions/{told['id']}"
    assert (told["status"], told["office"], told["client_reference"]) == ("awaiting_fee", "hokenjo", "A-1")
    assert told["fee"]["yen"] == 1000
    assert told["fee"]["pay_url"].startswith("http://localhost/pay/")
    with database.read() as session:
        sent = casefile.submission(session, told["id"])
        through = received.through(session, told["id"])
        person = session.scalars(select(Person).where(Person.subject == HANAKO["subject"])).one()
    assert sent.answers == ANSWERS
    assert sent.applicant["name"] == HANAKO["name"]
    assert sent.applicant["means"] == "電子窓口"
    assert (through.client, through.their_reference) == ("電子窓口", "A-1")
    assert person.issuer.startswith("client:")


def test_what_came_twice_is_one_case(system: Open, permit: str, database: Database) -> None:
    client = system()
    first, second = (client.submit(permit, ANSWERS, key="k-1") for _ in range(2))
    assert first.get_json() == second.get_json()
    assert second.headers["Idempotent-Replayed"] == "true"
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Application)) == 1
    other = client.submit(permit, {**ANSWERS, "copies": 3}, key="k-1")
    assert (other.status_code, other.get_json()["type"].rpartition("#")[2]) == (422, "key_reused")
    assert system().submit(permit, ANSWERS, key="k-1").status_code == 201  # another client's key is another key


def test_what_comes_many_times_at_once_is_one_case(system: Open, permit: str, database: Database) -> None:
    """As a line that breaks and a client that is impatient make it."""
    clients = [system()]
    clients += [
        replace(clients[0], token=clients[0].headers()["Authorization"].removeprefix("Bearer ")) for _ in range(5)
    ]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda one: one.submit(permit, ANSWERS, key="k"), clients))
    assert {one.status_code for one in answers} == {201}
    assert len({one.get_json()["id"] for one in answers}) == 1
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_a_refused_submission_leaves_nothing_and_may_come_again(system: Open, permit: str, database: Database) -> None:
    client = system()
    wrong = client.submit(permit, {"name": "x" * 50, "copies": "two", "extra": 1}, key="k")
    assert wrong.status_code == 422
    assert wrong.mimetype == "application/problem+json"
    found = {one["pointer"] for one in wrong.get_json()["errors"]}
    assert found == {"#/answers/name", "#/answers/copies", "#/answers/extra"}
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Application)) == 0
    assert client.submit(permit, ANSWERS, key="k").status_code == 201


@pytest.mark.parametrize(("wished", "word"), [("ja", "回答"), ("en-GB,en;q=0.9", "answers"), ("ko", "answers")])
@pytest.mark.sqlite_only
def test_errors_speak_the_language_that_was_asked_for(system: Open, permit: str, wished: str, word: str) -> None:
    wrong = system().submit(permit, {}, headers={"Accept-Language": wished})
    assert word in wrong.get_json()["detail"]


def test_files_come_before_the_submission_that_names_them(system: Open, permit: str, database: Database) -> None:
    client = system()
    kept = client.upload(permit, "paper", photo(), "写真.exe")
    assert kept.status_code == 201, kept.get_data(as_text=True)
    told = kept.get_json()
    assert (told["name"], told["media_type"]) == ("写真.jpg", "image/jpeg")
    done = client.submit(permit, {**ANSWERS, "paper": [told["id"]]})
    assert done.status_code == 201
    with database.read() as session:
        row = session.get_one(Attachment, told["id"])
        frozen = session.scalars(select(Submission.attachments)).one()
    assert row.application_id == done.get_json()["id"]
    assert [(one["id"], one["sha256"]) for one in frozen] == [(told["id"], told["sha256"])]
    again = client.submit(permit, {**ANSWERS, "paper": [told["id"]]})  # it is that case's now
    assert [one["pointer"] for one in again.get_json()["errors"]] == ["#/answers/paper"]


@pytest.mark.sqlite_only
def test_another_clients_file_is_not_there(system: Open, permit: str) -> None:
    theirs = system().upload(permit, "paper", photo()).get_json()["id"]
    refused = system().submit(permit, {**ANSWERS, "paper": [theirs]})
    assert (refused.status_code, refused.get_json()["errors"][0]["code"]) == (422, "file_missing")


@pytest.mark.parametrize(
    ("content", "query", "status"),
    [
        (b"MZ\x90not a picture", {}, 422),
        (b"", {}, 422),
        (photo(), {"field": "name"}, 404),
        (photo(), {"procedure": "nothing"}, 404),
        (photo(), {"name": ""}, 400),
        (photo(), {"more": "1"}, 400),
    ],
)
@pytest.mark.sqlite_only
def test_an_upload_is_examined(system: Open, permit: str, content: bytes, query: dict[str, str], status: int) -> None:
    asked = {"procedure": permit, "field": "paper", "name": "a.jpg", **query}
    answer = system().post("/uploads", query_string=asked, data=content, content_type="image/jpeg")
    assert answer.status_code == status, answer.get_data(as_text=True)


@pytest.mark.sqlite_only
def test_who_applies_has_to_be_said_where_the_procedure_asks(system: Open, permit: str) -> None:
    refused = system().submit(permit, ANSWERS, applicant=None)
    assert refused.get_json()["type"].endswith("#applicant")


@pytest.mark.sqlite_only
def test_a_client_vouches_for_no_more_than_it_may(system: Open, casework: Casework) -> None:
    dog = casework.publish(DOG)
    client = system(level="basic")
    assert client.submit(dog, {}).get_json()["type"].endswith("#assurance")


@pytest.mark.parametrize("reach", [{"procedures": ["other"]}, {"offices": ["elsewhere"]}])
@pytest.mark.sqlite_only
def test_what_is_not_the_clients_concern_cannot_be_submitted(
    system: Open, permit: str, database: Database, reach: dict[str, list[str]]
) -> None:
    refused = system(**reach).submit(permit, ANSWERS)
    assert refused.status_code in {403, 404}
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(ReceivedSubmission)) == 0


@pytest.mark.sqlite_only
def test_the_standing_of_ones_own_case(system: Open, permit: str) -> None:
    client = system()
    case_id = client.submit(permit, ANSWERS).get_json()["id"]
    there = client.get(f"/submissions/{case_id}")
    told = there.get_json()
    assert (told["status"], told["fee"]["yen"], told["correction"]) == ("awaiting_fee", 1000, None)
    assert client.get(f"/submissions/{case_id}", {"If-None-Match": there.headers["ETag"]}).status_code == 304
    assert client.post(f"/submissions/{case_id}/pay-link").get_json()["pay_url"] == told["fee"]["pay_url"]
    assert system().get(f"/submissions/{case_id}").status_code == 404
    assert client.post(f"/submissions/{case_id}/withdrawal").get_json()["status"] == "withdrawn"
    assert client.post(f"/submissions/{case_id}/withdrawal").status_code == 409
    assert client.post(f"/submissions/{case_id}/pay-link").status_code == 404


@pytest.mark.sqlite_only
def test_what_the_api_takes_is_priced_as_the_engine_prices_it(system: Open, casework: Casework) -> None:
    tax = casework.publish(TAX)
    with casework.database.read() as session:
        procedure = library.in_force(session, tax, casework.now.date()).procedure
    answers = procedure.scenarios[0].answers
    done = system().submit(tax, answers)
    assert done.status_code == 201, done.get_data(as_text=True)
    price = quote(procedure, walk(procedure, answers, casework.now.date()), casework.now.date())
    assert done.get_json()["fee"]["yen"] == price.total
