"""Staff are told of cases that are due, late, or nobody's: once each, in one digest a day, with nothing personal."""

from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import select, update

from procedures import decisions, jobs
from procedures.actors import Actor
from procedures.channels.notice import Notice, Sender
from procedures.clock import digest
from procedures.clock.escalating import escalate
from procedures.clock.finding import Rules
from procedures.corrections import resubmitting
from procedures.models import Escalation, Job, Office, Person, StaffRole
from tests.procedures.clock.by_hand import moment
from tests.procedures.corrections.conftest import CorrectionDesk

SENDER = Sender({"ja": "東京都"}, "tetsuzuki@example.jp", "https://tetsuzuki.example.jp")
RULES = Rules(due_soon=3, unclaimed=3)
# A permit that Sato took on Friday 1 May 2026 is due on Wednesday 20 May: three business days before is Friday 15 May.
SOON, LAST, LATE = "2026-05-15", "2026-05-20", "2026-05-21"

pytestmark = pytest.mark.sqlite_only


class Postbox:
    """A channel that keeps what it was given."""

    name = "mail"

    def __init__(self) -> None:
        self.sent: list[tuple[str, Notice]] = []

    def send(self, notice: Notice, address: str) -> None:
        self.sent.append((address, notice))

    def text_of(self, notice: Notice) -> str:
        return notice.body


class Bureau:
    """Sato with an address, managers of two offices, and the worker."""

    def __init__(self, desk: CorrectionDesk, people: Mapping[str, Actor]) -> None:
        self.desk = desk
        with desk.database.write() as session:
            for id in ("sato", "suzuki", "tanaka"):
                session.execute(update(Person).where(Person.id == id).values(email=f"{id}@office.example.jp"))

    def manager(self, person: str, office: str) -> None:
        with self.desk.database.write() as session:
            session.add(StaffRole(person_id=person, role="manager", office=office))

    def at(self, text: str, rules: Rules = RULES) -> list[tuple[str, str]]:
        """What the worker does at this moment: whom it mails what, as (address, body)."""
        post, at = Postbox(), moment(text)
        with self.desk.database.write() as session:
            escalate(session, at, rules)
        handler = digest.handler(post, SENDER)
        while jobs.run_one(self.desk.database, lambda: at, "worker", {digest.JOB: handler}):
            pass
        return [(address, f"{notice.subject}\n{notice.body}") for address, notice in post.sent]

    def told(self) -> list[tuple[str, str, str, int]]:
        with self.desk.database.read() as session:
            rows = session.scalars(select(Escalation).order_by(Escalation.told_at, Escalation.recipient))
            return [(row.recipient, row.kind, row.about.isoformat(), row.again) for row in rows]


@pytest.fixture
def office(desk: CorrectionDesk, people: Mapping[str, Actor]) -> Bureau:
    """The office. Notices to applicants are another story: they are taken out of the outbox."""
    return Bureau(desk, people)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else's jobs."""
    monkeypatch.setattr("procedures.notices.queue", lambda *_arguments, **_facts: None)


def test_the_clerk_is_told_three_business_days_before_and_once(office: Bureau) -> None:
    case = office.desk.claimed()
    assert office.at("2026-05-14") == []
    [(address, words)] = office.at(SOON)
    reference = office.desk.see(case).reference
    assert address == "sato@office.example.jp"
    assert reference in words
    assert f"https://tetsuzuki.example.jp/desk/cases/{case}" in words
    assert "2026年5月20日" in words
    assert "期限の近い案件1件" in words
    assert office.at(f"{SOON}T17:00") == []
    assert office.at("2026-05-18") == []
    assert office.told() == [("person:sato", "due_soon", "2026-05-20", 0)]


def test_nothing_of_a_person_stands_in_it(office: Bureau) -> None:
    office.desk.claimed(name="髙橋 𠮷子")
    office.manager("tanaka", "hokenjo")
    [(_, words)] = office.at(SOON)
    [(_, late)] = office.at(LATE)
    for secret in ("髙橋", "𠮷子", "山田", "hanako", "許可"):
        assert secret not in words + late


def test_a_day_that_moved_is_told_anew_and_a_case_with_its_applicant_is_not(office: Bureau) -> None:
    case = office.desk.claimed()
    assert len(office.at(SOON)) == 1
    office.desk.ask(case, ("name",), due_on=date(2026, 5, 29), now=moment("2026-05-18"))
    assert office.at("2026-05-19") == []
    assert office.at("2026-05-22") == []  # past the old day, but the period stands still
    office.desk.change(case, ("name",), "花子")
    office.desk.do(resubmitting.resubmit, office.desk.people.hanako, case, 2, "seen", now=moment("2026-05-25"))
    assert office.desk.see(case).due_on == date(2026, 5, 27)  # 19, 20, 21, 22, 25 May stood still
    assert len(office.at("2026-05-26")) == 1
    assert [one[2] for one in office.told()] == ["2026-05-20", "2026-05-27"]


