"""/counter/cases/<id>: what a case owes, and entering that it was paid here."""

from flask import Response, request

from engine.words import say
from payments.charges import for_application
from payments.counter.slips import LONGEST, BadSlip
from payments.counter.taking import NothingOwed, Slip, SlipUsed, StillOpen, WrongAmount, office_of, take
from payments.demands.reading import payable
from payments.providers import ProviderUnavailable, counter
from procedures.models import Application
from web.access import policy
from web.context import current_actor, language, now, reading, services
from web.counter.frame import CASHIER, blueprint, onward, show, slip_problem
from web.pages.amounts import read_yen
from web.pages.rendering import yen

HERE = "/counter/cases/<application_id>"


@blueprint.get(HERE)
@policy(CASHIER)
def show_payment_form(application_id: str) -> Response:
    """What is owed, and the form."""
    return _page(application_id)


@blueprint.post(HERE)
@policy(CASHIER)
def take_payment(application_id: str) -> Response:
    """Enter it. Pay pages at the provider are closed first."""
    method, amount = request.form.get("method", ""), read_yen(request.form.get("yen", ""))
    problems = []
    if method not in counter.METHODS:
        problems.append(("#method-cash", say("finance.counter_choose_method", language())))
    if amount is None:
        problems.append(("#yen", say("finance.counter_yen_wrong", language())))
    if problems or amount is None:
        return _page(application_id, problems=problems, status=422)
    slip = Slip("cash" if method == "cash" else "terminal", amount, request.form.get("slip", ""))
    return _take(application_id, slip)


def _take(application_id: str, slip: Slip) -> Response:
    try:
        take(services().database, services().provider, current_actor(), now(), application_id, slip)
    except (BadSlip, SlipUsed) as wrong:
        return _page(application_id, problems=[("#slip", slip_problem(wrong))], status=422)
    except WrongAmount as wrong:
        words = say("finance.counter_wrong_amount", language(), yen=yen(wrong.owed))
        return _page(application_id, problems=[("#yen", words)], status=422)
    except NothingOwed:
        return _page(application_id, refused="finance.counter_nothing_owed", status=409)
    except StillOpen:
        return _page(application_id, refused="finance.counter_still_open", status=409)
    except ProviderUnavailable:
        return _page(application_id, refused="finance.counter_unreachable", status=503)
    with reading() as session:
        office = office_of(session, current_actor(), application_id)
    return onward(office, "taken")


def _page(
    application_id: str, *, problems: list[tuple[str, str]] | None = None, refused: str = "", status: int = 200
) -> Response:
    with reading() as session:
        office = office_of(session, current_actor(), application_id)
        case = session.get_one(Application, application_id)
        reference = case.reference
        charges = payable(session, application_id, now())
        paid = [one for one in for_application(session, application_id) if one.status == "paid"]
    return show(
        "pay.html",
        status,
        application_id=application_id,
        reference=reference,
        office=office,
        charges=charges,
        paid=paid,
        total=sum(charge.yen for charge in charges),
        methods=counter.METHODS,
        longest=LONGEST,
        problems=problems or [],
        refused=refused,
        typed=request.form,
    )
