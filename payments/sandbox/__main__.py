"""`python -m payments.sandbox`: the local Stripe on a port."""

import argparse
from pathlib import Path

from payments.sandbox.app import API_KEY, WEBHOOK_SECRET, create_sandbox
from payments.sandbox.cashier.payouts import SCHEDULES, schedule_of, set_schedule
from payments.sandbox.machine import Sandbox, WebhookTarget
from payments.sandbox.serving import listen
from payments.sandbox.webhooks.sender import Sender


def main() -> None:
    """Serve until interrupted."""
    options = _options()
    Path(options.state).parent.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{options.port}"
    target = WebhookTarget(options.webhook_url, options.webhook_secret) if options.webhook_url else None
    app = create_sandbox(base_url=address, state=options.state, webhook=target, api_key=options.api_key)
    sandbox: Sandbox = app.extensions["sandbox"]
    if options.payouts != schedule_of(sandbox):
        set_schedule(sandbox, options.payouts)
    server = listen(app, options.port)
    sender = Sender(sandbox)
    sender.start()
    told = options.webhook_url or "nowhere"
    print(f"Sandbox Stripe on {address}, controlled at {address}/_sandbox/, webhooks to {told}", flush=True)  # noqa: T201
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        sender.stop()
        server.server_close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m payments.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8002)
    parser.add_argument(
        "--webhook-url", default="", help="where events go, such as http://127.0.0.1:8000/webhooks/stripe"
    )
    parser.add_argument("--webhook-secret", default=WEBHOOK_SECRET)
    parser.add_argument("--api-key", default=API_KEY)
    parser.add_argument("--payouts", choices=SCHEDULES, default="weekly", help="how often the balance is paid out")
    parser.add_argument("--state", default=".data/sandbox-stripe.db", help="file that remembers everything")
    return parser.parse_args()


if __name__ == "__main__":
    main()
