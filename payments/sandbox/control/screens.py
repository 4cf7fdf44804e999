"""The control pages: find a payment and decide what becomes of it; the money, the webhooks, the faults."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, request

from payments.sandbox.cashier import movements, payouts, refunds
from payments.sandbox.cashier.passing_time import catch_up
from payments.sandbox.cashier.times import local_time
from payments.sandbox.control import reading
from payments.sandbox.machine import Sandbox
from payments.sandbox.pages.frame import language_of, page
from payments.sandbox.resources.dispute import REASONS
from payments.sandbox.resources.payout import FAILURES
from payments.sandbox.resources.refund import FAILURE_REASONS
from payments.sandbox.webhooks.deliveries import latest
from payments.sandbox.webhooks.faults import PAYLOADS, Faults
from payments.sandbox.wire import faults

# Which requests a fault may be ordered for: the name on the page, the method, the beginning of the path.
TARGETS = (
    ("all", "", "/v1"),
    ("open", "POST", "/v1/checkout/sessions"),
    ("look", "GET", "/v1/checkout/sessions"),
    ("refund", "POST", "/v1/refunds"),
    ("transactions", "GET", "/v1/balance_transactions"),
)


def screens_blueprint(sandbox: Sandbox) -> Blueprint:
    """`/_sandbox/` and the pages below it."""
    blueprint = Blueprint("control", __name__, url_prefix="/_sandbox")
    for path, name, view in (
        ("/", "front", _front),
        ("/payments/<resource_id>", "payment", _payment),
        ("/money", "money", _money),
        ("/log", "log", _log),
        ("/trouble", "trouble", _trouble),
    ):
        blueprint.add_url_rule(path, name, partial(view, sandbox))
    return blueprint


def _front(sandbox: Sandbox) -> Response:
    text = request.args.get("q", "").strip()
    return _screen(sandbox, "front", text=text, found=partial(reading.payments, sandbox, text))


def _payment(sandbox: Sandbox, resource_id: str) -> Response:
    catch_up(sandbox)
    view = reading.by_id(sandbox, resource_id)
    if view is None:
        abort(404)
    return _screen(
        sandbox,
        "payment",
        view=view,
        left=refunds.left_of(sandbox, view.charge) if view.charge else 0,
        events=reading.events_of(sandbox, view),
        moved=reading.movements_of(sandbox, view),
        dispute_reasons=tuple(REASONS),
        failure_reasons=FAILURE_REASONS,
    )


def _money(sandbox: Sandbox) -> Response:
    catch_up(sandbox)
    balance = movements.current_balance(sandbox)
    return _screen(
        sandbox,
        "money",
        available=balance["available"][0]["amount"],
        pending=balance["pending"][0]["amount"],
        payouts=sandbox.store.select("payout", limit=20),
        schedule=payouts.schedule_of(sandbox),
        schedules=payouts.SCHEDULES,
        way=sandbox.store.setting("refund.way", refunds.WAYS[0]),
        ways=refunds.WAYS,
        failures=tuple(FAILURES),
    )


def _log(sandbox: Sandbox) -> Response:
    return _screen(
        sandbox,
        "log",
        target=sandbox.target.url if sandbox.target else None,
        faults=Faults.load(sandbox.store),
        payload=sandbox.store.setting("webhook.payload", PAYLOADS[0]),
        payloads=PAYLOADS,
        rows=reading.log(sandbox),
    )


def _trouble(sandbox: Sandbox) -> Response:
    return _screen(
        sandbox,
        "trouble",
        kinds=faults.KINDS,
        targets=TARGETS,
        waiting=faults.waiting(sandbox.store),
        per_second=sandbox.store.setting("api.limit", 0),
    )


def _screen(sandbox: Sandbox, name: str, **values: Any) -> Response:
    catch_up(sandbox)
    shown = {key: value() if callable(value) else value for key, value in values.items()}
    return page(
        f"control/{name}.html",
        language_of(),
        screen=name,
        now=local_time(sandbox.clock.now()),
        ahead=sandbox.clock.moved,
        undelivered=sum(row.state in ("waiting", "given_up") for row in latest(sandbox.store, 50)),
        back=request.full_path.rstrip("?"),
        local_time=local_time,
        **shown,
    )
