"""Serving the local issuer: one process with threads, since its codes live in memory."""

import logging
import signal
from pathlib import Path
from threading import Thread
from types import FrameType

from werkzeug.serving import BaseWSGIServer, make_server

from web.issuer.app import create_issuer


def open_server(host: str, port: int, public_url: str, data_dir: Path) -> BaseWSGIServer:
    """The issuer bound to its port; port 0 takes a free one."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server(host, port, _starting, threaded=True)
    server.app = create_issuer(f"http://{host}:{server.port}", public_url, data_dir)
    return server


def _starting(_environ: object, start_response: object) -> list[bytes]:
    """Stands in until the port, which is part of the issuer's name, is known."""
    start_response("503 Service Unavailable", [])
    return []


def serve(host: str, port: int, public_url: str, data_dir: Path) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    server = open_server(host, port, public_url, data_dir)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        Thread(target=server.shutdown).start()  # shutdown() waits for the loop below, so not in its own thread

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server.serve_forever()
    server.server_close()
