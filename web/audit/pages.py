"""GET /audit: who looked at which personal data, by case and by person."""

from urllib.parse import urlencode

from flask import Response, redirect, request

from engine.digits import LARGEST, whole
from procedures.looking import looks
from procedures.looking.reading import A_PAGE
from web.access import MAY, policy
from web.audit.frame import blueprint, show
from web.context import current_actor, reading

LONGEST = 120  # characters of what is searched for


@blueprint.get("/audit")
@policy(MAY("look.read"))
def overview() -> Response:
    """The auditor's pages begin with the looks."""
    return redirect("/audit/looks", 302)


@blueprint.get("/audit/looks")
@policy(MAY("look.read"))
def show_looks() -> Response:
    """The newest first; narrowed to a case (its number) or a person (a name, or the key that the log has)."""
    case, person = (request.args.get(name, "").strip()[:LONGEST] for name in ("case", "person"))
    with reading() as session:
        found = looks(session, current_actor(), case=case, person=person, before=_before())
    rows = found[:A_PAGE]
    further = urlencode({"case": case, "person": person, "before": rows[-1].seq}) if len(found) > A_PAGE else ""
    return show("looks.html", rows=rows, case=case, person=person, further=further)


def _before() -> int | None:
    """Where the page before ended; None for anything that is no number."""
    return whole(request.args.get("before", ""), LARGEST)
