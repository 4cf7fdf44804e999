"""Paying: what is owed, the way to the provider's pay page, coming back. Coming back only reads."""

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from payments import charges
from payments.charges import NothingToPay, Opened, PriceChanged
from payments.links.sharing import shared
from payments.links.tokens import Tokens
from payments.providers import ProviderRefused, ProviderUnavailable
from procedures import applications
from procedures.applications import OwnCase
from web.access import APPLICANT, policy
from web.context import current_actor, now, reading, services, settings
from web.residents.routes import blueprint
from web.residents.telling.owed import Owed, owed_by
from web.seen import seen_yen

PAY = "/applications/<application_id>/pay"


@blueprint.get(PAY)
@policy(APPLICANT)
def pay(application_id: str) -> Response:
    """What is owed, by when, and the button that leads to the pay page."""
    case, owed = _owed(application_id)
    if owed is None:
        return redirect(f"/applications/{application_id}", 303)
    return _draw(case, owed)


@blueprint.post(PAY)
@policy(APPLICANT)
def go_to_pay(application_id: str) -> Response:
    """Open the pay page, or find the one that is open: a second click leads to the same one.

    Nobody is led to a page for another sum than the one they saw.
    """
    case, owed = _owed(application_id)
    if owed is None:
        return redirect(f"/applications/{application_id}/pay/return", 303)
    seen = seen_yen()
    if seen not in (None, owed.yen):
        return _draw(case, owed, before=seen)
    try:
        opened = _open(application_id)
    except NothingToPay:
        return redirect(f"/applications/{application_id}/pay/return", 303)
    except PriceChanged:
        case, anew = _owed(application_id)
        return _draw(case, anew or owed, before=owed.yen, rate=True)
    except (ProviderUnavailable, ProviderRefused):
        return _draw(case, owed, unreachable=True)
    return _onward(case, owed, opened)


def _open(application_id: str) -> Opened:
    here = f"{settings().public_url.rstrip('/')}/applications/{application_id}/pay"
    return charges.open_checkout(
        services().database,
        services().provider,
        current_actor(),
        now(),
        application_id,
        success_url=here + "/return",
        cancel_url=here + "?cancelled=1",
        another_way="another_way" in request.form,
    )


def _onward(case: OwnCase, owed: Owed, opened: Opened) -> Response:
    if opened.state == "waiting" and opened.url:
        return _draw(case, owed, asked=True, voucher=opened.url)
    if opened.state == "open" and opened.url:
        return redirect(opened.url, 303)
    return redirect(f"/applications/{case.application_id}/pay/return", 303)


@blueprint.get(PAY + "/return")
@policy(APPLICANT)
def paid(application_id: str) -> Response | str:
    """Back from the pay page: what is known so far. The provider's word settles it, not this visit.

    What is owed and nobody began to pay is shown to be paid: another charge than the one that was just paid.
    """
    case, owed = _owed(application_id)
    if owed is not None and not owed.begun:
        return redirect(f"/applications/{application_id}/pay", 303)
    return render_template("residents/paid.html", case=case, owed=owed)


def _owed(application_id: str) -> tuple[OwnCase, Owed | None]:
    with reading() as session:
        case = applications.view_own(session, current_actor(), application_id)
        return case, owed_by(session, application_id, now())


def _draw(
    case: OwnCase,
    owed: Owed,
    *,
    asked: bool = False,
    voucher: str | None = None,
    unreachable: bool = False,
    before: int | None = None,
    rate: bool = False,
) -> Response:
    page = render_template(
        "residents/pay.html",
        case=case,
        owed=owed,
        waiting=owed.waiting or asked,
        voucher=voucher,
        unreachable=unreachable,
        cancelled="cancelled" in request.args,
        before=before,
        rate=rate,
        link=_link(case.application_id),
    )
    return make_response(page, 503 if unreachable else 409 if before is not None else 200)


def _link(application_id: str) -> str | None:
    """The address by which somebody else can pay, once the applicant has made it."""
    with reading() as session:
        token = shared(session, application_id, Tokens(settings().secret_key))
    return f"{settings().public_url.rstrip('/')}/pay/{token}" if token else None
