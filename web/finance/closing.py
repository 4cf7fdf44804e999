"""/finance/days: which days are closed; /finance/days/<day>/close: the preview, and closing."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from flask import Response, abort, redirect, request
from sqlalchemy.orm import Session

from engine.words import say
from payments.closing.computing import first_day, sheet_of
from payments.closing.ordering import close
from payments.closing.reading import ClosedDay, closed, closed_between
from payments.closing.sealing import LONGEST_REASON, NotClosable, next_to_close, unresolved
from payments.closing.sheet import Sheet
from payments.closing.spans import by_day, summed
from payments.totals.movements import Moved
from payments.views import DiscrepancyView
from procedures.models import to_json
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, services, today
from web.finance.days import day_of_address, drawn
from web.finance.frame import READER, blueprint, show
from web.finance.periods import Month, month_of
from web.pages.dates import read_day

LONGEST = 20  # characters of what was typed that are shown again


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day of the list, the newest first: what moved, and when and by whom it was closed; `over` when it can be."""

    day: date
    moved: Moved
    closed: ClosedDay | None
    over: bool


@blueprint.get("/finance/days")
@policy(READER)
def list_days() -> Response:
    """To the day asked for, or the days of a month since there are postings, newest month by default."""
    asked = request.args.get("day")
    if asked is not None:
        if day := read_day(asked):
            return redirect(f"/finance/days/{day}", 302)
        problem = say("finance.bad_day", language(), text=asked[:LONGEST])
        return _month(month_of(today()), 422, problems=[("#day", problem)], typed=asked[:LONGEST])
    month = Month.read(request.args["month"]) if "month" in request.args else month_of(today())
    if month is None:
        abort(404)
    return _month(month)


def _month(month: Month, status: int = 200, **more: object) -> Response:
    with reading() as session:
        moves = by_day(session, month.first, month.last)
        done = {row.day: row for row in closed_between(session, month.first, month.last)}
        to_close, first = next_to_close(session, today()), first_day(session) or today()
    days = [month.first + timedelta(days=n) for n in range(monthrange(month.year, month.month)[1])]
    lines = [
        DayLine(day, summed(moves, day, day).sum(), done.get(day), day < today())
        for day in reversed(days)
        if first <= day <= today()
    ]
    values = {"problems": [], "typed": str(today()), "month": month, "lines": lines, "to_close": to_close}
    values["first"] = first
    return show("days.html", status, **(values | {"yesterday": today() - timedelta(days=1), "today": today()} | more))


@blueprint.get("/finance/days/<day>/close")
@policy(MAY("finance.close"))
def preview_closing(day: str) -> Response:
    """What would be sealed, with the open days before it; a closed day shows itself."""
    wanted = day_of_address(day)
    with reading() as session:
        if closed(session, wanted) is not None:
            return redirect(f"/finance/days/{wanted}", 302)
    return _preview(wanted)


@blueprint.post("/finance/days/<day>/close")
@policy(MAY("finance.close"))
def close_day(day: str) -> Response:
    """Close what was seen: nothing is closed when a figure has changed meanwhile, or a reason is missing."""
    wanted = day_of_address(day)
    reason = request.form.get("reason", "").strip()
    with reading() as session:
        seen = _seen(session, wanted)
    problems: list[tuple[str, str]] = []
    if seen.mark != request.form.get("seen"):
        problems.append(("#sheet", say("finance.changed_meanwhile", language())))
    elif seen.waiting and not reason:
        problems.append(("#reason", say("finance.reason_missing", language())))
    elif len(reason) > LONGEST_REASON:
        problems.append(("#reason", say("finance.reason_long", language(), count=LONGEST_REASON)))
    if problems:
        return _preview(wanted, 422, problems=problems, reason=reason)
    try:
        close(services().database, current_actor(), now(), wanted, reason if seen.waiting else None, in_order=True)
    except NotClosable:
        return _preview(wanted, 409, problems=[("#sheet", say("finance.changed_meanwhile", language()))], reason=reason)
    return redirect(f"/finance/days/{wanted}?closed", 303)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a person is asked to close: the days from `since`, their sheet, what waits; `mark` stands for all of it."""

    since: date
    sheet: Sheet
    waiting: tuple[DiscrepancyView, ...]
    mark: str


def _seen(session: Session, day: date) -> _Seen:
    first = next_to_close(session, today())
    since = min(first, day) if first else day
    sheet, waiting = sheet_of(session, since, day), tuple(unresolved(session))
    content = to_json([str(since), sheet.to_json(), [view.id for view in waiting]])
    return _Seen(since, sheet, waiting, sha256(content.encode()).hexdigest())


def _preview(day: date, status: int = 200, **more: object) -> Response:
    with reading() as session:
        if closed(session, day) is not None:
            return redirect(f"/finance/days/{day}", 303)
        seen = _seen(session, day)
    values = {"problems": [], "reason": "", "day": day, "over": day < today(), "longest": LONGEST_REASON}
    values |= {"days": (day - seen.since).days + 1, "seen": seen, "now": now()}
    return show("close.html", status, **(values | drawn(seen.sheet, seen.since, day) | more))
