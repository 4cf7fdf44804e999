"""Running the sandbox on a local port, with its webhook sender."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from payments.sandbox.machine import Sandbox
from payments.sandbox.webhooks.sender import Sender


class _Quiet(WSGIRequestHandler):
    """No line for every request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def listen(app: Flask, port: int) -> BaseWSGIServer:
    """A server on 127.0.0.1, a thread for each request; port 0 finds a free one."""
    return make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)


@contextmanager
def running(app: Flask, port: int = 0, *, send: bool = False) -> Iterator[Sandbox]:
    """Serve in the background while the block lasts; `send` delivers webhooks by itself."""
    server = listen(app, port)
    sandbox: Sandbox = app.extensions["sandbox"]
    sandbox.base_url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=lambda: server.serve_forever(poll_interval=0.02), name="sandbox", daemon=True)
    thread.start()
    sender = Sender(sandbox, every=0.05)
    if send:
        sender.start()
    try:
        yield sandbox
    finally:
        if send:
            sender.stop()
        server.shutdown()
        thread.join()
        server.server_close()
        sandbox.store.close()
