"""From hand to hand: taking over, giving back, assigning by name; each with its reason, and the other one told."""

from datetime import timedelta

import pytest

from engine.lifecycle import Event, Status, TransitionRefused
from procedures import cases, decisions, doctor
from procedures.assigning import handing, moves, telling
from procedures.assigning.moves import ReasonRefused
from procedures.channels.notice import Notice, Sender
from procedures.errors import Conflict, NotFound
from procedures.jobs import ClaimedJob
from procedures.models import AuditEvent
from tests.procedures.assigning.conftest import ELSEWHERE, House, staff

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def held(house: House) -> str:
    """A case that Abe has; Baba is a colleague."""
    house.hire("baba")
    application_id = house.desk.received()
    house.do(cases.claim, house.hire("abe"), application_id)
    return application_id


def story(house: House, application_id: str) -> list[tuple[str, str | None, str | None, str]]:
    with house.database.read() as session:
        return [
            (one.kind, one.from_person, one.to_person, one.reason) for one in moves.of_case(session, application_id)
        ]


def told(house: House) -> set[str]:
    return {job["person_id"] for job in house.jobs(telling.JOB)}


def test_taking_over_needs_a_reason_and_tells_the_other(house: House, held: str) -> None:
    house.do(handing.take_over, staff("baba"), held, "  阿部さんが休みのため ")
    assert house.held_by(held) == "baba"
    assert story(house, held) == [("taken_over", "abe", "baba", "阿部さんが休みのため")]
    assert told(house) == {"abe"}
    with house.database.read() as session:
        assert "case.taken_over" in {row.action for row in session.query(AuditEvent)}
        assert doctor.run(session) == []
    house.do(handing.take_over, staff("baba"), held, "もう一度")
    assert len(story(house, held)) == 1


@pytest.mark.parametrize(("reason", "what"), [("", "empty"), (" \n\u3000 ", "empty"), ("あ" * 1001, "long")])
def test_a_reason_is_a_few_words(house: House, held: str, reason: str, what: str) -> None:
    for service, actor, more in (
        (handing.take_over, staff("baba"), ()),
        (handing.give_back, staff("abe"), ()),
        (handing.assign, house.manager, ("baba",)),
    ):
        with pytest.raises(ReasonRefused) as refused:
            house.do(service, actor, held, *more, reason)
        assert refused.value.what == what
    assert house.held_by(held) == "abe"


def test_who_took_it_first_is_told_to_the_second(house: House, held: str) -> None:
    chiba = house.hire("chiba")
    house.do(handing.take_over, staff("baba"), held, "先に", "abe")
    with pytest.raises(Conflict) as refused:
        house.do(handing.take_over, chiba, held, "後から", "abe")
    assert refused.value.who == "baba"


def test_what_nobody_has_can_be_taken_over_too(house: House) -> None:
    baba, application_id = house.hire("baba"), house.desk.received()
    house.do(handing.take_over, baba, application_id, "受付")
    assert house.held_by(application_id) == "baba"
    with house.database.read() as session:
        assert cases.view(session, baba, application_id).status is Status.IN_REVIEW


def test_strangers_find_nothing(house: House, held: str) -> None:
    for stranger in (staff("far", office=ELSEWHERE), house.desk.people.hanako, house.desk.people.suzuki):
        for service, more in ((handing.take_over, ()), (handing.give_back, ()), (handing.assign, ("baba",))):
            with pytest.raises(NotFound):
                house.do(service, stranger, held, *more, "理由")
    for service in (handing.take_over, handing.give_back):
        with pytest.raises(NotFound):
            house.do(service, staff("abe"), "nothing", "理由")


def test_what_is_proposed_stays_with_its_clerk(house: House, held: str) -> None:
    house.do(decisions.propose, staff("abe"), held, "approve")
    with pytest.raises(TransitionRefused):
        house.do(handing.take_over, staff("baba"), held, "急ぎ")
    with pytest.raises(TransitionRefused):
        house.do(handing.assign, house.manager, held, "baba", "急ぎ")


