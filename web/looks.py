"""Every look of staff at somebody's case: gathered while a page is made, written down before it is sent.

The request of a GET writes nothing in its own transaction; what was shown is written in one of its own once the answer
stands. Where that cannot be written, the answer is not sent: nobody sees personal data without a row that says so, and
a process that dies in between has shown nothing. The opposite is possible, a row about a page whose way to the reader
was cut off.
"""

from collections.abc import Iterable

import structlog
from flask import Response, g
from sqlalchemy.exc import DBAPIError

from procedures import looking
from procedures.actors import Actor
from procedures.looking import Seen
from web.context import now, services

log = structlog.get_logger("looks")


def record(actor: Actor, application_id: str, what: str, object_id: str | None = None) -> None:
    """Note that `actor` was shown `what` (case, attachment, certificate, charge) of a case."""
    log.info("look", actor=actor.key, application=application_id, what=what, object=object_id)
    g.setdefault("looks", []).append((actor, Seen(application_id, what, object_id)))


def record_all(actor: Actor, application_ids: Iterable[str], what: str) -> None:
    """Note a list that showed `what` of several cases: a row for each, so that it is found by the case."""
    for application_id in application_ids:
        record(actor, application_id, what)


class NotRecorded(Exception):
    """What was shown could not be written down."""


def write_looks(response: Response) -> None:
    """Write what this request showed. Raises `NotRecorded`; nothing is written of an answer that is an error."""
    noted = g.pop("looks", [])
    if not noted or response.status_code >= 500:  # noqa: PLR2004 - the class of our own faults
        return
    actor = noted[0][0]
    try:
        with services().database.write() as session:
            looking.record_all(session, actor, now(), [seen for _, seen in noted])
    except DBAPIError as error:
        log.warning("looks_not_written", reason=type(error).__name__)
        response.close()
        raise NotRecorded from error
