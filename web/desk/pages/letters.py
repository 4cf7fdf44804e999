"""What the applicant will get when a proposal is approved: the certificates, the fee, or the letter of refusal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from engine.journey import Journey, walk
from engine.model import RefusalReason, Text
from procedures.cases import CaseView
from procedures.decisions.outcomes import appeal
from procedures.pricing import owed_on_approval
from procedures.waiving.reading import decided
from web.context import TOKYO
from web.desk.pages.answers import Group, shown_on


@dataclass(frozen=True, slots=True)
class Paper:
    """One certificate: its sentence and what is printed on it. `valid_years` None: for ever."""

    title: Text
    statement: Text
    groups: tuple[Group, ...]
    sealed: bool
    valid_years: int | None


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
    journey = walk(case.procedure, case.answers, day)
    issued = Letter(tongue, outcome, _papers(case, journey), *_fee_after_approval(case, day), text=text)
    return issued if outcome == "approve" else replace(issued, reasons=reasons, appeal=how, granted=granted)


def _fee_after_approval(case: CaseView, day: date) -> tuple[int, date | None]:
    """The fee that is demanded on approval, and its last day; nothing where it was due at submission."""
    submitted_on = case.submitted_at.astimezone(TOKYO).date() if case.submitted_at else day
    granted = decided(case.waivers)
    owed = owed_on_approval(case.procedure, case.answers, case.quote, submitted_on, day, granted)
    return (owed.quote.total, owed.pay_by) if owed else (0, None)


def _papers(case: CaseView, journey: Journey) -> tuple[Paper, ...]:
    kept = {file.id: file for file in case.files}
    papers = []
    for kind in case.procedure.certificates:
        fields = [case.procedure.printed[id_] for id_ in kind.shows]
        groups = shown_on(fields, {**journey.answers, **case.filled}, kept, case.language)
        papers.append(Paper(kind.title, kind.statement, groups, kind.sealed, kind.valid_years))
    return tuple(papers)
