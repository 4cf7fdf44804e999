"""One discrepancy with everything around it: what both sides say, what was written, proposed and posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from payments.discrepancies.actions import Choice, fitting
from payments.discrepancies.reading import discrepancies_where
from payments.models import (
    BankLine,
    Discrepancy,
    DiscrepancyNote,
    DiscrepancyProposal,
    LedgerPosting,
    Payment,
    Payout,
    ProviderTransaction,
)
from payments.postings import postings_where
from payments.refunds.requesting import left_of
from payments.views import DiscrepancyView, PostingView
from procedures.errors import NotFound
from procedures.models import Person


@dataclass(frozen=True, slots=True)
class NoteView:
    """What somebody wrote."""

    author: str
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal and what became of it; names for people, `requested_key` who requested it."""

    id: str
    action: str
    reason: str
    text: str
    target: str
    status: str
    requested_by: str
    requested_key: str
    requested_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    decision: str | None


@dataclass(frozen=True, slots=True)
class Around:
    """What is known on either side of it. Rows of the database, read only."""

    payment: Payment | None
    movement: ProviderTransaction | None
    payout: Payout | None
    line: BankLine | None


@dataclass(frozen=True, slots=True)
class Offer:
    """An action that can be proposed, and what it can be about."""

    name: str
    needs_target: bool
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class DiscrepancyStory:
    """All of it; `offers` are empty once it is resolved or a proposal waits.

    `refundable`: something of its payment can be given back, which is asked for and approved as every refund is.
    """

    view: DiscrepancyView
    assigned_to: str | None
    resolved_by: str | None
    around: Around
    notes: Sequence[NoteView]
    proposals: Sequence[ProposalView]
    postings: Sequence[PostingView]
    offers: Sequence[Offer]
    day: date | None
    refundable: bool

    @property
    def waiting(self) -> ProposalView | None:
        """The proposal that waits for the second person."""
        return next((proposal for proposal in self.proposals if proposal.status == "open"), None)


def look(session: Session, discrepancy_id: str) -> DiscrepancyStory:
    """The story of a discrepancy. Raises `NotFound`."""
    row = session.get(Discrepancy, discrepancy_id)
    if row is None:
        raise NotFound(discrepancy_id)
    (view,) = discrepancies_where(session, Discrepancy.id == discrepancy_id)
    proposals = session.scalars(
        select(DiscrepancyProposal)
        .where(DiscrepancyProposal.discrepancy_id == discrepancy_id)
        .order_by(DiscrepancyProposal.requested_at, DiscrepancyProposal.id)
    ).all()
    notes = session.scalars(
        select(DiscrepancyNote)
        .where(DiscrepancyNote.discrepancy_id == discrepancy_id)
        .order_by(DiscrepancyNote.written_at, DiscrepancyNote.id)
    ).all()
    names = _names(session, row, proposals, notes)
    idle = row.resolved_at is None and not any(proposal.status == "open" for proposal in proposals)
    offers = [
        Offer(action.NAME, action.NEEDS_TARGET, action.choices(session, row))
        for action in (fitting(session, row) if idle else ())
    ]
    around = _around(session, row.provider_object)
    return DiscrepancyStory(
        view,
        names.get(row.assigned_to or ""),
        names.get(row.resolved_by or ""),
        around,
        [NoteView(names.get(note.author, note.author), note.text, note.written_at) for note in notes],
        [_proposal(proposal, names) for proposal in proposals],
        _postings(session, around, proposals),
        offers,
        row.day,
        idle and around.payment is not None and left_of(session, around.payment) > 0,
    )


def _proposal(row: DiscrepancyProposal, names: dict[str, str]) -> ProposalView:
    return ProposalView(
        row.id,
        row.action,
        row.reason,
        row.text,
        str(row.parameters.get("target", "")),
        row.status,
        names.get(row.requested_by, row.requested_by),
        row.requested_by,
        row.requested_at,
        names.get(row.decided_by or "", row.decided_by),
        row.decided_at,
        row.decision,
    )


def _names(
    session: Session, row: Discrepancy, proposals: Sequence[DiscrepancyProposal], notes: Sequence[DiscrepancyNote]
) -> dict[str, str]:
    """The names of everybody who had to do with it, by key."""
    keys = {row.assigned_to, row.resolved_by, *(note.author for note in notes)}
    keys |= {key for proposal in proposals for key in (proposal.requested_by, proposal.decided_by)}
    ids = [key.removeprefix("person:") for key in keys if key and key.startswith("person:")]
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {f"person:{person.id}": person.name for person in rows}


def _around(session: Session, subject: str) -> Around:
    payment = session.scalars(select(Payment).where(Payment.payment_id == subject)).first()
    movement = session.scalars(
        select(ProviderTransaction).where(
            or_(ProviderTransaction.transaction_id == subject, ProviderTransaction.payment_id == subject)
        )
    ).first()
    if payment is None and movement is not None and movement.payment_id:
        payment = session.scalars(select(Payment).where(Payment.payment_id == movement.payment_id)).first()
    payout = session.scalars(select(Payout).where(Payout.payout_id == subject)).first()
    line = session.get(BankLine, subject)
    return Around(payment, movement, payout, line)


def _postings(session: Session, around: Around, proposals: Sequence[DiscrepancyProposal]) -> Sequence[PostingView]:
    """What was posted for it: the payment's, the movement's and the payout's entries, and those that resolved it."""
    sources = []
    if around.payment is not None:
        name = f"{around.payment.provider}:{around.payment.payment_id}"
        sources += [f"receipt:{name}", f"apply:{name}"]
    if around.movement is not None:
        name = f"{around.movement.provider}:{around.movement.transaction_id}"
        sources += [f"{kind}:{name}" for kind in ("fee", "payout", "provider_fee")]
    if around.payout is not None:
        name = f"{around.payout.provider}:{around.payout.transaction_id}"
        sources += [f"payout:{name}", f"arrival:{around.payout.provider}:{around.payout.payout_id}"]
    made = [proposal.posting_id for proposal in proposals if proposal.posting_id is not None]
    return postings_where(session, or_(LedgerPosting.source.in_(sources), LedgerPosting.id.in_(made)))
