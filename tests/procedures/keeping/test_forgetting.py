"""What goes by its age, accounts that nobody needs, mandates that are over: on their day, and not before."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

import payments.models  # noqa: F401 - its tables are in the list
from procedures import audit, jobs
from procedures.actors import SYSTEM, Actor
from procedures.database import Database
from procedures.keeping.people import forget_invitations, forget_mandates, forget_people
from procedures.keeping.retention import FORGOTTEN, INVITED, JOBS_KEPT, KEYS_KEPT, UNUSED, UNUSED_PROFILE
from procedures.keeping.short_lived import forget, forget_jobs
from procedures.models import AuditEvent, Base, CaseKey, Job, MandateGrant, Person, Profile, StaffInvitation
from procedures.people import claims, granting
from procedures.profiles import keeping as profile
from procedures.reaching import choices
from tests.payments.keeping.rows import add
from tests.procedures.conftest import Desk

MINUTE = timedelta(minutes=1)
ICHIRO = Actor("resident", "ichiro", "一郎")


def count(session: Session, table: str) -> int:
    return session.execute(select(func.count()).select_from(Base.metadata.tables[table])).scalar_one()


@pytest.mark.parametrize("table", FORGOTTEN)
def test_what_is_short_lived_goes_when_it_is_that_old(database: Database, now: datetime, table: str) -> None:
    age = FORGOTTEN[table]
    with database.write() as session:
        person(session, now)
        of = {name: "ichiro" for name in ("person_id",) if name in Base.metadata.tables[table].c}
        if table == "webhook_delivery":
            of |= delivery(session, now)
        for old in (age.after + MINUTE, age.after - MINUTE):
            made = {"seq": of["seq"] + (old < age.after)} if "seq" in of else {}
            add(session, table, now, **{**of, **made, age.column: now - old})
        assert forget(session, now) == {table: 1}
        assert count(session, table) == 1
        assert forget(session, now + 2 * MINUTE) == {table: 1}
        notes = session.execute(select(AuditEvent.object_id, AuditEvent.note)).all()
        assert notes == [(table, "1")] * 2


def delivery(session: Session, now: datetime) -> dict[str, Any]:
    """Two events, and somebody to tell them to."""
    add(session, "published_procedure", now)
    add(session, "application", now, id="case", digest=session.scalar(select(_digest())), reference=None)
    add(session, "api_client", now, id="client")
    add(session, "webhook_subscription", now, id="hook", client_id="client")
    for seq in (1, 2):
        add(session, "case_event", now, seq=seq, application_id="case")
    return {"subscription_id": "hook", "seq": 1}


def _digest() -> Any:
    return Base.metadata.tables["published_procedure"].c.digest


def test_what_never_ended_has_no_age(database: Database, now: datetime) -> None:
    with database.write() as session:
        add(session, "provider_event", now, handled_at=None)
        assert forget(session, now + timedelta(days=4000)) == {}


def test_of_done_work_the_key_alone_is_left(database: Database, now: datetime) -> None:
    with database.write() as session:
        for key in (None, "once"):
            jobs.enqueue(session, now, "notice.send", {"application_id": "case"}, key=key)
        jobs.enqueue(session, now, "waits", {"of": "it"})
        jobs.enqueue(session, now, "failed", {"of": "it"})
        done = update(Job.__table__).where(Job.kind == "notice.send")
        session.execute(done.values(state="done", finished_at=now))
        session.execute(update(Job.__table__).where(Job.kind == "failed").values(state="dead", finished_at=now))
        assert forget_jobs(session, now + JOBS_KEPT - MINUTE, 10) == 0
        assert forget_jobs(session, now + JOBS_KEPT + MINUTE, 10) == 1
        assert forget_jobs(session, now + JOBS_KEPT + MINUTE, 10) == 0
        left = session.execute(select(Job.kind, Job.key, Job.payload).order_by(Job.kind)).all()
        assert left == [("failed", None, {"of": "it"}), ("notice.send", "once", {}), ("waits", None, {"of": "it"})]
        later = now + JOBS_KEPT + MINUTE
        assert jobs.enqueue(session, later, "notice.send", {"application_id": "case"}, key="once") is None
        assert forget_jobs(session, now + KEYS_KEPT + MINUTE, 10) == 1
        assert sorted(session.scalars(select(Job.kind))) == ["failed", "waits"]


def person(session: Session, now: datetime, person_id: str = "ichiro") -> None:
    known = {"id": person_id, "issuer": "idp", "subject": person_id, "name": "一郎", "email": None}
    session.execute(insert(Person), {**known, "created_at": now, "seen_at": now})


def gone(session: Session, now: datetime) -> bool:
    forget_people(session, now, 10)
    return session.get(Person, "ichiro", populate_existing=True) is None


def test_an_account_goes_a_year_after_the_last_visit_with_all_that_is_its(database: Database, now: datetime) -> None:
    with database.write() as session:
        person(session, now)
        claims.keep(session, now, "ichiro", {"address": "墨田区"}, "idp", "high")
        choices.confirm(session, ICHIRO, now, "sms", "+819011112222")
        add(session, "passkey", now, person_id="ichiro")
        add(session, "web_session", now, person_id="ichiro")
    with database.write() as session:
        assert not gone(session, now + UNUSED - MINUTE)
        assert gone(session, now + UNUSED + MINUTE)
        for table in ("person_claim", "contact", "passkey", "web_session"):
            assert count(session, table) == 0, table
        assert "person:ichiro" not in session.scalars(select(CaseKey.holder)).all()
        assert session.scalars(select(AuditEvent.object_id).where(AuditEvent.action == "person.forget")).all() == [
            "ichiro"
        ]
        assert audit.verify(session) == []


def test_who_wished_for_a_profile_has_it_for_three_years(database: Database, now: datetime) -> None:
    with database.write() as session:
        person(session, now)
        profile.decide(session, ICHIRO, now, consents=True)
        add(session, "profile_value", now, owner=ICHIRO.owner_key, concept="applicant.name")
        assert not gone(session, now + UNUSED + MINUTE)
        assert not gone(session, now + UNUSED_PROFILE - MINUTE)
        assert gone(session, now + UNUSED_PROFILE + MINUTE)
        assert count(session, "profile_value") == count(session, "profile") == 0


@pytest.mark.parametrize("why", ["case", "role", "was staff", "mandate", "wrote"])
def test_an_account_that_something_needs_stays(desk: Desk, why: str) -> None:
    now = desk.now
    with desk.database.write() as session:
        person(session, now)
    if why == "case":
        desk.draft("permit", ICHIRO)
    with desk.database.write() as session:
        if why in {"role", "was staff"}:
            add(session, "office", now, id="hokenjo")
            boss = Actor("staff", "boss", "長", frozenset({("operator", "*")}))
            granting.give(session, boss, now, "ichiro", "clerk", "hokenjo")
            if why == "was staff":
                granting.take(session, boss, now, "ichiro", "clerk", "hokenjo")
        if why == "mandate":
            add(session, "mandate_grant", now, asked_by="ichiro", granted_by=None)
    if why == "wrote":
        case = desk.received()
        with desk.database.write() as session:
            add(session, "case_note", now, application_id=case, by="ichiro")
    with desk.database.write() as session:
        assert not gone(session, now + 10 * UNUSED)


MANDATES = {
    "never answered": {"granted_at": None, "revoked_at": None},
    "taken back": {"revoked_at": 0},
    "over": {"granted_at": 0, "revoked_at": None},
}


@pytest.mark.parametrize("facts", MANDATES.values(), ids=MANDATES)
def test_a_mandate_goes_a_year_after_its_end(database: Database, now: datetime, facts: dict[str, Any]) -> None:
    given = {name: now if value == 0 else None for name, value in facts.items()}
    with database.write() as session:
        person(session, now)
        row = add(session, "mandate_grant", now, asked_by="ichiro", granted_by=None, until=now.date(), **given)
        assert forget_mandates(session, now + timedelta(days=364), 10) == 0
        assert f"mandate:{row['id']}" in session.scalars(select(CaseKey.holder)).all()
        assert forget_mandates(session, now + timedelta(days=367), 10) == 1
        assert session.scalars(select(MandateGrant.id)).all() == []
        assert f"mandate:{row['id']}" not in session.scalars(select(CaseKey.holder)).all()


def test_one_that_a_draft_uses_stays(desk: Desk) -> None:
    case = desk.draft()
    with desk.database.write() as session:
        person(session, desk.now)
        row = add(session, "mandate_grant", desk.now, asked_by="ichiro", granted_by=None, revoked_at=desk.now)
        add(session, "acting", desk.now, application_id=case, grant_id=row["id"])
        assert forget_mandates(session, desk.now + timedelta(days=4000), 10) == 0


def test_an_invitation_that_nobody_took_goes(database: Database, now: datetime) -> None:
    with database.write() as session:
        person(session, now)
        for bound in (None, "ichiro"):
            add(session, "staff_invitation", now, bound_to=bound)
        assert forget_invitations(session, now + INVITED - MINUTE) == 0
        assert forget_invitations(session, now + INVITED + MINUTE) == 1
        assert session.scalars(select(StaffInvitation.bound_to)).all() == ["ichiro"]


def test_the_system_itself_is_nobody(database: Database, now: datetime) -> None:
    with database.write() as session:
        assert forget_people(session, now, 10) == 0
        assert (SYSTEM.key, session.scalars(select(Profile.owner)).all()) == ("system", [])
