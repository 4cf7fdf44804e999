"""Postings as screens read them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from payments.models import Charge, LedgerAccount, LedgerEntry, LedgerPosting
from payments.views import EntryView, PostingView
from procedures.models import Application


def postings_where(session: Session, *conditions: ColumnElement[bool]) -> Sequence[PostingView]:
    """The postings that meet every condition with all their entries, oldest first."""
    debit, credit = aliased(LedgerAccount), aliased(LedgerAccount)
    query = (
        select(LedgerPosting, LedgerEntry, debit.title, credit.title, Application.reference)
        .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .join(debit, debit.code == LedgerEntry.debit)
        .join(credit, credit.code == LedgerEntry.credit)
        .outerjoin(Charge, Charge.id == LedgerPosting.charge_id)
        .outerjoin(Application, Application.id == Charge.application_id)
        .where(*conditions)
        .order_by(LedgerPosting.id, LedgerEntry.line)
    )
    found: dict[int, tuple[LedgerPosting, str | None, list[EntryView]]] = {}
    for posting, entry, debit_title, credit_title, reference in session.execute(query):
        _, _, entries = found.setdefault(posting.id, (posting, reference, []))
        entries.append(EntryView(entry.debit, debit_title, entry.credit, credit_title, entry.yen))
    return [_view(posting, reference, entries) for posting, reference, entries in found.values()]


def _view(posting: LedgerPosting, reference: str | None, entries: Sequence[EntryView]) -> PostingView:
    return PostingView(
        posting.id,
        posting.kind,
        posting.at,
        posting.charge_id,
        reference,
        posting.source,
        posting.reverses,
        tuple(entries),
    )
