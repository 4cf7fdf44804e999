"""The website in several processes, as `tetsuzuki serve` starts them, with faults that a header of a test asks for."""

import sys

from flask import Flask, Response, request
from sqlalchemy import text

from web.cli.commands.serve import warm_app

FAULT = "X-Canary-Fault"


def app() -> Flask:
    """The application; `X-Canary-Fault: python | database` lets it stumble with all that was sent in its hands.

    To try whoever watches, `leak` answers with what was sent last, and `log` writes it down.
    """
    found, last = warm_app(), [""]
    database = found.extensions["tetsuzuki"].database

    @found.before_request
    def stumble() -> None:
        fault = request.headers.get(FAULT)
        if fault == "python":
            raise RuntimeError(f"{request.path} {request.values.to_dict()} {request.cookies}")
        if fault == "database":
            with database.write() as session:
                session.execute(text("INSERT INTO no_such_table VALUES (:it)"), {"it": str(request.values.to_dict())})
        if fault == "log":
            sys.stderr.write(f"{request.values.to_dict()}\n")

    @found.after_request
    def remember(response: Response) -> Response:
        if request.headers.get(FAULT) == "leak":
            return Response(last[0])
        if request.method == "POST":
            last[0] = str(request.values.to_dict())
        return response

    return found


def main() -> None:
    """`PORT WORKERS`."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    port, workers = (int(argument) for argument in sys.argv[1:3])
    Granian(
        "tests.canary.serving:app",
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
