"""Paying: what is owed, the way to the provider's pay page, coming back. Coming back only reads."""

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from payments import charges, story
from payments.charges import NothingToPay
from payments.links.sharing import shared
from payments.links.tokens import Tokens
from payments.providers import ProviderRefused, ProviderUnavailable
from payments.views import ChargeView
from procedures import applications
from procedures.applications import OwnCase
from web.access import APPLICANT, policy
from web.context import current_actor, now, reading, services, settings
from web.residents.routes import blueprint

PAY = "/applications/<application_id>/pay"


@blueprint.get(PAY)
@policy(APPLICANT)
def pay(application_id: str) -> Response:
    """What is owed, by when, and the button that leads to the pay page."""
    case, charge, waiting = _owed(application_id)
    if charge is None:
        return redirect(f"/applications/{application_id}", 303)
    return _draw(case, charge, waiting=waiting)


@blueprint.post(PAY)
@policy(APPLICANT)
def go_to_pay(application_id: str) -> Response:
    """Open the pay page, or find the one that is open: a second click leads to the same one."""
    case, charge, waiting = _owed(application_id)
    here = f"{settings().public_url.rstrip('/')}/applications/{application_id}/pay"
    if charge is None:
        return redirect(f"/applications/{application_id}/pay/return", 303)
    try:
        opened = charges.open_checkout(
            services().database,
            services().provider,
            current_actor(),
            now(),
            application_id,
            success_url=here + "/return",
            cancel_url=here + "?cancelled=1",
            another_way="another_way" in request.form,
        )
    except NothingToPay:
        return redirect(f"/applications/{application_id}/pay/return", 303)
    except (ProviderUnavailable, ProviderRefused):
        return _draw(case, charge, waiting=waiting, unreachable=True)
    if opened.state == "paid" or opened.url is None:
        return redirect(f"/applications/{application_id}/pay/return", 303)
    if opened.state == "waiting":
        return _draw(case, charge, waiting=True, voucher=opened.url)
    return redirect(opened.url, 303)


@blueprint.get(PAY + "/return")
@policy(APPLICANT)
def paid(application_id: str) -> str:
    """Back from the pay page: what is known so far. The provider's word settles it, not this visit."""
    case, charge, waiting = _owed(application_id)
    return render_template("residents/paid.html", case=case, charge=charge, waiting=waiting)


def _owed(application_id: str) -> tuple[OwnCase, ChargeView | None, bool]:
    """The case, its open charge, and whether a konbini number waits to be paid."""
    with reading() as session:
        case = applications.view_own(session, current_actor(), application_id)
        charge = charges.waiting_for_payment(session, application_id)
        told = story.of_charge(session, charge.id) if charge else None
    waiting = told is not None and any(checkout.status == "waiting" for checkout in told.checkouts)
    return case, charge, waiting


def _draw(
    case: OwnCase, charge: ChargeView, *, waiting: bool, voucher: str | None = None, unreachable: bool = False
) -> Response:
    page = render_template(
        "residents/pay.html",
        case=case,
        charge=charge,
        waiting=waiting,
        voucher=voucher,
        unreachable=unreachable,
        cancelled="cancelled" in request.args,
        link=_link(charge.id),
    )
    return make_response(page, 503 if unreachable else 200)


def _link(charge_id: str) -> str | None:
    """The address by which somebody else can pay, once the applicant has made it."""
    with reading() as session:
        token = shared(session, charge_id, Tokens(settings().secret_key))
    return f"{settings().public_url.rstrip('/')}/pay/{token}" if token else None
