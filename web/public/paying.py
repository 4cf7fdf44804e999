"""/pay: paying for somebody else by their link, and the receipt for it. Nothing of the applicant is shown."""

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from payments import charges
from payments.charges import NothingToPay, Opened, PriceChanged
from payments.links.opening import SharedCharge, open_link
from payments.providers import ProviderRefused, ProviderUnavailable
from procedures.errors import NotFound
from web import receipting
from web.access import ANYONE, policy
from web.context import current_actor, language, now, reading, services, settings
from web.public.routes import blueprint
from web.receipting import Door
from web.seen import seen_yen

PAY = "/pay/<token>"
RECEIPT = PAY + "/charges/<charge_id>/receipt"


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
    seen = seen_yen()
    if shared.state != "paid" and seen not in (None, shared.yen):
        return _draw(token, shared, before=seen)
    try:
        opened = _open(token, shared)
    except NothingToPay:
        return redirect(f"/pay/{token}/return", 303)
    except PriceChanged:
        return _draw(token, _shared(token), before=shared.yen)
    except (ProviderUnavailable, ProviderRefused):
        return _draw(token, shared, unreachable=True)
    if opened.state == "waiting":
        return _draw(token, shared, waiting=True, voucher=opened.url)
    return redirect(opened.url if opened.state == "open" and opened.url else f"/pay/{token}/return", 303)


def _open(token: str, shared: SharedCharge) -> Opened:
    here = f"{settings().public_url.rstrip('/')}/pay/{token}"
    return charges.open_shared_checkout(
        services().database,
        services().provider,
        now(),
        shared,
        language=language(),
        success_url=here + "/return",
        cancel_url=here + "?cancelled=1",
        another_way="another_way" in request.form,
    )


@blueprint.get(PAY + "/return")
@policy(ANYONE)
def paid_for_somebody(token: str) -> Response:
    """Back from the pay page; the applicant comes back to their own."""
    shared = _shared(token)
    if shared.owner == current_actor().owner_key:
        return redirect(f"/applications/{shared.application_id}/pay/return", 303)
    return make_response(render_template("public/paid.html", token=token, shared=shared))


@blueprint.get(RECEIPT)
@policy(ANYONE)
def receipt_of_payer(token: str, charge_id: str) -> Response:
    """Where the payer's receipt stands."""
    return receipting.show(_door(token, charge_id))


@blueprint.post(RECEIPT)
@policy(ANYONE)
def ask_for_receipt_of_payer(token: str, charge_id: str) -> Response:
    """Issue it, or issue it again."""
    return receipting.ask(_door(token, charge_id))


@blueprint.get(RECEIPT + "/<copy_id>")
@policy(ANYONE)
def receipt_file_of_payer(token: str, charge_id: str, copy_id: str) -> Response:
    """The PDF."""
    return receipting.fetch(_door(token, charge_id), copy_id)


@blueprint.get(PAY + "/receipt")
@policy(ANYONE)
def receipt_of_first(token: str) -> Response:
    """The address of earlier mails: to the receipt of the charge for which the link was made."""
    return redirect(f"/pay/{token}/charges/{_shared(token).charge_id}/receipt", 303)


def _shared(token: str) -> SharedCharge:
    with reading() as session:
        return open_link(session, now(), token)


def _door(token: str, charge_id: str) -> Door:
    """The payer's side of a charge that the link leads to. Raises `NotFound`."""
    shared = _shared(token)
    if charge_id not in {one.charge_id for one in shared.paid}:
        raise NotFound(charge_id)
    return Door(charge_id, shared.link_id, f"/pay/{token}/charges/{charge_id}/receipt", f"/pay/{token}")


def _draw(
    token: str,
    shared: SharedCharge,
    *,
    waiting: bool = False,
    voucher: str | None = None,
    unreachable: bool = False,
    before: int | None = None,
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
        before=before,
    )
    return make_response(page, 503 if unreachable else 409 if before is not None else 200)
