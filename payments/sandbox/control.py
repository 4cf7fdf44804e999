"""`/_sandbox/…`: what a test or a person orders – the clock, webhook faults, API faults, shops, refunds, payouts."""

from typing import Any

from flask import Blueprint, Response, abort, jsonify, request

from payments.sandbox.api.faults import KINDS, order_fault
from payments.sandbox.cashier.attempts import let_konbini_expire, pay_at_shop
from payments.sandbox.cashier.passing_time import catch_up
from payments.sandbox.cashier.payouts import current_balance, send_payout
from payments.sandbox.cashier.refunds import complete_refund, fail_refund
from payments.sandbox.errors import ApiError
from payments.sandbox.machine import Faults, Sandbox
from payments.sandbox.webhooks.sender import deliver_due


def control_blueprint(sandbox: Sandbox) -> Blueprint:
    """Orders as JSON; every answer is JSON. Local use only, so no key is asked for."""
    blueprint = Blueprint("control", __name__, url_prefix="/_sandbox")
    blueprint.add_url_rule("/health", "health", lambda: jsonify(ok=True))
    blueprint.add_url_rule("/clock", "clock", lambda: _clock(sandbox), methods=["GET", "POST"])
    blueprint.add_url_rule("/webhooks", "webhooks", lambda: _webhooks(sandbox), methods=["GET", "POST"])
    blueprint.add_url_rule("/webhooks/send", "send", lambda: _send(sandbox), methods=["POST"])
    blueprint.add_url_rule("/faults", "faults", lambda: _faults(sandbox), methods=["POST"])
    blueprint.add_url_rule(
        "/konbini/<intent_id>", "konbini", lambda intent_id: _konbini(sandbox, intent_id), methods=["POST"]
    )
    blueprint.add_url_rule(
        "/refunds/<refund_id>", "refund", lambda refund_id: _refund(sandbox, refund_id), methods=["POST"]
    )
    blueprint.add_url_rule("/payouts", "payouts", lambda: _payouts(sandbox), methods=["POST"])
    blueprint.register_error_handler(ApiError, lambda error: (error.body(), 409))
    return blueprint


def _clock(sandbox: Sandbox) -> Response:
    if request.method == "POST":
        sandbox.clock.advance(_number("seconds"))
        catch_up(sandbox)
    return jsonify(now=sandbox.clock.now(), offset=sandbox.clock.offset)


def _webhooks(sandbox: Sandbox) -> Response:
    if request.method == "POST":
        order = _order()
        Faults(bool(order.get("lose")), bool(order.get("double")), _number("late_by", 0)).save(sandbox.store)
    faults = Faults.load(sandbox.store)
    states = sandbox.store.run("SELECT state, count(*) FROM delivery GROUP BY state")
    return jsonify(lose=faults.lose, double=faults.double, late_by=faults.late_by, deliveries=dict(states))


def _send(sandbox: Sandbox) -> Response:
    return jsonify(accepted=deliver_due(sandbox))


def _faults(sandbox: Sandbox) -> Response:
    order = _order()
    kind = order.get("kind")
    if kind not in KINDS:
        abort(400, f"kind is one of {', '.join(KINDS)}")
    order_fault(sandbox.store, str(order.get("path", "/v1")), kind, _number("count", 1), float(order.get("seconds", 0)))
    return jsonify(ordered=True)


def _konbini(sandbox: Sandbox, intent_id: str) -> Response:
    intent = sandbox.store.find(intent_id)
    if intent is None or intent["status"] != "requires_action":
        abort(404)
    with sandbox.store.change():
        done = {"pay": pay_at_shop, "expire": let_konbini_expire}.get(_order().get("do", ""))
        if done is None:
            abort(400, "do is pay or expire")
        return jsonify(done(sandbox, intent))


def _refund(sandbox: Sandbox, refund_id: str) -> Response:
    refund = sandbox.store.find(refund_id)
    if refund is None:
        abort(404)
    with sandbox.store.change():
        done = {"succeed": complete_refund, "fail": fail_refund}.get(_order().get("do", ""))
        if done is None:
            abort(400, "do is succeed or fail")
        return jsonify(done(sandbox, refund))


def _payouts(sandbox: Sandbox) -> Response:
    with sandbox.store.change():
        available = current_balance(sandbox)["available"][0]["amount"]
        if available <= 0:
            abort(409, "nothing is available; move the clock")
        return jsonify(send_payout(sandbox, available, automatic=True))


def _order() -> dict[str, Any]:
    return request.get_json(silent=True) or {}


def _number(name: str, default: int | None = None) -> int:
    value = _order().get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        abort(400, f"{name} is a whole number from 0")
    return value
