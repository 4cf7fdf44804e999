"""People who act for a business: what they begin is the business's, what they did is theirs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

import pytest
from flask import Flask
from sqlalchemy import select

from procedures import library
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.models import Application, AuditEvent, StatusHistory, Submission
from tests.engine.language.specs import spec
from tests.payments.scripted import ScriptedProvider
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant
from tests.web.standing import standing_app
from web.identity.configuration import USUAL_CLAIMS, local_issuer
from web.identity.openid.claims import read_claims
from web.identity.sessions import Opening, begin_session
from web.security.cookies import SESSION
from web.services import Overrides
from web.settings import Settings

ACME = {"number": "7000012050002", "name": "株式会社アクメ", "role": "staff"}
OTHER = {"number": "1000012050009", "name": "別の会社"}
GBIZ = replace(
    local_issuer(),
    claims=MappingProxyType({**USUAL_CLAIMS, "business.number": "corporate_number", "business.role": "role"}),
    business_roles=("staff", "representative"),
)
As = Callable[..., Applicant]


@pytest.fixture
def app(settings: Settings, database: Database, clock: Clock, provider: ScriptedProvider) -> Flask:
    """With an issuer that knows businesses."""
    return standing_app(replace(settings, issuers=(GBIZ,)), database, Overrides(clock=clock, provider=provider))


@pytest.fixture
def acting(app: Flask, people: object, published: None, database: Database, clock: Clock) -> As:
    """`acting("hanako", ACME)` is signed in for the business; without one, for herself."""

    def open_browser(person_id: str, business: dict[str, str] | None = None) -> Applicant:
        person = Applicant(app)
        with database.write() as session:
            token = begin_session(session, clock(), person_id, "local", "substantial", Opening(business=business))
        person.client.set_cookie(SESSION, token)
        return person

    return open_browser


@pytest.fixture
def procedure(database: Database, now: datetime, published: None) -> str:
    """One for businesses alone."""
    source = spec("it: {type: text, title: {ja: 理由, en: Reason}}", more="audience: [business]\n")
    with database.write() as session:
        return library.publish(session, SYSTEM, now, source, "sample.yaml", "").procedure.id


def test_colleagues_share_what_is_the_business_s(acting: As, procedure: str, database: Database) -> None:
    hanako, colleague = acting("hanako", ACME), acting("taro", ACME)
    id = hanako.start(procedure)
    hanako.send({"it": "更新"})
    assert f"/applications/{id}" in colleague.get("/applications").text
    colleague.open(f"/applications/{id}/check")
    assert "更新" in colleague.main
    colleague.send()
    assert colleague.at.endswith("/submitted")
    with database.read() as session:
        assert session.get_one(Application, id).owner == "business:7000012050002"
        assert {*session.scalars(select(StatusHistory.actor))} >= {"person:taro"}
        assert "business" not in " ".join(session.scalars(select(AuditEvent.actor)))
        who = session.scalars(select(Submission.applicant)).one()
    assert (who["person"], who["business"]) == ("taro", {**ACME, "level": ""})


@pytest.mark.parametrize("business", [None, OTHER])
def test_nobody_else_sees_it(acting: As, procedure: str, business: dict[str, str] | None) -> None:
    id = acting("hanako", ACME).start(procedure)
    other = acting("taro", business)
    assert other.get(f"/applications/{id}").status_code == 404
    assert id not in other.get("/applications").text


def test_the_same_person_acting_for_herself_does_not_mix_it_up(acting: As, procedure: str) -> None:
    hanako = acting("hanako", ACME)
    id = hanako.start(procedure)
    hanako.open("/applications")
    assert "株式会社アクメとして手続しています" in hanako.tree.all("header")[0].said
    hanako.post("/account/act-as", {"as": "self"})
    hanako.open("/applications")
    assert "ご自身として手続しています" in hanako.tree.all("header")[0].said
    assert hanako.get(f"/applications/{id}").status_code == 404
    hanako.post("/account/act-as", {"as": "business"})
    assert hanako.get(f"/applications/{id}/steps/one").status_code == 200


def test_who_signed_in_without_a_business_cannot_claim_one(acting: As) -> None:
    hanako = acting("hanako")
    hanako.post("/account/act-as", {"as": "business"})
    assert "として手続しています" not in hanako.get("/applications").text


def test_a_procedure_for_businesses_asks_for_one(acting: As, procedure: str) -> None:
    hanako = acting("hanako")
    hanako.open(f"/procedures/{procedure}")
    hanako.send(form="/start")
    assert hanako.heading == "事業者の手続です"
    assert "/sign-in/local?next=" in hanako.page.text
    switched = acting("hanako", ACME)
    switched.post("/account/act-as", {"as": "self"})
    switched.open(f"/procedures/{procedure}")
    switched.send(form="/start")
    assert "株式会社アクメの手続に切り替える" in switched.main


def test_it_is_asked_again_when_it_is_sent(acting: As, procedure: str, database: Database) -> None:
    """A draft that somebody began for themselves, before the procedure was for businesses alone."""
    hanako = acting("hanako", ACME)
    id = hanako.start(procedure)
    hanako.send({"it": "更新"})
    hanako.post("/account/act-as", {"as": "self"})
    with database.write() as session:
        session.get_one(Application, id).owner = "person:hanako"
    hanako.open(f"/applications/{id}/check")
    hanako.send()
    assert hanako.heading == "事業者の手続です"


def test_a_role_that_may_not_act_for_it_acts_for_themselves() -> None:
    known = {"corporate_number": ACME["number"], "role": "guest"}
    assert "business" not in read_claims(GBIZ, known)
    assert read_claims(GBIZ, {**known, "role": "staff"})["business"]["number"] == ACME["number"]
