"""A receiver of webhooks, and every way in which one can misbehave."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

LONG = 5.0


@dataclass
class Receiver:
    """What arrived. `behaviour`: a status to answer, or `silent`, `reset`, `drip` (headers) or `slow` (body)."""

    behaviour: int | str = 200
    url: str = ""
    arrived: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)

    @property
    def ids(self) -> list[str]:
        """The delivery ids, in the order in which they came."""
        return [headers["webhook-id"] for headers, _ in self.arrived]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told = {name.lower(): value for name, value in self.headers.items()}
        self.receiver.arrived.append((told, body))
        wish = self.receiver.behaviour
        self.close_connection = True
        if isinstance(wish, int):
            self._answer(wish)
        elif wish == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        elif wish == "silent":
            self.receiver.ending.wait(LONG)
        elif wish == "drip":
            self._drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 1000)
        elif wish == "slow":
            self._drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", pace=0)
            self.receiver.ending.wait(LONG)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        if status in range(300, 400):
            self.send_header("Location", self.receiver.url + "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _drip(self, octets: bytes, pace: float = 0.05) -> None:
        until = monotonic() + LONG
        for octet in octets:
            if self.receiver.ending.wait(pace) or monotonic() > until:
                return
            try:
                self.wfile.write(bytes([octet]))
            except OSError:
                return

    def log_message(self, *_: object) -> None:
        """Silent."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Who hangs up early is no trouble here."""


@contextmanager
def receiving(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """One on a free port."""
    receiver = Receiver()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"receiver": receiver}))
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    receiver.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.ending.set()
        server.shutdown()
        server.server_close()
        thread.join(LONG)
