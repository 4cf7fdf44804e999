"""The hosted pay page, on which a person chooses what happens."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for

from payments.sandbox.cashier import attempts, konbini
from payments.sandbox.cashier.passing_time import catch_up
from payments.sandbox.cashier.sessions import session_of
from payments.sandbox.cashier.times import local_time
from payments.sandbox.machine import Sandbox
from payments.sandbox.pages.frame import language_of, page, refuse_other_sites
from payments.sandbox.resources.balance_transaction import DAY
from payments.sandbox.resources.declines import DECLINES
from payments.sandbox.store import Body
from payments.sandbox.webhooks.faults import Faults

METHOD_OF = {"card_ok": "card", "card_3ds": "card", "card_declined": "card", "konbini": "konbini", "paypay": "paypay"}


def pages_blueprint(sandbox: Sandbox) -> Blueprint:
    """`/pay/…`, `/approve/…`, `/konbini/…`."""
    blueprint = Blueprint(
        "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )
    blueprint.before_request(refuse_other_sites)
    for path, name, view in (
        ("/pay/<session_id>", "pay", _pay),
        ("/approve/<session_id>/<method>", "approve", _approve),
        ("/konbini/<intent_id>", "konbini", _konbini),
    ):
        blueprint.add_url_rule(path, name, partial(view, sandbox), methods=["GET", "POST"])
    return blueprint


def _pay(sandbox: Sandbox, session_id: str) -> Response:
    session = _session(sandbox, session_id)
    if session["status"] != "open":
        return _page("ended.html", session, 410 if session["status"] == "expired" else 200)
    if request.method == "GET":
        return _page("pay.html", session, **_order(sandbox, session))
    choice = request.form.get("choice", "")
    if METHOD_OF.get(choice) not in session["payment_method_types"]:
        return _page("pay.html", session, 422, error="payment.sandbox_choose", **_order(sandbox, session))
    _set_webhook_faults(sandbox)
    return _attempt(sandbox, session, choice)


def _attempt(sandbox: Sandbox, session: Body, choice: str) -> Response:
    with sandbox.store.change():
        if choice == "card_ok":
            attempts.pay(sandbox, session, "card")
            return redirect(_success(session), 303)
        if choice == "konbini":
            intent = konbini.issue_number(sandbox, session)
            return redirect(url_for("pages.konbini", intent_id=intent["id"], lang=_language(session)), 303)
        if choice == "card_declined":
            return _declined(sandbox, session)
        method = METHOD_OF[choice]
        there = url_for("pages.approve", session_id=session["id"], method=method, lang=_language(session))
        attempts.ask_to_authenticate(sandbox, session, f"{sandbox.base_url}{there}", session["url"])
        return redirect(there, 303)


def _declined(sandbox: Sandbox, session: Body) -> Response:
    code = request.form.get("decline", "")
    code = code if code in DECLINES else next(iter(DECLINES))
    attempts.decline(sandbox, session, code)
    error = f"payment.sandbox_declined_{code}"
    return _page("pay.html", session, 422, error=error, decline=code, **_order(sandbox, session))


def _approve(sandbox: Sandbox, session_id: str, method: str) -> Response:
    session = _session(sandbox, session_id)
    if session["status"] != "open":
        return _page("ended.html", session, 410 if session["status"] == "expired" else 200)
    if method not in session["payment_method_types"] or method == "konbini":
        abort(404)
    if request.method == "GET":
        return _page("approve.html", session, method=method)
    with sandbox.store.change():
        if request.form.get("choice") == "approve":
            attempts.pay(sandbox, session, method, authenticated=method == "card")
            return redirect(_success(session), 303)
        attempts.refuse(sandbox, session, method)
    error = "payment.sandbox_wallet_refused" if method == "paypay" else "payment.sandbox_not_authenticated"
    return _page("pay.html", session, 422, error=error, **_order(sandbox, session))


def _konbini(sandbox: Sandbox, intent_id: str) -> Response:
    catch_up(sandbox)
    intent = sandbox.store.find(intent_id)
    if intent is None or intent["object"] != "payment_intent":
        abort(404)
    session = session_of(sandbox, intent)
    if request.method == "POST" and konbini.is_waiting(intent):
        with sandbox.store.change():
            _at_the_shop(sandbox, intent, request.form.get("choice", ""))
        return redirect(url_for("pages.konbini", intent_id=intent_id, lang=_language(session)), 303)
    voucher = (intent["next_action"] or {}).get("konbini_display_details")
    until = local_time(voucher["expires_at"]) if voucher else None
    planned = konbini.will_be_paid(sandbox, intent)
    paid_at = local_time(planned) if voucher and planned else None
    back = _success(session)
    return _page("konbini.html", session, intent=intent, voucher=voucher, until=until, paid_at=paid_at, back=back)


def _at_the_shop(sandbox: Sandbox, intent: Body, choice: str) -> None:
    if choice == "pay":
        konbini.pay_at_shop(sandbox, intent)
    elif choice == "tomorrow":
        konbini.pay_later(sandbox, intent, DAY)
    elif choice == "never":
        konbini.pay_never(sandbox, intent)
    elif choice == "expire":
        konbini.let_expire(sandbox, intent)
    else:
        abort(400)


def _session(sandbox: Sandbox, session_id: str) -> Body:
    catch_up(sandbox)
    session = sandbox.store.find(session_id)
    if session is None or session["object"] != "checkout.session":
        abort(404)
    return session


def _order(sandbox: Sandbox, session: Body) -> dict[str, Any]:
    private = sandbox.store.setting(f"session.{session['id']}", {})
    offered = [choice for choice, method in METHOD_OF.items() if method in session["payment_method_types"]]
    chosen = request.form.get("choice")
    return {"items": private["items"], "choices": offered, "chosen": chosen, "declines": tuple(DECLINES)}


def _set_webhook_faults(sandbox: Sandbox) -> None:
    wanted = request.form.get("webhook", "")
    if wanted:
        late_by = 60 if wanted == "late" else 0
        Faults(lose=wanted == "lost", double=wanted == "double", late_by=late_by, reorder=wanted == "reordered").save(
            sandbox.store
        )


def _success(session: Body) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _language(session: Body) -> str:
    return language_of(session["locale"] or "auto")


def _page(template: str, session: Body, status: int = 200, **values: Any) -> Response:
    return page(template, _language(session), status, session=session, **values)
