"""A local server that speaks the part of Stripe's API that Tetsuzuki uses, for development, tests and the default run.

Through it the real `stripe` SDK works unchanged. No money moves, and a production setting refuses it. What it speaks,
how it is used by hand and where it ends is written in `docs/sandbox.md`. A parameter it does not know is refused
(`parameter_unknown`), as Stripe does, so that a mistake shows at once.
"""

from payments.sandbox.app import create_sandbox
from payments.sandbox.machine import Sandbox, WebhookTarget

__all__ = ["Sandbox", "WebhookTarget", "create_sandbox"]