class TestGivingBack:
    def test_it_lies_unassigned_and_can_be_claimed_again(self, house: House, held: str) -> None:
        house.do(handing.give_back, staff("abe"), held, "親族の申請のため")
        assert house.held_by(held) is None
        assert house.do(cases.claim, staff("baba"), held) is Status.IN_REVIEW
        assert house.held_by(held) == "baba"
        with house.database.read() as session:
            timeline = cases.view(session, staff("baba"), held).timeline
            assert [one.event for one in timeline].count(Event.CLAIM) == 1
            assert doctor.run(session) == []

    def test_only_ones_own(self, house: House, held: str) -> None:
        with pytest.raises(Conflict) as refused:
            house.do(handing.give_back, staff("baba"), held, "違う")
        assert refused.value.who == "abe"
        house.do(handing.give_back, staff("abe"), held, "間違い")
        with pytest.raises(Conflict):
            house.do(handing.give_back, staff("abe"), held, "二度目")


class TestAssigning:
    def test_both_are_told(self, house: House, held: str) -> None:
        house.do(handing.assign, house.manager, held, "baba", "経験者に")
        assert story(house, held) == [("assigned", "abe", "baba", "経験者に")]
        assert told(house) == {"abe", "baba"}
        house.do(handing.assign, house.manager, held, "baba", "経験者に")
        assert len(story(house, held)) == 1

    def test_what_was_just_received_counts_as_claimed_by_whom_it_is_given(self, house: House) -> None:
        baba, application_id = house.hire("baba"), house.desk.received()
        house.do(handing.assign, house.manager, application_id, "baba", "担当地区")
        with house.database.read() as session:
            case = cases.view(session, baba, application_id)
            assert (case.status, case.claimed_by_id, case.timeline[-1].by) == (Status.IN_REVIEW, "baba", "ueda")
            assert doctor.run(session) == []

    @pytest.mark.parametrize("person", ["suzuki", "hanako", "far", "nobody"])
    def test_only_to_clerks_of_the_office(self, house: House, held: str, person: str) -> None:
        house.hire("far", office=ELSEWHERE)
        with pytest.raises(NotFound):
            house.do(handing.assign, house.manager, held, person, "理由")
        assert house.held_by(held) == "abe"


class TestTelling:
    def mail(self, house: House, person: str) -> Notice | None:
        sent: list[tuple[Notice, str]] = []

        class Channel:
            name = "mail"

            def send(self, notice: Notice, address: str) -> None:
                sent.append((notice, address))

            def text_of(self, notice: Notice) -> str:
                return notice.body

        [payload] = [job for job in house.jobs(telling.JOB) if job["person_id"] == person]
        job = ClaimedJob("j", telling.JOB, payload, 1, 1, house.desk.now + timedelta(hours=1))
        sender = Sender({"ja": "東京都"}, "x@example.jp", "https://site.test")
        telling.handler(Channel(), sender)(house.database, job, house.desk.now)
        return sent[0][0] if sent else None

    def test_one_mail_for_many_cases_names_no_applicant(self, house: House) -> None:
        house.hire("baba")
        many = [house.desk.received() for _ in range(3)]
        for one in many:
            house.do(handing.assign, house.manager, one, "baba", "山田花子さんの件")
        mail = self.mail(house, "baba")
        with house.database.read() as session:
            numbers = [cases.view(session, staff("baba"), one).reference for one in many]
        assert all(number in mail.body for number in numbers)
        assert mail.body.count("あなたが担当になりました（ueda）") == 3
        assert "山田" not in mail.body
        assert mail.subject == "担当の案件が動きました（3件）"

    def test_a_very_long_list_is_cut(self, house: House, held: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(telling, "MOST", 1)
        house.do(handing.assign, house.manager, held, "baba", "一")
        house.do(handing.take_over, staff("abe"), held, "二")
        assert "ほか1件" in self.mail(house, "baba").body

    def test_ones_own_doing_is_no_news(self, house: House, held: str) -> None:
        house.do(handing.give_back, staff("abe"), held, "間違い")
        assert house.jobs(telling.JOB) == []
