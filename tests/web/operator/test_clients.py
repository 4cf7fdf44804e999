"""Operators register other systems, hand out their secrets once, and see what was not delivered."""

import json
from collections.abc import Callable
from datetime import datetime

import pytest
from joserfc.jwk import ECKey, KeySet
from sqlalchemy import select

from procedures.actors import SYSTEM
from procedures.audit import record
from procedures.database import Database
from procedures.models import ApiClient, AuditEvent, Person, StaffRole, WebhookDelivery
from procedures.outgoing import events, sending
from procedures.outgoing.posting import Outcome
from tests.web.api.system import System
from tests.web.browsing import Browser
from tests.web.casework import TAX, Casework
from tests.web.client import faults, read

pytestmark = pytest.mark.sqlite_only
FORM = {"name": "電子窓口", "scope": ["cases:read"], "offices": "*", "procedures": "a\nb", "level": "basic"}
HOOK = {"url": "https://hooks.example.jp/in", "event": ["case.decided"]}


@pytest.fixture
def operator(app: object, database: Database, now: datetime) -> Browser:
    """Kato, who runs it."""
    with database.write() as session:
        session.add(Person(id="kato", issuer="i", subject="kato", name="加藤", created_at=now, seen_at=now))
        session.flush()
        session.add(StaffRole(person_id="kato", role="operator", office="*"))
    return Browser(app, "kato")


@pytest.fixture
def client_id(operator: Browser, database: Database) -> str:
    """A registered one."""
    answer = operator.post("/operator/clients", FORM)
    assert answer.status_code == 303
    with database.read() as session:
        return session.scalars(select(ApiClient.id)).one()


def test_a_secret_is_shown_once_and_works(operator: Browser, client_id: str, app: object) -> None:
    page = operator.post(f"/operator/clients/{client_id}/secrets")
    assert faults(page) == []
    [secret] = [word for word in read(page).said.split() if word.startswith("tzs_")]
    assert System(app, client_id, secret).authorize().get_json()["scope"] == "cases:read"
    page = operator.get(f"/operator/clients/{client_id}")
    assert faults(page) == []
    assert secret not in page.text
    operator.post(f"/operator/clients/{client_id}/secrets")
    full = operator.post(f"/operator/clients/{client_id}/secrets")
    assert (full.status_code, faults(full)) == (422, [])


@pytest.mark.parametrize(
    ("change", "place"),
    [({"name": " "}, "#name"), ({"scope": []}, "#scopes"), ({"offices": ""}, "#offices"), ({"level": "x"}, "#level")],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    operator: Browser, client_id: str, change: dict[str, object], place: str
) -> None:
    for path in ("/operator/clients", f"/operator/clients/{client_id}"):
        page = operator.post(path, {**FORM, "procedures": "x-1", **change})
        assert (page.status_code, faults(page)) == (422, [])
        assert f'href="{place}"' in page.text
        assert "x-1" in page.text


def test_keys_are_taken_and_shown(operator: Browser, client_id: str) -> None:
    here = f"/operator/clients/{client_id}"
    jwks = KeySet([ECKey.generate_key("P-256", {"kid": "k9"})]).as_dict(private=False)
    assert operator.post(here + "/keys", {"jwks": json.dumps(jwks)}).status_code == 303
    assert "k9" in operator.get(here).text
    for wrong in ("[]", "{", '{"keys": []}', "[" * 5000):
        page = operator.post(here + "/keys", {"jwks": wrong})
        assert (page.status_code, faults(page)) == (422, [])
    assert operator.post(here + "/keys", {"jwks": ""}).status_code == 303


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"event": []}, "#event"),
        ({"url": "https://10.0.0.1/"}, "#url"),
        ({"url": "nothing"}, "#url"),
        ({"url": "https://a:b@example.jp/"}, "#url"),
    ],
)
def test_a_subscription_that_cannot_be(
    operator: Browser, client_id: str, change: dict[str, object], place: str
) -> None:
    page = operator.post(f"/operator/clients/{client_id}/webhooks", {**HOOK, **change})
    assert (page.status_code, faults(page)) == (422, [])
    assert f'href="{place}"' in page.text


