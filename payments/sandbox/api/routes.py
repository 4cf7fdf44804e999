"""Which address of Stripe's API is answered by which handler."""

from functools import partial

from flask import Blueprint, Response, request

from payments.sandbox.api import checkout_sessions, disputes, events, listing, payment_intents, payouts, refunds
from payments.sandbox.cashier.passing_time import catch_up
from payments.sandbox.machine import Sandbox
from payments.sandbox.wire.gate import Gate, Handler, respond

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "/v1/checkout/sessions", checkout_sessions.create),
    ("POST", "/v1/checkout/sessions/<session_id>/expire", checkout_sessions.expire),
    ("GET", "/v1/checkout/sessions/<session_id>/line_items", checkout_sessions.line_items),
    ("POST", "/v1/payment_intents/<resource_id>/cancel", payment_intents.cancel),
    ("POST", "/v1/refunds", refunds.create),
    ("POST", "/v1/refunds/<resource_id>", refunds.update),
    ("POST", "/v1/refunds/<resource_id>/cancel", refunds.cancel),
    ("POST", "/v1/test_helpers/refunds/<resource_id>/expire", refunds.expire),
    ("POST", "/v1/disputes/<resource_id>", disputes.update),
    ("POST", "/v1/disputes/<resource_id>/close", disputes.close),
    ("GET", "/v1/balance", payouts.balance),
    ("POST", "/v1/payouts", payouts.create),
    ("GET", events.URL, events.list_all),
    ("GET", f"{events.URL}/<event_id>", events.retrieve),
    *(("GET", listed.url, partial(listing.list_all, kind=kind)) for kind, listed in listing.KINDS.items()),
    *(
        ("GET", f"{listed.url}/<resource_id>", partial(listing.retrieve, kind=kind))
        for kind, listed in listing.KINDS.items()
    ),
)


def api_blueprint(sandbox: Sandbox) -> Blueprint:
    """`/v1/…`, every request through the gate."""
    blueprint = Blueprint("api", __name__)
    gate = Gate(sandbox)

    def answering(handler: Handler) -> "partial[Response]":
        return partial(_answer, sandbox, gate, handler)

    for number, (method, path, handler) in enumerate(ROUTES):
        blueprint.add_url_rule(path, f"route-{number}", answering(handler), methods=[method])
    for version in ("v1", "v2"):
        rule = f"/{version}/<path:rest>"
        blueprint.add_url_rule(rule, f"unknown-{version}", _unknown, methods=["GET", "POST", "DELETE"])
    return blueprint


def _answer(sandbox: Sandbox, gate: Gate, handler: Handler, **ids: str) -> Response:
    catch_up(sandbox)
    return gate.answer(request, partial(handler, **ids) if ids else handler)


def _unknown(rest: str) -> Response:  # noqa: ARG001 - the rule names it
    message = (
        f"Unrecognized request URL ({request.method}: {request.path}). The sandbox does not speak this part of Stripe."
    )
    return respond(404, {"error": {"message": message, "type": "invalid_request_error"}})
