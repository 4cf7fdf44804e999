"""After a correction the fee is another one: what is missing is demanded, what is too much waits for a person.

A fee that is due at submission is owed by the application as it was corrected. What is missing is a charge of its own
(調定の増額), and no case waits for it or ends for want of it: an applicant who was let in is not turned away over a
difference. It stays owed when its day is over, and when the case is decided either way; only a withdrawn or lapsed case
owes it no longer.
"""

from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from payments.demands.demanding import demand
from payments.demands.differing import by_account, rising
from payments.demands.quotes import read_lines, shares
from payments.demands.returned import given_back
from payments.discrepancies import note
from payments.endings import cancel
from payments.models import Charge
from procedures import notices
from procedures.actors import Actor

DIFFERENCE = "difference"
AT_SUBMISSION = ("submission", DIFFERENCE)


def settle(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    subject: str,
    price: FeeQuote | None,
    pay_by: date | None,
) -> int:
    """Make what is demanded agree with the new `price`; answers what it costs more (below 0: less) than was demanded.

    `subject` names the case and its round for the worklist, `pay_by` is the last day to pay what is missing. A former
    difference that is not paid is replaced. The case is locked by the caller.
    """
    paid = _charges(session, application_id, Charge.status == "paid")
    waiting = _charges(session, application_id, Charge.status == "demanded", Charge.purpose == DIFFERENCE)
    returned = given_back(session, [charge.id for charge in paid])
    before = sum(charge.yen for charge in (*paid, *waiting)) - sum(returned.values())
    total = price.total if price else 0
    differences = by_account(price, [(read_lines(charge.lines), charge.yen) for charge in paid], returned)
    missing = sum(differences.values())
    if missing > 0 and price and [shares(read_lines(one.lines), one.yen) for one in waiting] == [differences]:
        return 0
    for charge in waiting:
        cancel(session, now, charge)
    if missing > 0 and price:
        _demand(session, actor, now, application_id, rising(price, differences), pay_by, (before, total))
    elif missing < 0:
        whole = next((charge for charge in reversed(paid) if charge.yen >= -missing), paid[0])
        note(session, now, "fee_fell_after_correction", subject, str(total), str(total - missing), whole.id)
    if missing >= 0 and any(yen < 0 for yen in differences.values()):
        told = ", ".join(f"{account} {yen:+,}" for account, yen in differences.items())
        note(session, now, "fee_moved_between_accounts", subject, told, str(total - missing), paid[0].id)
    return total - before


def _demand(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    quote: FeeQuote,
    pay_by: date | None,
    prices: tuple[int, int],
) -> None:
    if pay_by is None:
        raise RuntimeError("a fee rose and nobody said by when the difference is to be paid")
    demand(session, actor, now, application_id, DIFFERENCE, quote, pay_by)
    facts = {"yen": quote.total, "before": prices[0], "after": prices[1], "pay_by": pay_by.isoformat()}
    notices.queue(session, now, "difference_due", application_id, **facts)


def _charges(session: Session, application_id: str, *conditions: ColumnElement[bool]) -> list[Charge]:
    """Charges of what is due at submission, the oldest first."""
    mine = Charge.application_id == application_id, Charge.purpose.in_(AT_SUBMISSION)
    return list(session.scalars(select(Charge).where(*mine, *conditions).order_by(Charge.demanded_at, Charge.id)))
