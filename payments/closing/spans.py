"""What moved in months and years: sealed days as they were sealed, open days from the ledger."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.closing.days import last_closed
from payments.closing.sheet import Sheet
from payments.models import DayClosing
from payments.totals.movements import Moved, Movements, Turnover, moved_by_day


def by_day(session: Session, since: date, until: date) -> dict[date, Movements]:
    """What moved on each day of a span (both included); days without any movement may be left out.

    A hundred thousand charges a year are summed from the few hundred sheets that were sealed; that these say what the
    ledger says, `tetsuzuki doctor` checks.
    """
    found: dict[date, Movements] = {}
    query = select(DayClosing.day, DayClosing.figures).where(DayClosing.day >= since, DayClosing.day <= until)
    for row in session.execute(query.order_by(DayClosing.day)):
        found[row.day] = _of_sheet(Sheet.from_json(row.figures["sheet"]))
    last = last_closed(session)
    first_open = since if last is None else max(since, last + timedelta(days=1))
    if first_open <= until:
        found |= moved_by_day(session, first_open, until)
    return found


def summed(moves: Mapping[date, Movements], since: date, until: date) -> Movements:
    """The movements of the days from `since` to `until` together."""
    whole = Movements()
    for day, one in moves.items():
        if since <= day <= until:
            _add(whole, one)
    return whole


def _add(into: Movements, more: Movements) -> None:
    for key, line in more.lines.items():
        into.lines[key].add(line)
    for name, (count, yen) in more.methods.items():
        before = into.methods.get(name, (0, 0))
        into.methods[name] = (before[0] + count, before[1] + yen)
    for code, turnover in more.accounts.items():
        into.accounts[code].debit += turnover.debit
        into.accounts[code].credit += turnover.credit


def _of_sheet(sheet: Sheet) -> Movements:
    found = Movements()
    for line in sheet.lines:
        found.lines[line.key] = Moved(line.demanded, line.carried, line.collected, line.refunded, line.ended)
    for method in sheet.methods:
        found.methods[method.key, method.method] = (method.count, method.yen)
    for account in sheet.accounts:
        found.accounts[account.code] = Turnover(account.debit, account.credit)
    return found
