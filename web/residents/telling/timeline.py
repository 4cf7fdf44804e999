"""What happened to a case, who acts next, and what is expected, in plain words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine.calendar import business_days_between
from engine.lifecycle import Event, Status
from engine.words import say
from procedures.applications import OwnCase
from procedures.assigning.moves import Transfer
from procedures.corrections.working import Working
from procedures.correspondence.reading import Written
from procedures.reading.casefile import Happening
from procedures.standard_period import pauses
from web.context import language, today
from web.offices import office_name
from web.pages.rendering import show_date, show_moment
from web.residents.correcting.overview import expected
from web.residents.telling.owed import Owed

# What passes between clerk and approvers is theirs; residents learn only that the examination goes on.
UNTOLD = frozenset({Event.SEND_BACK, Event.PROPOSE, Event.ENDORSE, Event.STEP_BACK})
WITH_OFFICE = frozenset({Status.RECEIVED, Status.IN_REVIEW, Status.DECISION_PROPOSED})
WITH_APPLICANT = frozenset({Status.AWAITING_FEE, Status.AWAITING_ISSUE_FEE, Status.CORRECTION_REQUESTED})


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry: `when` in words, `iso` for machines; `ahead` has not happened yet."""

    title: str
    when: str
    iso: str
    text: str = ""
    ahead: bool = False


def story(
    case: OwnCase,
    owed: Owed | None,
    work: Working | None = None,
    messages: Sequence[Written] = (),
    transfers: Sequence[Transfer] = (),
) -> list[Moment]:
    """Oldest first, ending with what comes next; `work` is the open correction, `messages` what both sides wrote."""
    past = [(one.at, _happened(one)) for one in case.timeline if one.event not in UNTOLD]
    past += [(one.at, _written(one)) for one in messages]
    past += [(one.at, _transferred(one)) for one in transfers]
    ordered = [moment for _, moment in sorted(past, key=lambda entry: entry[0])]
    return [*ordered, *_ahead(case, owed, work)]


def acts_next(case: OwnCase) -> str:
    """Whose turn it is, in words; empty where nothing is to come."""
    if case.status is Status.AWAITING_FEE and case.undecided:
        return say("resident.turn_office", language())
    if case.status in WITH_APPLICANT:
        return say("resident.turn_yours", language())
    return say("resident.turn_office", language()) if case.status in WITH_OFFICE else ""


def _happened(one: Happening) -> Moment:
    key = f"resident.event_{one.event}"
    if one.event is Event.APPROVE and one.target is Status.AWAITING_ISSUE_FEE:
        key = "resident.event_approve_fee"
    return Moment(say(key, language()), show_moment(one.at), one.at.isoformat(), one.note or "")


def _transferred(one: Transfer) -> Moment:
    words = say("resident.event_transferred", language(), office=office_name(one.office))
    return Moment(words, show_moment(one.at), one.at.isoformat())


def _written(one: Written) -> Moment:
    """That somebody wrote; the words stand on a page of their own."""
    key = "correspondence.told_office" if one.from_office else "correspondence.told_you"
    return Moment(say(key, language()), show_moment(one.at), one.at.isoformat())


def _ahead(case: OwnCase, owed: Owed | None, work: Working | None) -> Iterator[Moment]:
    for one in case.undecided:
        if case.status is not Status.CORRECTION_REQUESTED:
            yield _by("waivers.ahead_decision", one.decide_by)
    if owed is not None:
        yield _by("ahead_pay", owed.due_on)
    elif case.undecided and case.status is Status.AWAITING_FEE:
        yield _later("waivers.ahead_pay")
    if work is not None:
        yield _by("ahead_correct", work.due_on)
        sent_today = expected(work, today())
        if sent_today:
            yield _by("ahead_decision", sent_today, say("resident.ahead_if_sent_today", language()))
    elif case.status in WITH_OFFICE and case.due_on:
        yield _by("ahead_decision", case.due_on, _moved(case))
    elif case.status is Status.AWAITING_FEE and case.procedure.review:
        yield _later("ahead_review")
    if case.status in WITH_OFFICE | WITH_APPLICANT:
        yield from _afterwards(case)


def _afterwards(case: OwnCase) -> Iterator[Moment]:
    """What follows if it is approved."""
    fees = case.procedure.fees
    if fees is not None and fees.after_review and case.status is not Status.AWAITING_ISSUE_FEE:
        yield _later("ahead_fee")
    if case.procedure.certificates:
        yield _later("ahead_certificate")


def _moved(case: OwnCase) -> str:
    """That the expected day has moved, and by how much."""
    stood = pauses((one.at, one.source, one.target) for one in case.timeline)
    days = sum(business_days_between(*one) for one in stood)
    return say("resident.ahead_moved", language(), days=days) if days else ""


def _by(key: str, day: date | datetime, text: str = "") -> Moment:
    when = say("resident.by_day", language(), day=show_date(day))
    return Moment(say(_key(key), language()), when, day.isoformat(), text, ahead=True)


def _later(key: str) -> Moment:
    return Moment(say(_key(key), language()), "", "", ahead=True)


def _key(key: str) -> str:
    return key if "." in key else f"resident.{key}"
