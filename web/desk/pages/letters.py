"""What the applicant will get when a proposal is approved: the certificates, the fee, or the letter of refusal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from engine.model import CertificateKind, RefusalReason, Text
from engine.papers.validity import NoLastDay, is_issued, last_day
from procedures.cases import CaseView
from procedures.decisions.outcomes import appeal
from procedures.papers.shown import Group, Material, groups
from procedures.pricing import owed_on_approval
from procedures.waiving.reading import decided
from web.context import TOKYO


@dataclass(frozen=True, slots=True)
class Paper:
    """One certificate: its sentence and what is printed on it. `valid_until` None: for ever."""

    title: Text
    statement: Text
    groups: tuple[Group, ...]
    sealed: bool
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter in one language. `yen` and `pay_by` are set when a fee is still to be paid before the papers come."""

    language: str
    outcome: str
    papers: tuple[Paper, ...] = ()
    yen: int = 0
    pay_by: date | None = None
    reasons: tuple[RefusalReason, ...] = ()
    text: str = ""
    appeal: Text | None = None
    granted: str = ""


def letter(case: CaseView, outcome: str, codes: Sequence[str], text: str, now: datetime, granted: str = "") -> Letter:
    """The letter for a proposal of `outcome`, were it approved at `now`, in the applicant's language."""
    review, tongue = case.procedure.review, case.language
    reasons = tuple(reason for reason in (review.refusal_reasons if review else ()) if reason.code in codes)
    told = appeal(case.procedure, outcome)
    how = Text(told["ja"], {language: words for language, words in told.items() if language != "ja"}) if told else None
    if outcome in {"refuse", "revoke"}:
        return Letter(tongue, outcome, reasons=reasons, text=text, appeal=how)
    day = now.astimezone(TOKYO).date()
    issued = Letter(tongue, outcome, _papers(case, day), *_fee_after_approval(case, day), text=text)
    return issued if outcome == "approve" else replace(issued, reasons=reasons, appeal=how, granted=granted)


def _fee_after_approval(case: CaseView, day: date) -> tuple[int, date | None]:
    """The fee that is demanded on approval, and its last day; nothing where it was due at submission."""
    submitted_on = case.submitted_at.astimezone(TOKYO).date() if case.submitted_at else day
    granted = decided(case.waivers)
    owed = owed_on_approval(case.procedure, case.answers, case.quote, submitted_on, day, granted)
    return (owed.quote.total, owed.pay_by) if owed else (0, None)


def _papers(case: CaseView, day: date) -> tuple[Paper, ...]:
    """What would be issued on this day, in the words of the papers: Japanese, whatever the applicant reads."""
    known = Material(case.procedure, case.answers, day, case.filled)
    issued = (kind for kind in case.procedure.certificates if is_issued(kind, known.scope))
    return tuple(_paper(kind, known, day) for kind in issued)


def _paper(kind: CertificateKind, known: Material, day: date) -> Paper:
    try:
        until = last_day(kind, day, known.scope)
    except NoLastDay:
        until = None
    return Paper(kind.title, kind.statement, tuple(groups(kind, known)), kind.sealed, until)
