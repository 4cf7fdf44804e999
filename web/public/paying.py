"""/pay: paying for somebody else by their link, and the receipt for it. Nothing of the applicant is shown."""

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from payments import charges
from payments.charges import NothingToPay
from payments.links.opening import SharedCharge, open_link
from payments.providers import ProviderRefused, ProviderUnavailable
from web import receipting
from web.access import ANYONE, policy
from web.context import current_actor, language, now, reading, services, settings
from web.public.routes import blueprint
from web.receipting import Door

PAY = "/pay/<token>"


@blueprint.get(PAY)
@policy(ANYONE)
def pay_for_somebody(token: str) -> Response:
    """What it is for, how much, until when; or that it is paid."""
    return _draw(token, _shared(token))


@blueprint.post(PAY)
@policy(ANYONE)
def go_to_pay_for_somebody(token: str) -> Response:
    """To the pay page, the same one for every click."""
    shared = _shared(token)
    here = f"{settings().public_url.rstrip('/')}/pay/{token}"
    try:
        opened = charges.open_shared_checkout(
            services().database,
            services().provider,
            now(),
            shared,
            language=language(),
            success_url=here + "/return",
            cancel_url=here + "?cancelled=1",
            another_way="another_way" in request.form,
        )
    except NothingToPay:
        return redirect(f"/pay/{token}/return", 303)
    except (ProviderUnavailable, ProviderRefused):
        return _draw(token, shared, unreachable=True)
    if opened.state == "open" and opened.url:
        return redirect(opened.url, 303)
    if opened.state == "paid":
        return redirect(f"/pay/{token}/return", 303)
    return _draw(token, shared, waiting=True, voucher=opened.url)


@blueprint.get(PAY + "/return")
@policy(ANYONE)
def paid_for_somebody(token: str) -> Response:
    """Back from the pay page; the applicant comes back to their own."""
    shared = _shared(token)
    if shared.owner == current_actor().owner_key:
        return redirect(f"/applications/{shared.application_id}/pay/return", 303)
    return make_response(render_template("public/paid.html", token=token, shared=shared))


@blueprint.get(PAY + "/receipt")
@policy(ANYONE)
def receipt_of_payer(token: str) -> Response:
    """Where the payer's receipt stands."""
    return receipting.show(_door(token))


@blueprint.post(PAY + "/receipt")
@policy(ANYONE)
def ask_for_receipt_of_payer(token: str) -> Response:
    """Issue it, or issue it again."""
    return receipting.ask(_door(token))


@blueprint.get(PAY + "/receipt/<copy_id>")
@policy(ANYONE)
def receipt_file_of_payer(token: str, copy_id: str) -> Response:
    """The PDF."""
    return receipting.fetch(_door(token), copy_id)


def _shared(token: str) -> SharedCharge:
    with reading() as session:
        return open_link(session, now(), token)


def _door(token: str) -> Door:
    shared = _shared(token)
    return Door(shared.charge_id, shared.link_id, f"/pay/{token}/receipt", f"/pay/{token}")


def _draw(
    token: str, shared: SharedCharge, *, waiting: bool = False, voucher: str | None = None, unreachable: bool = False
) -> Response:
    page = render_template(
        "public/pay.html",
        token=token,
        shared=shared,
        waiting=waiting or shared.state == "konbini",
        asked=waiting,
        voucher=voucher,
        unreachable=unreachable,
        cancelled="cancelled" in request.args,
    )
    return make_response(page, 503 if unreachable else 200)
