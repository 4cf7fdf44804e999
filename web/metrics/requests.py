"""Each request gets a name for the logs and jobs, one line of the log, and is counted."""

import re
from secrets import token_hex
from time import perf_counter

import structlog
from flask import Flask, Response, g, request

from procedures import tracing
from procedures.database import Database
from web.context import services, settings
from web.metrics import counted

log = structlog.get_logger("web")
HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
NOWHERE = "none"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def begin() -> None:
    """Before all else. A proxy of ours may have named the request already; of strangers no name is taken."""
    given = request.headers.get(HEADER, "") if settings().proxies else ""
    name = given if GIVEN.fullmatch(given) else token_hex(8)
    tracing.begin(name)
    g.began = perf_counter()


def end(response: Response) -> Response:
    """When the answer stands. Logged is which page it was, never its address: that may hold somebody's words."""
    seconds = perf_counter() - g.get("began", perf_counter())
    endpoint = request.endpoint or NOWHERE
    method = request.method if request.method in METHODS else NOWHERE
    counted.requests.labels(endpoint, method, str(response.status_code)).observe(seconds)
    _count_connections(services().database)
    response.headers[HEADER] = tracing.current() or ""
    if endpoint not in QUIET:
        took = round(seconds * 1000, 1)
        log.info("request", endpoint=endpoint, method=method, status=response.status_code, ms=took)
    return response


QUIET = frozenset({"static", "operator.healthy", "operator.ready", "operator.measured"})
"""Asked all the time by machines, or by each page: counted, but not worth a line each."""


def _count_connections(database: Database) -> None:
    pools = {database.reading_engine.pool: "read", database.engine.pool: "write"}  # one and the same on PostgreSQL
    for pool, name in pools.items():
        busy, idle = getattr(pool, "checkedout", None), getattr(pool, "checkedin", None)
        if busy is not None and idle is not None:
            counted.connections.labels(name, "busy").set(busy())
            counted.connections.labels(name, "idle").set(idle())


def install(app: Flask) -> None:
    """Before and after everything else: to be called before any other hook is registered."""
    app.before_request(begin)
    app.after_request(end)
