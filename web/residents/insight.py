"""What pages tell the counts: shown, answered, refused, how long. Which person it was is not told."""

import re
from collections.abc import Iterable
from contextlib import suppress

import structlog
from flask import request
from sqlalchemy.exc import DBAPIError

from engine.model import Procedure
from engine.validation import Failure
from procedures.insight import counting
from procedures.insight.durations import bucket_of
from procedures.insight.measures import Happening, Measure
from web.context import language, now, services, today

log = structlog.get_logger("insight")

DRAWN = "page:drawn"  # the hidden input with the second in which a page was first drawn
SCRIPT = "page:script"  # the hidden input that site.js fills in
TABLET = re.compile(r"iPad|Tablet|Silk|Android(?!.*Mobile)")
PHONE = re.compile(r"Mobi|iPhone|Android")


def device() -> str:
    """phone, tablet or computer, as the browser names itself; nothing finer is looked at."""
    agent = request.headers.get("User-Agent", "")
    if TABLET.search(agent):
        return "tablet"
    return "phone" if PHONE.search(agent) else "computer"


def count(procedure: Procedure, measure: Measure, page: str = "", detail: str = "") -> None:
    """Count one thing of this request."""
    services().counts.add(Happening.of(procedure, today(), measure, page, detail))


def started(procedure: Procedure) -> None:
    """Somebody began."""
    count(procedure, Measure.STARTED, detail=device())
    count(procedure, Measure.LANGUAGE, detail=language())


def answered(procedure: Procedure, page: str, *, first: bool) -> None:
    """A page was answered and is saved; `first`: for the first time in this draft."""
    if first:
        count(procedure, Measure.ANSWERED, page)
    if not request.form.get(SCRIPT):
        count(procedure, Measure.WITHOUT_SCRIPT, page)
    bucket = bucket_of(now().timestamp() - drawn())
    if bucket is not None:
        count(procedure, Measure.SECONDS, page, str(bucket))


def refused(procedure: Procedure, page: str, failures: Iterable[Failure]) -> None:
    """A page came back: which questions, and by which rule; never what was typed."""
    count(procedure, Measure.REFUSED, page)
    for mistake in {f"{_question(failure)} {failure.key}" for failure in failures}:
        count(procedure, Measure.MISTAKE, page, mistake)


def _question(failure: Failure) -> str:
    return ".".join(str(part) for part in failure.path if not isinstance(part, int))


def drawn() -> float:
    """When the page that was sent, or the one now drawn, was first drawn: its mistakes count to its time."""
    with suppress(ValueError):
        return float(request.form.get(DRAWN, ""))
    return int(now().timestamp())


def write_if_due() -> None:
    """Write what waits, every few seconds, at the end of a request. What cannot be written now waits on."""
    counts, moment = services().counts, now()
    if not counts.due(moment):
        return
    taken = counts.take(moment)
    try:
        with services().database.write() as session:
            counting.write(session, taken)
    except DBAPIError as error:
        counts.put_back(taken)
        log.warning("counts_not_written", reason=type(error).__name__)
