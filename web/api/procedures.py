"""The procedures of a client, and the JSON Schema of what each submits."""

from datetime import date

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engine.model import Procedure
from engine.submission_schema import submission_schema
from procedures import library
from procedures.clients.client import Client
from procedures.errors import NotFound
from procedures.library import InForce
from procedures.submitting import acceptance, audience
from web.api import reading as read
from web.api.frame import BASE, Parameter, current_client, operation, tell
from web.context import reading, today

VERSION = Parameter("version", {"type": "string", "format": "date"}, "A version by its day; without it, today's.")


@operation("GET", "/procedures", "", {200: ("Procedures", "Those that you may touch and that are in force.")})
def own_procedures() -> Response:
    """The procedures that you may touch, and whether each takes submissions today."""
    read.known_parameters()
    with reading() as session:
        found = offered(session, current_client(), today())
        told = [
            {
                "id": one.procedure.id,
                "version": one.procedure.version.isoformat(),
                "title": {code: one.procedure.title.say(code) for code in ("ja", "en")},
                "accepts": acceptance.look(session, one, today()).state,
                "schema": f"{BASE}/procedures/{one.procedure.id}/schema",
                "submit": f"{BASE}/procedures/{one.procedure.id}/submissions",
            }
            for one in found
        ]
    return tell({"procedures": told})


@operation(
    "GET",
    "/procedures/<procedure_id>/schema",
    "",
    {200: ("SubmissionSchema", "JSON Schema 2020-12.")},
    (VERSION,),
    problems=("parameter", "not_found"),
)
def schema(procedure_id: str) -> Response:
    """The JSON Schema of what a procedure submits. What no schema can say stands in `x-tetsuzuki-rules`."""
    read.known_parameters(VERSION.name)
    version = _day(read.parameter(VERSION.name))
    client = current_client()
    if not client.takes(procedure_id):
        raise NotFound(procedure_id)
    with reading() as session:
        if version is None:
            procedure = library.in_force(session, procedure_id, today()).procedure
        else:
            procedure = library.of_version(session, procedure_id, version)
    return tell(schema_of(procedure))


def offered(session: Session, client: Client, day: date) -> list[InForce]:
    """What is in force that the client may touch; what is for staff alone is not there."""
    found = library.offered(session, day)
    return [one for one in found if client.takes(one.procedure.id) and audience.is_for(one.procedure, client.actor)]


def schema_of(procedure: Procedure) -> dict[str, object]:
    """Put together once for each version: a published one never changes."""
    return _KEPT.of(procedure)


class _Kept:
    def __init__(self) -> None:
        self._known: dict[str, dict[str, object]] = {}

    def of(self, procedure: Procedure) -> dict[str, object]:
        found = self._known.get(procedure.digest)
        if found is None:
            found = self._known[procedure.digest] = submission_schema(procedure)
        return found


_KEPT = _Kept()


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise read.wrong(VERSION.name) from None
