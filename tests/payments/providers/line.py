"""A bad line to the provider: a proxy that loses, delays or garbles what a test names, before it arrives or after."""

import http.client
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

Fault = Literal[
    "reset before", "reset after", "silent before", "silent after", "error before", "error after", "limited",
    "page", "empty", "half", "nothing", "list", "slow",
]  # fmt: skip
BODIES = {"page": b"<html>Bad gateway</html>", "empty": b"", "nothing": b"null", "list": b"[]"}
NEVER_ARRIVES = frozenset({"reset before", "silent before", "error before", "limited"})
SILENCE = 0.4
"""Seconds; longer than the tests' patience."""


@dataclass
class Line:
    """`spoiled` are the faults to come, by method and beginning of the path; `asked` is what arrived here."""

    upstream: str
    address: str = ""
    spoiled: list[tuple[str, str, Fault]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def spoil(self, method: str, path: str, fault: Fault, times: int = 3) -> None:
        """The next so many requests like this; three are all that the SDK makes of one."""
        self.spoiled += [(method, path, fault)] * times

    def fault_of(self, method: str, path: str) -> Fault | None:
        """Used up with this."""
        with self.lock:
            self.asked.append((method, path))
            for place, (its_method, its_path, fault) in enumerate(self.spoiled):
                if its_method == method and path.startswith(its_path):
                    del self.spoiled[place]
                    return fault
        return None


class _Handler(BaseHTTPRequestHandler):
    line: Line

    def do_GET(self) -> None:
        self._pass_on()

    def do_POST(self) -> None:
        self._pass_on()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = self.line.fault_of(self.command, self.path)
        status, answer = (0, b"") if fault in NEVER_ARRIVES else self._ask(body)
        with suppress(OSError):
            self._answer(fault, status, answer)

    def _ask(self, body: bytes) -> tuple[int, bytes]:
        upstream = http.client.HTTPConnection(self.line.upstream, timeout=10)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
        upstream.request(self.command, self.path, body, headers)
        response = upstream.getresponse()
        answer = response.status, response.read()
        upstream.close()
        return answer

    def _answer(self, fault: Fault | None, status: int, answer: bytes) -> None:
        match fault:
            case "reset before" | "reset after":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
            case "silent before" | "silent after":
                time.sleep(SILENCE)
            case "error before" | "error after":
                self._send(500, b'{"error": {"type": "api_error", "message": "unknown"}}')
            case "limited":
                self._send(429, b'{"error": {"type": "invalid_request_error", "code": "rate_limit"}}')
            case "half":
                self._send(200, answer[: len(answer) // 2], length=len(answer))
            case "slow":
                self._send(status, answer[:10], length=len(answer))
                time.sleep(0.1)
                self.wfile.write(answer[10:])
            case None:
                self._send(status, answer)
            case _:
                self._send(200, BODIES[fault])

    def _send(self, status: int, body: bytes, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


@contextmanager
def bad_line(base_url: str) -> Iterator[Line]:
    """A line to the provider at this address, while the block lasts."""
    line = Line(base_url.partition("//")[2])
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"line": line}))
    line.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
