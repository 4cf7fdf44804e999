"""Managers' pages: their own office alone, people added and taken out, in force at the next request."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.models import AuditEvent, Person, StaffInvitation
from procedures.people import granting, inviting, offices
from procedures.people.offices import Known
from tests.web.browsing import Browser
from tests.web.client import faults
from web.identity.openid.results import Identity
from web.identity.people import remember

Open = Callable[..., Browser]
pytestmark = pytest.mark.sqlite_only
HERE = "/manage/hokenjo"


@pytest.fixture
def manager(database: Database, browser: Open, now: datetime) -> Browser:
    """Hayashi manages the health centre; Taro and Hanako are known, and no staff."""
    with database.write() as session:
        for id, name in (("hokenjo", "髙島保健所"), ("koen", "公園事務所")):
            offices.put(session, SYSTEM, now, Known(id, name, id))
        facts = {"issuer": "https://issuer.test", "created_at": now, "seen_at": now}
        session.add(Person(id="hayashi", subject="hayashi", name="林 𠮷美", email="hayashi@example.jp", **facts))
        session.flush()
        granting.give(session, SYSTEM, now, "hayashi", "manager", "hokenjo")
    return browser("hayashi")


def held(database: Database, office: str = "hokenjo") -> set[tuple[str, str]]:
    with database.read() as session:
        return {(person.id, row.role) for person, row in granting.everybody(session, office)}


def test_a_manager_sees_the_people_of_their_office_alone(manager: Browser) -> None:
    page = manager.get("/manage")
    assert faults(page) == []
    assert "髙島保健所" in page.text
    assert "公園事務所" not in page.text
    page = manager.get(HERE)
    assert faults(page) == []
    assert "林 𠮷美" in page.text
    for other in ("/manage/koen", "/manage/nowhere", "/manage/*"):
        assert manager.get(other).status_code == 404
        assert manager.post(f"{other}/people", {"who": "taro@example.jp", "role": "clerk"}).status_code == 404
        assert manager.post(f"{other}/take", {"person": "taro", "role": "clerk"}).status_code == 404


def test_who_is_added_is_staff_and_who_is_taken_out_is_none_at_the_next_request(
    manager: Browser, browser: Open, database: Database
) -> None:
    taro = browser("taro")
    assert taro.get("/desk").status_code == 403
    assert manager.post(f"{HERE}/people", {"who": " Taro@Example.JP ", "role": "clerk"}).status_code == 303
    assert faults(manager.follow()) == []
    assert taro.get("/desk").status_code == 200
    assert manager.post(f"{HERE}/take", {"person": "taro", "role": "clerk"}).status_code == 303
    assert manager.post(f"{HERE}/take", {"person": "taro", "role": "clerk"}).status_code == 303  # a stale page
    assert taro.get("/desk").status_code == 403
    with database.read() as session:
        told = session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()
    assert told[-2:] == ["role.given", "role.taken"]


@pytest.mark.parametrize("role", ["finance", "auditor", "operator", "author", "king", ""])
def test_a_role_of_the_house_is_not_a_managers_to_give(manager: Browser, database: Database, role: str) -> None:
    for who in ("taro@example.jp", "new@example.jp"):
        page = manager.post(f"{HERE}/people", {"who": who, "role": role})
        assert (page.status_code, who in page.text, faults(page)) == (422, True, [])
    assert held(database) == {("hayashi", "manager")}


def test_an_address_that_is_none_is_told_and_kept(manager: Browser) -> None:
    page = manager.post(f"{HERE}/people", {"who": "髙橋", "role": "clerk"})
    assert (page.status_code, "髙橋" in page.text, faults(page)) == (422, True, [])


def test_who_is_invited_joins_at_the_first_sign_in(manager: Browser, database: Database, now: datetime) -> None:
    for _ in range(2):
        manager.post(f"{HERE}/people", {"who": "Aoki@Example.jp", "role": "approver"})
    page = manager.get(HERE)
    assert (page.text.count("aoki@example.jp</p>"), faults(page)) == (1, [])
    with database.write() as session:
        other = remember(session, now, Identity("https://i.test", "x", "別", "other@example.jp", "basic"), "ja")
        aoki = remember(session, now, Identity("https://i.test", "a", "青木", "AOKI@example.jp", "basic"), "ja")
        ids = other.id, aoki.id
        assert inviting.waiting(session, now, "hokenjo") == []
    assert held(database) == {("hayashi", "manager"), (ids[1], "approver")}
    manager.post(f"{HERE}/take", {"person": ids[1], "role": "approver"})
    with database.write() as session:
        remember(session, now, Identity("https://i.test", "a", "青木", "aoki@example.jp", "basic"), "ja")
    assert held(database) == {("hayashi", "manager")}


def test_an_invitation_that_is_old_or_withdrawn_binds_nobody(
    manager: Browser, database: Database, now: datetime
) -> None:
    for who in ("old@example.jp", "gone@example.jp"):
        manager.post(f"{HERE}/people", {"who": who, "role": "clerk"})
    with database.read() as session:
        gone = session.scalars(select(StaffInvitation.id).where(StaffInvitation.email == "gone@example.jp")).one()
    assert manager.post(f"/manage/invitations/{gone}/withdraw").status_code == 303
    assert manager.post(f"/manage/invitations/{gone}/withdraw").status_code == 404
    with database.write() as session:
        remember(session, now, Identity("https://i.test", "g", "去", "gone@example.jp", "basic"), "ja")
        later = now + inviting.LIVES + timedelta(seconds=1)
        remember(session, later, Identity("https://i.test", "o", "古", "old@example.jp", "basic"), "ja")
    assert held(database) == {("hayashi", "manager")}


def test_the_last_manager_cannot_leave_and_one_of_two_can(manager: Browser, database: Database) -> None:
    leave = {"person": "hayashi", "role": "manager"}
    page = manager.post(f"{HERE}/take", leave)
    assert (page.status_code, faults(page)) == (409, [])
    manager.post(f"{HERE}/people", {"who": "taro@example.jp", "role": "manager"})
    assert manager.post(f"{HERE}/take", leave).headers["Location"] == "/account"
    assert held(database) == {("taro", "manager")}
    assert manager.get(HERE).status_code == 403


def test_others_do_not_come_in(manager: Browser, browser: Open) -> None:
    for other in ("sato", "suzuki", "tanaka", "kimura", "hanako"):
        assert browser(other).get(HERE).status_code == 403
        assert browser(other).post(f"{HERE}/people", {"who": "taro@example.jp", "role": "clerk"}).status_code == 403
