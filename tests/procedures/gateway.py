"""Small local servers that speak as gateways for SMS and the Messaging API of LINE do."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import UUID

Reply = tuple[int, dict[str, str], dict[str, Any]]


@dataclass
class Gateway:
    """What was asked, and what will be answered next: `(status, headers, content)`, else as the real one would."""

    line: bool = False
    url: str = ""
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    planned: list[Reply] = field(default_factory=list)
    taken: dict[str, bytes] = field(default_factory=dict)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """What was asked, read."""
        return [json.loads(body) for _, _, body in self.asked]

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """Decide on one request."""
        self.asked.append((path, headers, body))
        if self.planned:
            return self.planned.pop(0)
        return self._line(path, headers, body) if self.line else self._sms(headers, body)

    def _sms(self, headers: dict[str, str], body: bytes) -> Reply:
        key = headers["idempotency-key"]
        if key in self.taken:
            return 409, {}, {"error": "duplicate"}
        self.taken[key] = body
        return 202, {}, {"status": "queued"}

    def _line(self, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """As https://developers.line.biz/en/reference/messaging-api/#send-push-message has it."""
        assert path == "/v2/bot/message/push"
        if headers.get("authorization") != "Bearer right":
            return 401, {}, {"message": "Authentication failed. Confirm that the access token is valid."}
        content, key = json.loads(body), str(UUID(headers["x-line-retry-key"]))
        if not content["to"].startswith("U") or len(content["to"]) != 33:
            return 400, {}, {"message": "The property, 'to', in the request body is invalid (line: -, column: -)"}
        for message in content["messages"]:
            assert set(message) == {"type", "text"}
            assert 0 < len(message["text"].encode("utf-16-le")) // 2 <= 5000
        if key in self.taken:
            accepted = {"X-Line-Accepted-Request-Id": "a-1"}
            return 409, accepted, {"message": "The retry key is already accepted", "sentMessages": [{"id": "1"}]}
        self.taken[key] = body
        return 200, {"X-Line-Request-Id": "a-1"}, {"sentMessages": [{"id": "1", "quoteToken": "q"}]}


@contextmanager
def running_gateway(*, line: bool = False) -> Iterator[Gateway]:
    """A gateway on a free port of this machine."""
    gateway = Gateway(line)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, headers, content = gateway.answer(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            text = json.dumps(content).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(text))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *about: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gateway.url = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
