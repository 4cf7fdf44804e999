"""Who gives which role where, and takes it."""

from datetime import datetime

import pytest
from sqlalchemy import select

from procedures.actors import SYSTEM, Actor, posts
from procedures.database import Database
from procedures.errors import NotFound
from procedures.models import AuditEvent, Person
from procedures.people import granting, offices
from procedures.people.granting import CannotHold, LastManager, NoSuchOffice
from procedures.people.offices import Known

pytestmark = pytest.mark.sqlite_only
MANAGER = Actor("staff", "hayashi", "林", posts({"manager"}, {"hokenjo"}))
OPERATOR = Actor("staff", "ono", "小野", posts({"operator"}, {"*"}))


@pytest.fixture
def place(database: Database, people: dict[str, Actor], now: datetime) -> Database:
    with database.write() as session:
        for id in ("hokenjo", "koen"):
            offices.put(session, SYSTEM, now, Known(id, id, id))
    return database


def held(place: Database) -> set[tuple[str, str, str]]:
    with place.read() as session:
        return {(row.person_id, row.role, row.office) for _, row in granting.everybody(session) if row.office != "*"}


def test_a_role_is_given_once_and_taken_once_and_each_is_told(place: Database, now: datetime) -> None:
    with place.write() as session:
        assert granting.give(session, OPERATOR, now, "taro", "approver", "hokenjo")
        assert not granting.give(session, OPERATOR, now, "taro", "approver", "hokenjo")
    assert held(place) == {("taro", "approver", "hokenjo")}
    with place.write() as session:
        assert granting.take(session, OPERATOR, now, "taro", "approver", "hokenjo")
        assert not granting.take(session, OPERATOR, now, "taro", "approver", "hokenjo")
        told = session.execute(select(AuditEvent.action, AuditEvent.note).order_by(AuditEvent.seq)).all()[2:]
    assert held(place) == set()
    assert [tuple(row) for row in told] == [("role.given", "approver hokenjo"), ("role.taken", "approver hokenjo")]


@pytest.mark.parametrize(
    ("actor", "role", "office", "allowed"),
    [
        (SYSTEM, "auditor", "*", True),
        (OPERATOR, "finance", "*", True),
        (MANAGER, "clerk", "hokenjo", True),
        (MANAGER, "approver", "hokenjo", True),
        (MANAGER, "cashier", "hokenjo", True),
        (MANAGER, "clerk", "koen", False),
        (MANAGER, "clerk", "*", False),
        (MANAGER, "finance", "*", False),
        (Actor("staff", "sato", "佐藤", posts({"clerk", "approver"}, {"*"})), "clerk", "hokenjo", False),
        (Actor("staff", "noda", "野田", posts({"auditor"}, {"*"})), "clerk", "hokenjo", False),
        (Actor("resident", "hanako", "花子"), "clerk", "hokenjo", False),
    ],
)
def test_who_may(place: Database, now: datetime, actor: Actor, role: str, office: str, *, allowed: bool) -> None:
    with place.write() as session:
        if allowed:
            assert granting.give(session, actor, now, "taro", role, office)
            assert granting.take(session, actor, now, "taro", role, office)
            return
        for change in (granting.give, granting.take):
            with pytest.raises(NotFound):
                change(session, actor, now, "taro", role, office)


def test_what_cannot_be_held_is_refused(place: Database, now: datetime) -> None:
    with place.write() as session:
        for role, office in (("auditor", "hokenjo"), ("king", "hokenjo"), ("king", "*")):
            with pytest.raises(CannotHold):
                granting.give(session, SYSTEM, now, "taro", role, office)
        with pytest.raises(NoSuchOffice):
            granting.give(session, SYSTEM, now, "taro", "clerk", "nowhere")
        with pytest.raises(NotFound):
            granting.give(session, SYSTEM, now, "nobody", "clerk", "hokenjo")
    assert held(place) == set()


def test_people_are_found_by_mail_in_any_capitals_and_by_number(place: Database, now: datetime) -> None:
    with place.write() as session:
        facts = {"issuer": "https://elsewhere.test", "name": "髙橋 𠮷子", "created_at": now, "seen_at": now}
        session.add(Person(id="two", subject="TARO@EXAMPLE.JP", email="Yoshiko@Example.jp", **facts))
        session.flush()
        assert [one.id for one in granting.known_as(session, "yoshiko@example.JP")] == ["two"]
        assert [one.id for one in granting.known_as(session, "taro")] == ["taro"]
        assert granting.known_as(session, "") == []
        assert {one.id for one in granting.known_as(session, "TARO@EXAMPLE.JP")} == {"taro", "two"}


def test_the_last_manager_stays_whoever_tries(place: Database, now: datetime) -> None:
    with place.write() as session:
        granting.give(session, SYSTEM, now, "taro", "manager", "hokenjo")
        for actor in (SYSTEM, OPERATOR, MANAGER):
            with pytest.raises(LastManager):
                granting.take(session, actor, now, "taro", "manager", "hokenjo")
        granting.give(session, MANAGER, now, "hanako", "manager", "hokenjo")
        assert granting.take(session, MANAGER, now, "taro", "manager", "hokenjo")
        with pytest.raises(LastManager):
            granting.take(session, MANAGER, now, "hanako", "manager", "hokenjo")
        assert not granting.take(session, MANAGER, now, "taro", "manager", "hokenjo")
