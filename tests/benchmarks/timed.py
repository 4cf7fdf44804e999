"""The website served as `tetsuzuki serve` does, with the time that each answer took in the application in a header."""

import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

HEADER = "server-timing"


def create_app() -> Callable[..., Iterable[bytes]]:
    """The application, with `Server-Timing: app;dur=` in milliseconds: from the first line of ours to the last."""
    from web import create_app as create

    application = create()

    def timed(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began = time.perf_counter()

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            took = (time.perf_counter() - began) * 1000
            return start_response(status, [*headers, (HEADER, f"app;dur={took:.2f}")], *rest)

        return application(environ, start)

    return timed


def main(port: int) -> None:
    """Two workers of one thread."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "tests.benchmarks.timed:create_app",
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
