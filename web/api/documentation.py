"""/api/v1/openapi.json, and the same as a page for people."""

from flask import Response, render_template

from engine.model import Procedure
from procedures import library
from procedures.actors import SYSTEM
from procedures.outgoing.events import EVENTS
from procedures.submitting import audience
from web.access import ANYONE, policy
from web.api.document import document
from web.api.frame import BASE, OPERATIONS, blueprint, tell
from web.api.problems import DOCUMENTATION, STATUS
from web.api.schemas import SCHEMAS
from web.context import reading, settings, today


@blueprint.get(f"{BASE}/openapi.json")
@policy(ANYONE)
def openapi() -> Response:
    """The document, of what is published today."""
    return tell(document(_published(), settings().public_url, settings().authority.name.say("en")))


@blueprint.get(DOCUMENTATION)
@policy(ANYONE)
def documentation() -> str:
    """Routes, problems and events, for people who build the other side."""
    return render_template(
        "api/docs.html",
        base=BASE,
        operations=OPERATIONS,
        procedures=_published(),
        problems=STATUS,
        events=EVENTS,
        schemas=SCHEMAS,
    )


def _published() -> list[Procedure]:
    """What anybody may submit; what is for staff alone is not there."""
    with reading() as session:
        found = [one.procedure for one in library.offered(session, today())]
    return [one for one in found if audience.is_for(one, SYSTEM)]
