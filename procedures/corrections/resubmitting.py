"""Sending a correction: checked as a whole again, priced, frozen as the next round under the same version."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, update
from sqlalchemy.orm import Session

from engine import fees, routing
from engine.correcting import differences
from engine.fees import FeeQuote
from engine.lifecycle import Event, Status, Who, target
from procedures import audit, lifecycle, notices
from procedures.actors import Actor
from procedures.corrections import kept
from procedures.corrections.working import Working, locked_own, working_on
from procedures.days import tokyo_day
from procedures.errors import NotComplete, NothingCorrected, StaleDraft
from procedures.keyring.owned import of
from procedures.mandates import acting
from procedures.models import Application
from procedures.searching.remembering import remember
from procedures.submitting import applicants
from procedures.submitting import files as named_files
from procedures.submitting.freezing import Contents, freeze
from procedures.waiving import asking
from procedures.waiving.waiting import before_the_fee

LONGEST_NOTE = 2_000
"""Characters that an applicant may write to the office."""


@dataclass(frozen=True, slots=True)
class Resubmitted:
    """The result. `before` and `after` are the prices of the two rounds (None: free of charge).

    `charged`: the fee was due at submission, so that the first of them has been paid; `pay_by` is then the last day
    (Tokyo) to pay what is demanded today, as it is where the reduction that the fee waited for is asked for no more.
    """

    application_id: str
    reference: str
    round: int
    status: Status
    before: FeeQuote | None
    after: FeeQuote | None
    charged: bool
    pay_by: date | None


def resubmit(
    session: Session, actor: Actor, now: datetime, application_id: str, revision: int, seen: str, note: str = ""
) -> Resubmitted:
    """Send the working copy at `revision`; `seen` is what the applicant saw, `note` what they write to the office.

    The version and the day of the application stay: a correction belongs to what it corrects. Raises `NotFound`,
    `NoCorrection`, `StaleDraft`, `NotComplete`, `NothingCorrected` (neither a change nor a note), `SignInRequired`,
    `AssuranceTooLow`, and engine's `NoRate`/`UnknownFee` and `NoOffice`.
    """
    case = locked_own(session, actor, application_id)
    work = working_on(session, case)
    facts = before_the_fee(session, case.id, Status(case.status))
    target(Status(case.status), Event.RESUBMIT, Who.APPLICANT, facts)
    if work.revision != revision:
        raise StaleDraft(work.revision)
    contact = applicants.check(session, actor, work.procedure)
    files = _files(session, work)
    changed = differences(work.procedure, work.before.answers, work.corrected.answers)
    note = note[:LONGEST_NOTE]
    if not changed and not note:
        raise NothingCorrected
    before, quote = work.price_before, work.price_after()
    routing.standard_days(work.procedure, work.corrected.journey)
    represented = acting.of_last_round(session, application_id)
    who, files = applicants.described(actor, represented), [*files, *acting.papers(represented)]
    freeze(session, now, case, Contents(work.corrected.answers, quote, files, seen, actor.language, who))
    remember(session, case.id, work.procedure, work.reference, work.corrected.answers, who)
    _next_round(session, case, applicants.contact_email(work.procedure, work.corrected.answers) or contact)
    kept.close(session, now, application_id, "answered", note or None)
    waiting = asking.take(session, actor, now, application_id, case.round + 1, work.procedure, quote)
    status = lifecycle.apply(session, actor, now, application_id, Event.RESUBMIT, who=Who.APPLICANT, facts=facts)
    notices.queue(session, now, "correction_received", application_id)
    fields = sorted({one.field.path for one in changed})
    audit.record(session, actor, now, "correction.answer", application_id, fields)
    at_submission = work.procedure.fees is not None and not work.procedure.fees.after_review
    pay_by = fees.pay_by(work.procedure, work.corrected.journey, tokyo_day(now)) if at_submission else None
    if status is Status.AWAITING_FEE and not waiting and quote is not None and quote.total and pay_by is not None:
        notices.queue(session, now, "fee_due", application_id, yen=quote.total, pay_by=pay_by.isoformat())
    charged = at_submission and not facts
    return Resubmitted(application_id, work.reference, case.round + 1, status, before, quote, charged, pay_by)


def _files(session: Session, work: Working) -> list[dict[str, Any]]:
    """The files that the answers name. Raises `NotComplete` for whatever keeps it from being sent."""
    files, missing = named_files.collect(session, work.application_id, work.procedure, work.corrected.answers)
    if work.corrected.failures or missing:
        raise NotComplete([*work.corrected.failures, *missing])
    return files


def _next_round(session: Session, case: Row[Any], address: str | None) -> None:
    table = Application.__table__
    values = {"round": case.round + 1, "contact_email": of(case.id, address)}
    session.execute(update(table).where(table.c.id == case.id).values(values))
