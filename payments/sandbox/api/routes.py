"""Which address of Stripe's API is answered by which handler."""

from functools import partial

from flask import Blueprint, Response, request

from payments.sandbox.api import checkout_sessions, money
from payments.sandbox.api.gate import Gate, Handler, respond
from payments.sandbox.cashier.passing_time import catch_up
from payments.sandbox.machine import Sandbox

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "/checkout/sessions", checkout_sessions.create),
    ("GET", "/checkout/sessions", checkout_sessions.list_all),
    ("GET", "/checkout/sessions/<session_id>", checkout_sessions.retrieve),
    ("POST", "/checkout/sessions/<session_id>/expire", checkout_sessions.expire),
    ("GET", "/checkout/sessions/<session_id>/line_items", checkout_sessions.line_items),
    ("POST", "/payment_intents/<resource_id>/cancel", money.cancel_intent),
    ("POST", "/refunds", money.refund),
    ("GET", "/balance", money.balance),
    ("POST", "/payouts", money.pay_out),
    *(("GET", url.removeprefix("/v1"), partial(money.list_all, kind=kind)) for kind, (url, _) in money.LISTED.items()),
    *(
        ("GET", f"{url.removeprefix('/v1')}/<resource_id>", partial(money.retrieve, kind=kind))
        for kind, (url, _) in money.LISTED.items()
    ),
)


def api_blueprint(sandbox: Sandbox) -> Blueprint:
    """`/v1/…`, every request through the gate."""
    blueprint = Blueprint("api", __name__, url_prefix="/v1")
    gate = Gate(sandbox)

    def answering(handler: Handler) -> "partial[Response]":
        return partial(_answer, sandbox, gate, handler)

    for number, (method, path, handler) in enumerate(ROUTES):
        blueprint.add_url_rule(path, f"route-{number}", answering(handler), methods=[method])
    blueprint.add_url_rule("/<path:rest>", "unknown", _unknown, methods=["GET", "POST", "DELETE"])
    return blueprint


def _answer(sandbox: Sandbox, gate: Gate, handler: Handler, **ids: str) -> Response:
    catch_up(sandbox)
    return gate.answer(request, partial(handler, **ids) if ids else handler)


def _unknown(rest: str) -> Response:
    message = (
        f"Unrecognized request URL ({request.method}: /v1/{rest}). The sandbox does not speak this part of Stripe."
    )
    return respond(404, {"error": {"message": message, "type": "invalid_request_error"}})
