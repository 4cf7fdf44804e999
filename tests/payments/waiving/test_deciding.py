"""A reduction that was asked for: nothing is demanded before somebody decides, and then what is left."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from engine.lifecycle import TransitionRefused
from payments import cases as money
from payments import charges
from procedures import cases, decisions, doctor
from procedures.actors import Actor, posts
from procedures.errors import (
    AlreadyDecided,
    Conflict,
    NoLawfulReason,
    NotFound,
    NotGrantable,
    ProposalChanged,
    SamePerson,
    WaiverUndecided,
)
from procedures.models import WaiverRequest
from procedures.waiving import deciding
from procedures.waiving.deciding import Choice
from tests.payments.waiving.world import CHOICES, HALF, REFUSED, WHOLE, Waiting


def test_the_case_waits_and_nothing_is_demanded(waiting: Waiting) -> None:
    case = waiting.asked()
    assert waiting.till.status(case) == "awaiting_fee"
    assert waiting.till.postings() == []
    assert waiting.notices() == ["waiver_asked"]
    [asked] = waiting.seen(case)
    assert (asked.state, asked.decide_by.isoformat(), asked.waits) == ("open", "2026-05-13", True)
    quote = waiting.own(case).quote
    assert quote is not None
    assert (quote.total, quote.if_granted) == (3000, 0)
    assert waiting.queued("waiver") == [case]
    assert waiting.queued("with_applicant") == []
    assert waiting.audited(case) == ["waiver.ask"]
    waiting.till.is_sound()
    with waiting.till.database.read() as session:
        assert charges.waiting_for_payment(session, case) is None
        assert doctor.run(session) == []


@pytest.mark.parametrize(
    ("kind", "choice", "status", "yen", "notices"),
    [
        ("first", "whole", "received", 0, ["received", "waiver_asked", "waiver_free"]),
        ("first", "half", "awaiting_fee", 1500, ["waiver_asked", "waiver_pay"]),
        ("first", "refused", "awaiting_fee", 3000, ["waiver_asked", "waiver_pay"]),
        ("signed", "half", "awaiting_fee", 1500, ["waiver_asked", "waiver_pay"]),
        ("plain", "whole", "approved", 0, ["completed", "waiver_asked", "waiver_free"]),
        ("plain", "refused", "awaiting_fee", 3000, ["waiver_asked", "waiver_pay"]),
    ],
)
def test_what_is_left_is_demanded_and_a_case_that_owes_nothing_goes_on(
    waiting: Waiting, kind: str, choice: str, status: str, yen: int, notices: list[str]
) -> None:
    case = waiting.asked(kind)
    waiting.till.later(days=4)
    assert waiting.decide(case, CHOICES[choice]) == status == waiting.till.status(case)
    assert waiting.notices() == notices
    [asked] = waiting.seen(case)
    assert asked.quote is not None
    assert asked.quote.total == yen
    assert asked.quote.waived_yen + asked.quote.total == 3000
    if yen:
        charge = waiting.till.charge(case)
        assert (charge.yen, charge.waived_yen, charge.due_on.isoformat()) == (yen, 3000 - yen, "2026-05-12")
        assert waiting.till.balances() == {"receivable:1201-03": yen, "revenue:1201-03": -yen}
    else:
        assert waiting.till.postings() == [], "a reduction comes before the demand: what is waived is not posted"
    assert waiting.queued("waiver") == []
    waiting.till.is_sound()
    with waiting.till.database.read() as session:
        assert doctor.run(session) == []


def test_the_record_says_what_was_asked_for_what_was_granted_and_by_whom(waiting: Waiting) -> None:
    case = waiting.asked()
    waiting.decide(case, HALF)
    [asked] = waiting.on_desk(case).waivers
    assert (asked.state, asked.percent, asked.decided_by, asked.text) == (
        "granted",
        50,
        "佐藤 係員",
        "半額が相当です。",
    )
    assert asked.appeal == {"ja": "審査請求ができます。", "en": "You may appeal."}
    quote = waiting.own(case).quote
    assert quote is not None
    assert [(one.id, one.granted, one.yen) for one in quote.waivers] == [("hardship", 50, 1500)]
    assert waiting.audited(case) == ["waiver.ask", "waiver.decide"]


def test_a_refusal_gives_reasons_in_words_and_how_to_appeal(waiting: Waiting) -> None:
    case = waiting.asked()
    waiting.decide(case, REFUSED)
    [asked] = waiting.seen(case)
    title = {"ja": "要件に当たらない", "en": "Not met"}
    assert asked.reasons == ({"code": "W1", "title": title, "law": "条例第5条"},)
    assert asked.appeal is not None


@pytest.mark.parametrize(
    ("choice", "error"),
    [
        (Choice(30), NotGrantable),
        (Choice(101), NotGrantable),
        (Choice(-1), NotGrantable),
        (Choice(0), NoLawfulReason),
        (Choice(0, ("X",)), NoLawfulReason),
    ],
)
def test_only_what_the_spec_allows(waiting: Waiting, choice: Choice, error: type[Exception]) -> None:
    case = waiting.asked()
    with pytest.raises(error):
        waiting.decide(case, choice)
    assert waiting.request(case).state == "open"
    assert waiting.till.postings() == []


WHO = ("hanako", "taro", "sato", "suzuki", "tanaka", "kimura")


@pytest.mark.parametrize("who", WHO)
def test_only_a_clerk_of_the_office_decides(waiting: Waiting, who: str) -> None:
    case = waiting.asked()
    actor = getattr(waiting.people, who)
    if who == "sato":
        waiting.decide(case, WHOLE, actor)
        return
    with pytest.raises(NotFound):
        waiting.decide(case, WHOLE, actor)
    elsewhere = Actor("staff", "sato", "佐藤", posts({"clerk"}, {"another"}))
    with pytest.raises(NotFound):
        waiting.decide(case, WHOLE, elsewhere)


@pytest.mark.parametrize("who", WHO)
def test_what_is_proposed_is_decided_by_an_approver_alone(waiting: Waiting, who: str) -> None:
    case = waiting.asked("signed")
    waiting.do(deciding.propose, waiting.people.sato, case, waiting.request(case).id, HALF)
    assert waiting.till.postings() == []
    actor, row = getattr(waiting.people, who), waiting.request(case)
    if who == "suzuki":
        assert waiting.do(money.approve_waiver, actor, case, row.id) == "awaiting_fee"
        assert waiting.audited(case) == ["waiver.ask", "waiver.propose", "waiver.decide"]
        return
    for service, more in ((money.approve_waiver, ()), (deciding.send_back, ("もう一度",))):
        with pytest.raises(NotFound):
            waiting.do(service, actor, case, row.id, *more)


def test_two_people_are_two_people(waiting: Waiting) -> None:
    case = waiting.asked("signed")
    row = waiting.request(case)
    both = Actor("staff", "sato", "佐藤 係員", posts({"clerk", "approver"}, {"*"}))
    with pytest.raises(NotGrantable):
        waiting.do(money.decide_waiver, both, case, row.id, WHOLE)
    with pytest.raises(ProposalChanged):
        waiting.do(money.approve_waiver, waiting.people.suzuki, case, row.id)
    waiting.do(deciding.propose, both, case, row.id, WHOLE)
    for service, more in ((money.approve_waiver, ()), (deciding.send_back, ("もう一度",))):
        with pytest.raises(SamePerson):
            waiting.do(service, both, case, row.id, *more)
    with pytest.raises(ProposalChanged):
        waiting.do(deciding.propose, both, case, row.id, HALF)
    signed = update(WaiverRequest).values(state="granted", decided_by="sato", decided_at=waiting.till.now)
    with waiting.till.database.write() as session, pytest.raises(IntegrityError):
        session.execute(signed)


def test_a_proposal_that_is_sent_back_is_proposed_anew(waiting: Waiting) -> None:
    case = waiting.asked("signed")
    row = waiting.request(case)
    waiting.do(deciding.propose, waiting.people.sato, case, row.id, WHOLE)
    waiting.do(deciding.send_back, waiting.people.suzuki, case, row.id, "収入をもう一度見てください。")
    [asked] = waiting.on_desk(case).waivers
    assert (asked.state, asked.note) == ("open", "収入をもう一度見てください。")
    waiting.decide(case, REFUSED)
    assert waiting.seen(case)[0].state == "refused"


def test_one_clerk_cannot_be_made_two(waiting: Waiting) -> None:
    case = waiting.asked("first")
    with pytest.raises(NotGrantable):
        waiting.do(deciding.propose, waiting.people.sato, case, waiting.request(case).id, WHOLE)


def test_the_second_of_two_clerks_learns_who_was_first(waiting: Waiting) -> None:
    case = waiting.asked()
    row = waiting.request(case)
    waiting.decide(case, WHOLE)
    with pytest.raises(AlreadyDecided) as error:
        waiting.do(money.decide_waiver, waiting.people.sato, case, row.id, REFUSED)
    assert error.value.by == "佐藤 係員"


def test_somebody_elses_case_is_left_to_them(waiting: Waiting) -> None:
    case = waiting.asked("later")
    waiting.do(cases.claim, waiting.people.sato, case)
    other = Actor("staff", "tanaka", "田中", posts({"clerk"}, {"*"}))
    with pytest.raises(Conflict):
        waiting.decide(case, WHOLE, other)


class TestAfterReview:
    """Where the fee is due at approval, the reduction is decided by the approval at the latest."""

    def proposed(self, waiting: Waiting, outcome: str = "approve") -> tuple[str, str]:
        case = waiting.asked("later")
        waiting.do(cases.claim, waiting.people.sato, case)
        codes = ("R1",) if outcome == "refuse" else ()
        return case, waiting.do(decisions.propose, waiting.people.sato, case, outcome, codes, "適正")

    def test_it_cannot_be_approved_before(self, waiting: Waiting) -> None:
        case, proposal = self.proposed(waiting)
        with pytest.raises(WaiverUndecided):
            waiting.do(money.approve, waiting.people.suzuki, case, proposal)
        assert waiting.till.status(case) == "decision_proposed"
        assert waiting.decide(case, HALF) == "decision_proposed"
        waiting.do(money.approve, waiting.people.suzuki, case, proposal)
        assert waiting.till.status(case) == "awaiting_issue_fee"
        assert (waiting.till.charge(case).yen, waiting.till.charge(case).waived_yen) == (1500, 1500)
        assert "waiver_later" in waiting.notices()
        waiting.till.is_sound()

    def test_granted_in_full_there_is_nothing_to_pay(self, waiting: Waiting) -> None:
        case, proposal = self.proposed(waiting)
        waiting.decide(case, WHOLE)
        waiting.do(money.approve, waiting.people.suzuki, case, proposal)
        assert waiting.till.status(case) == "approved"
        assert waiting.till.postings() == []
        waiting.till.is_sound()

    def test_a_refusal_needs_no_decision_on_it(self, waiting: Waiting) -> None:
        case, proposal = self.proposed(waiting, "refuse")
        waiting.do(money.approve, waiting.people.suzuki, case, proposal)
        assert waiting.till.status(case) == "refused"
        assert waiting.seen(case)[0].state == "ended"


def test_withdrawn_while_it_waits(waiting: Waiting) -> None:
    case = waiting.asked()
    waiting.till.withdraw(case)
    [asked] = waiting.seen(case)
    assert (asked.state, asked.waits) == ("ended", False)
    assert waiting.queued("waiver") == []
    with pytest.raises(NotFound):
        waiting.decide(case)
    waiting.till.is_sound()


def test_it_does_not_lapse_while_the_office_takes_its_time(waiting: Waiting) -> None:
    from payments.endings import lapse_overdue

    case = waiting.asked()
    waiting.till.later(days=60)
    assert lapse_overdue(waiting.till.database, waiting.till.provider, waiting.till.now) == 0
    waiting.decide(case, REFUSED)
    waiting.till.later(days=9)
    assert lapse_overdue(waiting.till.database, waiting.till.provider, waiting.till.now) == 1
    assert waiting.till.status(case) == "lapsed"
    waiting.till.is_sound()


def test_who_does_not_ask_pays_at_once(waiting: Waiting) -> None:
    case = waiting.asked(poor=False, proof=None)
    assert waiting.till.charge(case).yen == 3000
    assert waiting.seen(case) == ()
    with pytest.raises(TransitionRefused):
        waiting.do(cases.claim, waiting.people.sato, case)