def test_a_subscription_from_beginning_to_end(
    operator: Browser, client_id: str, database: Database, casework: Casework
) -> None:
    here = f"/operator/clients/{client_id}"
    operator.post(here, {**FORM, "procedures": "*"})
    shown = operator.post(here + "/webhooks", HOOK)
    assert (faults(shown), "whsec_" in shown.text) == ([], True)
    page = operator.get(here)
    assert faults(page) == []
    hook = next(
        form.attributes["action"] for form in read(page).all("form") if form.attributes["action"].endswith("/pause")
    )
    hook = hook.removesuffix("/pause")
    assert operator.post(hook + "/secret").text.count("whsec_") == shown.text.count("whsec_")
    assert "whsec_" in operator.post(hook + "/rotate").text
    assert operator.post(hook + "/pause").status_code == 303
    case_id = casework.file(TAX).application_id
    with database.write() as session:
        events.tell(session, casework.now, record(session, SYSTEM, casework.now, "t", case_id), events.DECIDED, case_id)
    held = operator.get("/operator/deliveries")
    assert (faults(held), "hooks.example.jp" in held.text) == ([], True)
    assert operator.post(hook + "/go-on").status_code == 303
    _fail(database, casework.now)
    lost = operator.get("/operator/deliveries")
    assert (faults(lost), "410" in lost.text) == ([], True)
    again = next(
        form.attributes["action"] for form in read(lost).all("form") if form.attributes["action"].endswith("/again")
    )
    assert operator.post(again).status_code == 303
    day = casework.now.date().isoformat()
    assert operator.post(hook + "/replay", {"first": day, "last": day}).status_code == 303
    for first, last in (("", day), (day, "2020-01-01"), ("2020-01-01", day)):
        assert operator.post(hook + "/replay", {"first": first, "last": last}).status_code == 422
    assert operator.post(hook + "/end").status_code == 303
    assert operator.post(hook + "/pause").status_code == 404
    assert operator.post(here + "/revoke").status_code == 303
    gone = operator.get(here)
    assert (faults(gone), "/secrets" in gone.text) == ([], False)


def _fail(database: Database, now: datetime) -> None:
    """As if the receiver had said that it is gone."""
    with database.write() as session:
        row = session.scalars(select(WebhookDelivery)).one()
        letter = sending.Letter(row.id, row.subscription_id, "", [], b"")
        sending._note(session, now, letter, Outcome("status_410", gone=True))


def test_another_clients_subscription_is_not_there(operator: Browser, client_id: str) -> None:
    operator.post(f"/operator/clients/{client_id}/webhooks", HOOK)
    assert operator.post(f"/operator/clients/{client_id}/webhooks/nothing/pause").status_code == 404
    assert operator.get("/operator/clients/nothing").status_code == 404
    assert operator.post("/operator/clients/nothing/secrets").status_code == 404
    assert operator.post("/operator/deliveries/nothing/again").status_code == 404


@pytest.mark.parametrize("path", ["/operator/clients", "/operator/deliveries"])
def test_these_pages_are_for_operators(browser: Callable[..., Browser], path: str) -> None:
    assert browser("sato").get(path).status_code == 403
    assert browser().get(path).status_code == 302


def test_the_log_says_who_did_it_and_holds_no_secret(operator: Browser, client_id: str, database: Database) -> None:
    page = operator.post(f"/operator/clients/{client_id}/secrets")
    [secret] = [word for word in read(page).said.split() if word.startswith("tzs_")]
    with database.read() as session:
        rows = session.scalars(
            select(AuditEvent).where(AuditEvent.object_id == client_id).order_by(AuditEvent.seq)
        ).all()
    assert [(row.action, row.actor) for row in rows] == [
        ("client.register", "person:kato"),
        ("client.secret", "person:kato"),
    ]
    assert all(secret not in (row.note or "") for row in rows)
