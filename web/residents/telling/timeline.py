"""What happened to a case, and what is expected, in plain words."""

from dataclasses import dataclass
from datetime import date, datetime

from engine.lifecycle import Event, Status
from engine.words import say
from payments.views import ChargeView
from procedures.applications import OwnCase
from procedures.reading.casefile import Happening
from web.context import language
from web.pages.rendering import show_date, show_moment

# A send-back is between clerk and approver; residents learn only that the examination goes on.
UNTOLD = frozenset({Event.SEND_BACK, Event.PROPOSE})
WITH_OFFICE = frozenset({Status.RECEIVED, Status.IN_REVIEW, Status.DECISION_PROPOSED})


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry: `when` in words, `iso` for machines; `ahead` has not happened yet."""

    title: str
    when: str
    iso: str
    text: str = ""
    ahead: bool = False


def story(case: OwnCase, charge: ChargeView | None) -> list[Moment]:
    """Oldest first, ending with what comes next."""
    past = [_happened(one) for one in case.timeline if one.event not in UNTOLD]
    return past + _ahead(case, charge)


def _happened(one: Happening) -> Moment:
    key = f"resident.event_{one.event}"
    if one.event is Event.APPROVE and one.target is Status.AWAITING_ISSUE_FEE:
        key = "resident.event_approve_fee"
    return Moment(say(key, language()), show_moment(one.at), one.at.isoformat(), one.note or "")


def _ahead(case: OwnCase, charge: ChargeView | None) -> list[Moment]:
    if charge is not None:
        return [_expected("resident.ahead_pay", charge.due_on)]
    if case.status in WITH_OFFICE and case.due_on:
        return [_expected("resident.ahead_decision", case.due_on)]
    return []


def _expected(key: str, day: date | datetime) -> Moment:
    return Moment(
        say(key, language()), say("resident.by_day", language(), day=show_date(day)), day.isoformat(), ahead=True
    )
