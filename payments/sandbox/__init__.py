"""A local server that speaks the part of Stripe's API that Tetsuzuki uses, for development, tests and the default run.

Through it the real `stripe` SDK works unchanged. No money moves, and a production setting refuses it.

What it does not do, because nothing here asks for it: customers, subscriptions, separate authorisation and capture,
disputes, taxes, discounts, currencies other than yen, the v2 API and thin events. A parameter it does not know is
refused (`parameter_unknown`), as Stripe does, so that a mistake shows at once.
"""

from payments.sandbox.app import create_sandbox
from payments.sandbox.machine import Sandbox, WebhookTarget

__all__ = ["Sandbox", "WebhookTarget", "create_sandbox"]
