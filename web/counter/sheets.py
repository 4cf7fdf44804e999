"""/counter: finding a case, the day's sheet of an office, and paying in at the bank."""

from datetime import date

from flask import Response, redirect, request
from sqlalchemy import select

from engine.references import normalise
from engine.words import say
from payments.counter.depositing import NotInTheTill, deposit
from payments.counter.sheets import sheet
from payments.counter.slips import BadSlip
from payments.counter.taking import SlipUsed
from payments.models import CounterDeposit, CounterEntry
from payments.providers import counter
from procedures.actors import EVERYWHERE
from procedures.authority import may, offices_where
from procedures.errors import NotFound
from procedures.models import Application
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, today, writing
from web.counter.frame import READER, blueprint, onward, show, slip_problem
from web.pages.amounts import read_yen
from web.pages.rendering import yen


@blueprint.get("/counter")
@policy(READER)
def show_counter() -> Response:
    """The sheet of an office and a day; with `reference`, the way to that case's payment."""
    wanted = request.args.get("reference", "").strip()[:60]
    if wanted and (found := _case(wanted)):
        return redirect(f"/counter/cases/{found}", 302)
    return _page(wanted=wanted, status=404 if wanted else 200)


@blueprint.post("/counter/deposits")
@policy(MAY("counter.deposit"))
def take_deposit() -> Response:
    """Pay in what the till holds, or a part of it."""
    office, method = request.form.get("office", ""), request.form.get("method", "")
    amount, slip = read_yen(request.form.get("yen", "")), request.form.get("slip", "")
    problems = []
    if method not in counter.METHODS:
        raise NotFound(method)
    if amount is None or amount == 0:
        problems.append(("#deposit-yen", say("finance.counter_yen_wrong", language())))
    try:
        if not problems and amount is not None:
            with writing() as session:
                deposit(session, current_actor(), now(), office, method, amount, slip)
            return onward(office, "deposited")
    except (BadSlip, SlipUsed) as wrong:
        problems.append(("#deposit-slip", slip_problem(wrong)))
    except NotInTheTill as less:
        problems.append(("#deposit-yen", say("finance.counter_too_much", language(), yen=yen(less.held))))
    return _page(problems=problems, status=422, typed=request.form, office=office)


def _page(
    *,
    wanted: str = "",
    status: int = 200,
    problems: list[tuple[str, str]] | None = None,
    typed: object = None,
    office: str | None = None,
) -> Response:
    actor = current_actor()
    with reading() as session:
        seen = set(session.scalars(select(CounterEntry.office).union(select(CounterDeposit.office))))
        known = sorted(seen | (offices_where(actor, "counter.deposit") - {EVERYWHERE}))
        offices = [one for one in known if _may_see(one)]
        chosen = office or request.args.get("office", "") or (offices[0] if offices else "")
        if chosen and not _may_see(chosen):
            raise NotFound(chosen)
        drawn = sheet(session, chosen, _day()) if chosen else None
    mine = bool(chosen) and may(actor, "counter.deposit", chosen)
    return show(
        "sheet.html",
        status,
        offices=offices,
        sheet=drawn,
        mine=mine,
        today=today(),
        me=actor.id,
        wanted=wanted,
        problems=problems or [],
        typed=typed or {},
    )


def _may_see(office: str) -> bool:
    return may(current_actor(), "counter.read", office)


def _case(reference: str) -> str | None:
    with reading() as session:
        query = select(Application.id, Application.office).where(Application.reference == (normalise(reference) or ""))
        row = session.execute(query).one_or_none()
    return row.id if row and may(current_actor(), "counter.take", row) else None


def _day() -> date:
    """The day asked for; today for anything that is none."""
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return today()
