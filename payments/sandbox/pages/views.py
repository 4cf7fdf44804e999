"""The hosted pay page, on which a person chooses what happens."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from engine.words import say
from payments.sandbox.cashier import attempts, konbini
from payments.sandbox.cashier.passing_time import catch_up
from payments.sandbox.cashier.sessions import session_of
from payments.sandbox.cashier.times import local_time
from payments.sandbox.machine import Sandbox
from payments.sandbox.store import Body
from payments.sandbox.webhooks.faults import Faults

CHOICES = ("card_ok", "card_3ds", "card_declined", "konbini", "paypay")
METHOD_OF = {"card_ok": "card", "card_3ds": "card", "card_declined": "card", "konbini": "konbini", "paypay": "paypay"}


def pages_blueprint(sandbox: Sandbox) -> Blueprint:
    """`/pay/…`, `/approve/…`, `/konbini/…`."""
    blueprint = Blueprint(
        "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )
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
            attempts.decline(sandbox, session)
            return _page("pay.html", session, 422, error="payment.sandbox_declined", **_order(sandbox, session))
        method = METHOD_OF[choice]
        there = url_for("pages.approve", session_id=session["id"], method=method, lang=_language(session))
        attempts.ask_to_authenticate(sandbox, session, f"{sandbox.base_url}{there}", session["url"])
        return redirect(there, 303)


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
    if request.method == "POST" and intent["status"] == "requires_action":
        with sandbox.store.change():
            done = konbini.pay_at_shop if request.form.get("choice") == "pay" else konbini.let_expire
            done(sandbox, intent)
        return redirect(url_for("pages.konbini", intent_id=intent_id, lang=_language(session)), 303)
    voucher = (intent["next_action"] or {}).get("konbini_display_details")
    until = None
    if voucher:
        until = local_time(voucher["expires_at"])
    return _page("konbini.html", session, intent=intent, voucher=voucher, until=until, back=_success(session))


def _session(sandbox: Sandbox, session_id: str) -> Body:
    catch_up(sandbox)
    session = sandbox.store.find(session_id)
    if session is None or session["object"] != "checkout.session":
        abort(404)
    return session


def _order(sandbox: Sandbox, session: Body) -> dict[str, Any]:
    private = sandbox.store.setting(f"session.{session['id']}", {})
    offered = [choice for choice in CHOICES if METHOD_OF[choice] in session["payment_method_types"]]
    return {"items": private["items"], "choices": offered, "chosen": request.form.get("choice")}


def _set_webhook_faults(sandbox: Sandbox) -> None:
    wanted = request.form.get("webhook", "")
    if wanted:
        Faults(lose=wanted == "lost", double=wanted == "double", late_by=60 if wanted == "late" else 0).save(
            sandbox.store
        )


def _success(session: Body) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _language(session: Body) -> str:
    wanted = request.args.get("lang") or session["locale"]
    return "ja" if wanted in {"ja", "auto"} else "en"  # the practice page is for those who try out: it speaks these two


def _page(template: str, session: Body, status: int = 200, **values: Any) -> Response:
    language = _language(session)
    html = render_template(
        f"sandbox/{template}",
        session=session,
        language=language,
        say=lambda key, **parameters: say(key, language, **parameters),
        **{"error": None, **values},
    )
    response = make_response(html, status)
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
