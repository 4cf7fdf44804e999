"""Assembling the sandbox: store, clock, API, pay page, controls."""

from flask import Flask, redirect

from payments.sandbox.api.routes import api_blueprint
from payments.sandbox.clock import Clock
from payments.sandbox.control.orders import orders_blueprint
from payments.sandbox.control.screens import screens_blueprint
from payments.sandbox.machine import Sandbox, WebhookTarget
from payments.sandbox.pages.pay import pages_blueprint
from payments.sandbox.store import Store

API_KEY = "sk_test_local_sandbox"
WEBHOOK_SECRET = "whsec_local_sandbox"  # noqa: S105 - known to everybody; production refuses it


def create_sandbox(
    *,
    base_url: str,
    state: str = ":memory:",
    webhook: WebhookTarget | None = None,
    api_key: str = API_KEY,
    start: int | None = None,
) -> Flask:
    """The WSGI application. `base_url` is where people and the SDK reach it; `state` is the file that it remembers in.

    `start` is the second at which a fresh sandbox's clock begins. The machine itself is `app.extensions["sandbox"]`;
    webhooks go out only while a `webhooks.sender.Sender` runs, or when `deliver_due` is called.
    """
    store = Store(state)
    sandbox = Sandbox(store, Clock(store, start), base_url.rstrip("/"), api_key, webhook)
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.extensions["sandbox"] = sandbox
    for room in (api_blueprint, pages_blueprint, orders_blueprint, screens_blueprint):
        app.register_blueprint(room(sandbox))
    app.add_url_rule("/", "start", lambda: redirect("/_sandbox/"))
    return app
