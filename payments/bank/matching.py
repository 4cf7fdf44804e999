"""Matching the bank's lines with payouts: what is sure is posted at once, the rest waits for a person."""

from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from payments.bank.pairing import WINDOW, BankSide, Pairing, Sent, pair
from payments.ledger import BANK, Entry, in_transit, post
from payments.models import BankLine, BankMatch, Discrepancy, Payout
from procedures.actors import SYSTEM, Actor
from procedures.days import fiscal_year

FAILED = ("failed", "canceled")
"""A payout that will not arrive; the provider's own movement takes it back."""


def match(session: Session, now: datetime) -> int:
    """Match what is sure among all that is open, and post it; answers how many pairs."""
    pairs = open_pairs(session).sure
    for line, payout in pairs:
        settle(session, SYSTEM, now, line, payout)
    return len(pairs)


def settle(
    session: Session, actor: Actor, now: datetime, line: BankSide, payout: Sent, *, kept: tuple[str, int] | None = None
) -> int:
    """The line is the payout: from in transit to the bank; answers the posting. `kept` is who kept how much of it.

    The database's unique constraints guard against a second match of either.
    """
    row = {"line_id": line.id, "provider": payout.provider, "payout_id": payout.id, "by": actor.key, "matched_at": now}
    session.execute(insert(BankMatch), [row])
    return post(
        session,
        now,
        "arrival",
        f"arrival:{payout.provider}:{payout.id}",
        _entries(line, payout, kept),
        day=line.day,
        fiscal_year=fiscal_year(line.day),
    )


def open_pairs(session: Session, around: date | None = None) -> Pairing:
    """How the open lines and payouts pair: all, or those that matter for one day."""
    return pair(open_lines(session, around), open_payouts(session, around))


def open_lines(session: Session, around: date | None = None) -> list[BankSide]:
    """Lines that are no payout's and that no person has resolved."""
    resolved = select(Discrepancy.id).where(
        Discrepancy.provider_object == BankLine.id,
        Discrepancy.resolved_at.is_not(None),
        Discrepancy.resolved_by != SYSTEM.key,
    )
    query = (
        select(BankLine.id, BankLine.day, BankLine.yen, BankLine.text)
        .outerjoin(BankMatch, BankMatch.line_id == BankLine.id)
        .where(BankMatch.line_id.is_(None), ~resolved.exists())
        .order_by(BankLine.day, BankLine.id)
    )
    if around is not None:
        query = query.where(BankLine.day.between(around - 2 * WINDOW, around + 2 * WINDOW))
    return [BankSide(*row) for row in session.execute(query)]


def open_payouts(session: Session, around: date | None = None) -> list[Sent]:
    """Payouts that have not arrived."""
    query = (
        select(Payout.provider, Payout.payout_id, Payout.arrives_on, Payout.yen)
        .outerjoin(BankMatch, (BankMatch.provider == Payout.provider) & (BankMatch.payout_id == Payout.payout_id))
        .where(BankMatch.line_id.is_(None), Payout.status.not_in(FAILED), Payout.yen != 0)
        .order_by(Payout.arrives_on, Payout.payout_id)
    )
    if around is not None:
        query = query.where(Payout.arrives_on.between(around - 2 * WINDOW, around + 2 * WINDOW))
    return [Sent(*row) for row in session.execute(query)]


def _entries(line: BankSide, payout: Sent, kept: tuple[str, int] | None) -> list[Entry]:
    transit = in_transit(payout.provider)
    if line.yen > 0:
        entries = [Entry(BANK, transit, line.yen)]
        return [*entries, Entry(kept[0], transit, kept[1])] if kept else entries
    return [Entry(transit, BANK, -line.yen)]
