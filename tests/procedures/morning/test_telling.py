"""Whoever runs the service is told in the morning, once, of what waits for them, and of nothing else."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from payments.concerns import CONCERNS as OF_MONEY
from procedures import jobs
from procedures.actors import Actor
from procedures.channels.notice import Notice, Sender
from procedures.database import Database
from procedures.models import Application, Job, Person, StaffRole
from procedures.morning import mail
from procedures.morning.concerns import CONCERNS, Concern
from procedures.morning.telling import JOB, tell
from tests.procedures.clock.by_hand import moment
from tests.procedures.conftest import Desk

pytestmark = pytest.mark.sqlite_only
SENDER = Sender({"ja": "東京都"}, "tetsuzuki@example.jp", "https://tetsuzuki.example.jp")
MONDAY, FRIDAY, SATURDAY, HOLIDAY = "2026-05-11", "2026-05-08", "2026-05-09", "2026-05-05"
ALL = (*CONCERNS, *OF_MONEY)


class Postbox:
    """A channel that keeps what it was given."""

    name = "mail"

    def __init__(self) -> None:
        self.sent: list[tuple[str, Notice]] = []

    def send(self, notice: Notice, address: str) -> None:
        self.sent.append((address, notice))

    def text_of(self, notice: Notice) -> str:
        return notice.body


class Morning:
    """An installation, and what its workers send in the morning."""

    def __init__(self, database: Database, concerns: Sequence[Concern] = ALL) -> None:
        self.database, self.concerns = database, concerns

    def role(self, person: str, role: str, office: str = "*") -> None:
        with self.database.write() as session:
            session.add(StaffRole(person_id=person, role=role, office=office))

    def dead(self, kind: str, at: datetime) -> None:
        with self.database.write() as session:
            jobs.enqueue(session, at, kind, {})
            session.execute(update(Job).where(Job.kind == kind).values(state="dead"))

    def at(self, text: str, workers: int = 1) -> dict[str, str]:
        """What is sent at this moment, by address."""
        post, at = Postbox(), moment(text)
        for _ in range(workers):
            with self.database.write() as session:
                tell(session, at, self.concerns)
        handler = mail.handler(post, SENDER, self.concerns)
        while jobs.run_one(self.database, lambda: at, "worker", {JOB: handler}):
            pass
        assert len({address for address, _ in post.sent}) == len(post.sent), "one mail for each person"
        return {address: f"{notice.subject}\n{notice.body}" for address, notice in post.sent}


@pytest.fixture
def morning(database: Database, people: Mapping[str, Actor]) -> Morning:
    found = Morning(database)
    found.role("kimura", "operator")
    return found


KIMURA, TANAKA, SUZUKI = "kimura@example.jp", "tanaka@example.jp", "suzuki@example.jp"


def test_operators_are_told_what_was_given_up(morning: Morning) -> None:
    morning.dead("notice.send", moment(FRIDAY))
    morning.dead("certificate.issue", moment(FRIDAY))
    [told] = morning.at(FRIDAY).values()
    assert "届いていないお知らせが1件" in told
    assert "失敗して止まったジョブ" in told
    assert "https://tetsuzuki.example.jp/operator#mail" in told
    assert "還付" not in told


def test_nothing_where_all_is_well_but_a_word_on_mondays(morning: Morning) -> None:
    assert morning.at(FRIDAY) == {}
    told = morning.at(MONDAY)
    assert list(told) == [KIMURA]
    assert "異常はありません" in told[KIMURA]
    assert morning.at("2026-05-12") == {}


@pytest.mark.parametrize("workers", [1, 3])
def test_once_a_day_however_often_it_is_looked(morning: Morning, workers: int) -> None:
    morning.dead("letter.make", moment(FRIDAY))
    assert list(morning.at(f"{FRIDAY}T08:00", workers)) == [KIMURA]
    assert morning.at(f"{FRIDAY}T08:15", workers) == {}
    assert morning.at(f"{FRIDAY}T23:59", workers) == {}
    assert list(morning.at(f"{SATURDAY}T08:00", workers)) == [KIMURA]


@pytest.mark.parametrize(("time", "count"), [("07:59:59", 0), ("08:00", 1), ("00:00", 0)])
def test_not_before_eight(morning: Morning, time: str, count: int) -> None:
    morning.dead("letter.make", moment(FRIDAY))
    assert len(morning.at(f"{FRIDAY}T{time}")) == count


@pytest.mark.parametrize("day", [SATURDAY, HOLIDAY])
def test_on_days_off_only_what_cannot_wait(desk: Desk, morning: Morning, day: str) -> None:
    desk.claimed()
    morning.role("suzuki", "manager")
    with morning.database.write() as session:
        session.execute(update(Application).values(due_on=date(2026, 5, 1)))
        session.execute(delete(Job))
    assert morning.at(day) == {}
    morning.dead("notice.send", moment(day))
    assert list(morning.at(day)) == [KIMURA]
    assert SUZUKI in morning.at(MONDAY)


def test_each_role_is_told_of_its_own(desk: Desk, morning: Morning) -> None:
    application_id = desk.claimed()
    with morning.database.write() as session:
        session.execute(update(Application).values(due_on=date(2026, 5, 1)))
        session.execute(delete(Job))
        office = session.get_one(Application, application_id).office
    morning.role("suzuki", "manager", office or "")
    morning.role("sato", "manager", "elsewhere")
    morning.concerns = (*CONCERNS, Concern("discrepancies", "finance", "finance/discrepancies", lambda *_: 2))
    told = morning.at(FRIDAY)
    assert set(told) == {SUZUKI, TANAKA}
    assert "処理期限を過ぎた案件が1件" in told[SUZUKI]
    assert "https://tetsuzuki.example.jp/desk/office" in told[SUZUKI]
    assert "合わないお金が2件" in told[TANAKA]


def test_somebody_with_several_roles_gets_one_mail_of_all(morning: Morning) -> None:
    morning.role("kimura", "finance")
    morning.concerns = (
        Concern("jobs", "operator", "operator", lambda *_: 1),
        Concern("refunds", "finance", "finance/refunds", lambda *_: 3),
    )
    told = morning.at(FRIDAY)[KIMURA]
    assert "ジョブが1件" in told.replace("、長く待っているジョブ", "ジョブ")
    assert "還付が3件" in told


def test_nobody_without_an_address(morning: Morning) -> None:
    morning.dead("letter.make", moment(FRIDAY))
    with morning.database.write() as session:
        session.execute(update(Person).where(Person.id == "kimura").values(email=None))
    assert morning.at(FRIDAY) == {}


def test_a_mail_holds_counts_and_ways_alone(morning: Morning) -> None:
    with morning.database.write() as session:
        jobs.enqueue(session, moment(FRIDAY), "notice.send", {"application_id": "MARK", "name": "髙橋"})
        session.execute(update(Job).values(state="dead", error="MARK"))
    told = morning.at(FRIDAY)[KIMURA]
    assert "MARK" not in told
    assert "髙橋" not in told


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_concern_has_words_in_both_languages(language: str) -> None:
    from web.operator.concerns import concerns_of
    from web.settings import Settings

    concerns = concerns_of(Settings())
    pages = {one.name: one.page for one in concerns}
    counts = dict.fromkeys(pages, 7)
    notice = mail.composed("k", language, date(2026, 5, 8), counts, pages, SENDER)
    assert notice.body.count("https://") == len(concerns)
    assert "morning_" not in notice.body
    assert f"{len(concerns)}" in notice.subject


@pytest.mark.parametrize(
    ("kind", "state", "attempts", "due", "mails", "stuck"),
    [
        ("notice.send", "waiting", 0, timedelta(minutes=-9), 0, 0),
        ("notice.send", "waiting", 0, timedelta(minutes=-11), 1, 0),
        ("notice.send", "waiting", 1, timedelta(minutes=30), 1, 0),
        ("reach.code", "dead", 10, timedelta(), 1, 0),
        ("notice.send", "done", 1, timedelta(days=-2), 0, 0),
        ("letter.make", "waiting", 3, timedelta(hours=1), 0, 0),
        ("letter.make", "waiting", 0, timedelta(minutes=-61), 0, 1),
        ("letter.make", "running", 1, timedelta(minutes=-61), 0, 1),
        ("letter.make", "running", 1, timedelta(minutes=-5), 0, 0),
        ("letter.make", "dead", 10, timedelta(), 0, 1),
    ],
)
def test_which_jobs_count(
    database: Database, now: datetime, kind: str, state: str, attempts: int, due: timedelta, mails: int, stuck: int
) -> None:
    with database.write() as session:
        jobs.enqueue(session, now, kind, {}, run_at=now + due)
        session.execute(update(Job).values(state=state, attempts=attempts))
    with database.read() as session:
        counted = {one.name: one.count(session, now, frozenset({"*"})) for one in CONCERNS}
    assert (counted["mails"], counted["jobs"]) == (mails, stuck)


@given(st.lists(st.sampled_from(["operator", "manager", "finance", "clerk"]), max_size=4), st.integers(0, 2))
def test_whoever_has_no_role_for_it_is_told_nothing(roles: list[str], count: int) -> None:
    from procedures.morning import telling

    posts = {role: frozenset({"*"}) for role in roles}
    concerns = tuple(Concern(f"c{role}", role, "", lambda *_: count) for role in ("operator", "manager", "finance"))
    payload = telling._payload(None, moment(FRIDAY), "p", posts, concerns)
    told = set() if payload is None else set(payload["counts"])
    assert told == ({f"c{role}" for role in roles if role != "clerk"} if count else set())


def test_what_is_queued_names_a_day_and_a_person(morning: Morning) -> None:
    morning.dead("letter.make", moment(FRIDAY))
    with morning.database.write() as session:
        assert tell(session, moment(FRIDAY), ALL) == 1
        assert tell(session, moment(FRIDAY), ALL) == 0
        [key] = session.scalars(select(Job.key).where(Job.kind == JOB))
    assert key == f"morning:kimura:{FRIDAY}"
