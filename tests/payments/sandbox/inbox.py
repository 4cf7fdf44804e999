"""An endpoint for webhooks that keeps what arrives."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Inbox:
    """What has arrived, in its order; while `broken` it answers 500."""

    url: str = ""
    arrived: list[tuple[bytes, str]] = field(default_factory=list)
    broken: bool = False

    def bodies(self) -> list[dict[str, Any]]:
        """What was sent."""
        return [json.loads(payload) for payload, _ in self.arrived]

    def kinds(self) -> list[str]:
        """The kinds of events in the order of arrival."""
        return [body["type"] for body in self.bodies()]


@contextmanager
def open_inbox() -> Iterator[Inbox]:
    """An inbox on a port of its own."""
    box = Inbox()

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            payload = self.rfile.read(int(self.headers["Content-Length"]))
            if not box.broken:  # before the answer: the sender may count what arrived as soon as it has it
                box.arrived.append((payload, self.headers["Stripe-Signature"]))
            self.send_response(500 if box.broken else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    server.block_on_close = True
    server.daemon_threads = True
    thread = Thread(target=lambda: server.serve_forever(0.01))
    thread.start()
    box.url = f"http://127.0.0.1:{server.server_port}/webhooks/stripe"
    yield box
    server.shutdown()
    thread.join()
    server.server_close()