def test_managers_of_the_office_are_told_when_it_is_late_and_every_week(office: Bureau) -> None:
    office.desk.claimed()
    office.manager("tanaka", "hokenjo")
    office.manager("suzuki", "elsewhere")
    office.at(SOON)
    assert office.at(LAST) == []  # the last day is a whole day
    days = ["2026-05-21", "2026-05-22", "2026-05-25", "2026-05-27", "2026-05-28", "2026-05-29", "2026-06-04"]
    mails = {day: office.at(day) for day in days}
    assert [day for day, sent in mails.items() if sent] == ["2026-05-21", "2026-05-28", "2026-06-04"]
    assert {address for sent in mails.values() for address, _ in sent} == {"tanaka@office.example.jp"}
    assert "期限超過1件" in mails["2026-05-21"][0][1]
    assert office.told()[1:] == [("person:tanaka", "late", "2026-05-20", week) for week in (0, 1, 2)]


def test_one_digest_however_many_cases(office: Bureau) -> None:
    for _ in range(digest.LISTED + 5):
        office.desk.claimed()
    office.manager("sato", "*")  # clerk and manager in one
    [(_, words)] = office.at(SOON)
    assert words.count("/desk/cases/") == digest.LISTED
    assert "25件" in words
    assert len(office.told()) == 25
    office.desk.claimed()
    assert office.at(f"{SOON}T15:00") == []  # tomorrow is early enough
    [(_, words)] = office.at("2026-05-18")
    assert words.count("/desk/cases/") == 1
    [(_, words)] = office.at(LATE)
    assert words.startswith("期限超過26件（")


def test_what_nobody_takes_is_told_to_the_managers_once(office: Bureau) -> None:
    office.desk.received()  # Friday 1 May: three business days on is Monday 11 May (7, 8, 11)
    office.manager("tanaka", "*")
    assert office.at("2026-05-08") == []
    [(address, words)] = office.at("2026-05-11")
    assert address == "tanaka@office.example.jp"
    assert "担当者なし1件" in words
    assert "2026年5月1日" in words
    assert "https://tetsuzuki.example.jp/desk/office" in words
    assert office.at("2026-05-18") == []


def test_only_on_business_days_from_eight(office: Bureau) -> None:
    office.desk.claimed()
    office.manager("tanaka", "hokenjo")
    office.at(SOON)
    assert office.at(f"{LATE}T07:59") == []
    assert len(office.at(f"{LATE}T08:00")) == 1
    assert office.at("2026-05-30") == []  # a Saturday, nine days later
    assert len(office.at("2026-06-01")) == 1


def test_what_is_decided_is_nobodys_worry(office: Bureau) -> None:
    case = office.desk.claimed()
    proposal = office.desk.do(decisions.propose, office.desk.people.sato, case, "approve", now=moment("2026-05-14"))
    [(_, words)] = office.at(SOON)  # proposed, but not decided
    assert "期限の近い案件1件" in words
    office.desk.do(decisions.approve, office.desk.people.suzuki, case, proposal, now=moment("2026-05-18"))
    office.manager("tanaka", "*")
    assert office.at(LATE) == []


def test_an_office_without_a_manager_has_an_address(office: Bureau) -> None:
    office.desk.claimed()
    with office.desk.database.write() as session:
        session.add(Office(id="hokenjo", name_ja="保健所", name_en="Health centre", email="hokenjo@example.jp"))
    office.at(SOON)
    assert [address for address, _ in office.at(LATE)] == ["hokenjo@example.jp"]
    office.manager("tanaka", "hokenjo")
    assert [address for address, _ in office.at("2026-05-28")] == ["tanaka@office.example.jp"]


def test_without_an_address_nothing_is_told_and_nothing_is_ticked_off(office: Bureau) -> None:
    office.desk.claimed()
    with office.desk.database.write() as session:
        session.execute(update(Person).where(Person.id == "sato").values(email=None))
    assert office.at(SOON) == []
    with office.desk.database.write() as session:
        session.execute(update(Person).where(Person.id == "sato").values(email="sato@office.example.jp"))
    assert len(office.at("2026-05-18")) == 1


@pytest.mark.parametrize(("rules", "days"), [(Rules(0, 0), []), (Rules(1, 0), ["2026-05-19"])])
def test_switched_off_and_later(office: Bureau, rules: Rules, days: list[str]) -> None:
    office.desk.claimed()
    office.desk.received()
    office.manager("tanaka", "*")
    looked = ("2026-05-11", "2026-05-18", "2026-05-19", "2026-05-20")
    assert [day for day in looked if office.at(day, rules)] == days


def test_in_the_readers_language(office: Bureau) -> None:
    office.desk.claimed()
    with office.desk.database.write() as session:
        session.execute(update(Person).where(Person.id == "sato").values(language="en"))
    [(_, words)] = office.at(SOON)
    assert "1 of your cases are due soon" in words
    assert "20 May 2026" in words


def test_two_workers_tell_once(office: Bureau) -> None:
    office.desk.claimed()
    for _ in range(2):
        with office.desk.database.write() as session:
            escalate(session, moment(SOON), RULES)
    with office.desk.database.read() as session:
        assert len(session.scalars(select(Job).where(Job.kind == digest.JOB)).all()) == 1
