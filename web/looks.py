"""Every look of staff at somebody's case, in the structured log.

A GET writes nothing to the database, so a look is a log line and no link of the audit chain: who (the person's id), at
which case (its id), at what. Ids only, no name and no value. Changes to a case are in the audit log.
"""

from collections.abc import Iterable

import structlog

from procedures.actors import Actor

log = structlog.get_logger("looks")


def record(actor: Actor, application_id: str, what: str, object_id: str | None = None) -> None:
    """Note that `actor` was shown `what` (case, attachment, certificate, charge) of a case."""
    log.info("look", actor=actor.key, application=application_id, what=what, object=object_id)


def record_all(actor: Actor, application_ids: Iterable[str], what: str) -> None:
    """Note a list that showed `what` of several cases: one line for each, so that it is found by the case."""
    for application_id in application_ids:
        record(actor, application_id, what)
