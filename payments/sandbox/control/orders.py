"""Which address under `/_sandbox` takes which order; a form gets its page back, JSON gets JSON."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, jsonify, redirect, request
from werkzeug.wrappers import Response

from payments.sandbox.cashier.passing_time import catch_up
from payments.sandbox.control import happenings, surroundings
from payments.sandbox.control.order import Order, Senseless
from payments.sandbox.machine import Sandbox
from payments.sandbox.pages.frame import language_of, page, refuse_other_sites
from payments.sandbox.webhooks.deliveries import latest
from payments.sandbox.wire import faults
from payments.sandbox.wire.errors import ApiError

Follow = Callable[..., Any]  # (sandbox, order, the id in the address if there is one) → what is answered

# What changes money happens in one database change, after everything that was due before.
ABOUT_MONEY: Mapping[str, Follow] = {
    "/konbini/<subject>": happenings.at_the_shop,
    "/refunds": happenings.refunding,
    "/refunds/<subject>": happenings.refund,
    "/disputes": happenings.dispute,
    "/disputes/<subject>": happenings.bank_decides,
    "/payouts": happenings.pay_out,
    "/payouts/<subject>": happenings.payout,
    "/movements": happenings.movement,
}
ABOUT_SURROUNDINGS: Mapping[str, Follow] = {
    "/clock": surroundings.move_clock,
    "/webhooks": surroundings.set_webhooks,
    "/webhooks/send": surroundings.send_due,
    "/deliveries/<int:subject>": surroundings.change_delivery,
    "/events/<subject>": surroundings.send_again,
    "/faults": surroundings.order_faults,
    "/limit": surroundings.limit_requests,
}
LOOKS: Mapping[str, Callable[[Sandbox], Any]] = {
    "/health": lambda _: {"ok": True},
    "/clock": surroundings.clock,
    "/webhooks": surroundings.webhooks,
    "/faults": lambda sandbox: {"waiting": faults.waiting(sandbox.store)},
    "/deliveries": lambda sandbox: [
        {"number": row.number, "event": row.event, "state": row.state, "attempts": row.attempts, "answer": row.answer}
        for row in latest(sandbox.store, 100)
    ],
}


def orders_blueprint(sandbox: Sandbox) -> Blueprint:
    """Orders, by POST; and what can be looked at as JSON. Local use only, so no key is asked for."""
    blueprint = Blueprint("orders", __name__, url_prefix="/_sandbox")
    for path, follow in {**ABOUT_MONEY, **ABOUT_SURROUNDINGS}.items():
        view = partial(_follow, sandbox, follow, together=path in ABOUT_MONEY)
        blueprint.add_url_rule(path, f"order-{path}", view, methods=["POST"])
    for path, look in LOOKS.items():
        blueprint.add_url_rule(path, f"look-{path}", partial(_look, sandbox, look))
    blueprint.before_request(refuse_other_sites)
    blueprint.register_error_handler(ApiError, lambda error: _refused(error.body(), str(error), 409))
    blueprint.register_error_handler(Senseless, lambda error: _refused({"error": str(error)}, str(error), error.status))
    return blueprint


def _follow(sandbox: Sandbox, follow: Follow, *, together: bool, **subject: Any) -> Response:
    order, ids = Order.of(request), tuple(subject.values())
    if together:
        catch_up(sandbox)
        with sandbox.store.change():
            answer = follow(sandbox, order, *ids)
    else:
        answer = follow(sandbox, order, *ids)
    return redirect(_back(), 303) if _is_form() else jsonify(answer)


def _refused(body: Any, message: str, status: int) -> Any:
    if not _is_form():
        return body, status
    return page("control/refused.html", language_of(), status, message=message, back=_back())


def _is_form() -> bool:
    """Whether a person ordered it on a page, and gets a page back."""
    return not request.is_json and "back" in request.form


def _look(sandbox: Sandbox, look: Callable[[Sandbox], Any]) -> Response:
    return jsonify(look(sandbox))


def _back() -> str:
    """The control page from which a form came; never another site."""
    wanted = request.form.get("back", "")
    return wanted if wanted.startswith("/_sandbox/") else "/_sandbox/"
