"""Where the way ends: why, what to do instead, and back to the answer that decided it."""

from flask import redirect, render_template
from werkzeug.wrappers import Response

from engine.model import Stop
from engine.model.watched import fields_of
from web.access import APPLICANT, policy
from web.context import reading
from web.forms.naming import anchor_of
from web.residents.filling.drafted import Filling, open_draft
from web.residents.filling.way import pages_of
from web.residents.routes import blueprint


@blueprint.get("/applications/<application_id>/stopped")
@policy(APPLICANT)
def stopped(application_id: str) -> Response | str:
    """The stops that hold; where none does (any more), the application."""
    with reading() as session:
        filling = open_draft(session, application_id)
    if not filling.journey.stops:
        return redirect(f"/applications/{application_id}", 303)
    change = deciding_question(filling, filling.journey.stops[0])
    return render_template("residents/stopped.html", filling=filling, change=change)


def deciding_question(filling: Filling, stop: Stop) -> str:
    """The address of the last question on the way that the stop speaks of; of the last page, where it names none."""
    spoken_of = fields_of(stop.when, filling.procedure.named)
    pages = pages_of(filling.journey)
    for page in reversed(pages):
        for field in reversed(page.fields):
            if field.id in spoken_of and field.id in filling.journey.answers:
                address = page.address(filling.id)
                return address if page.list else f"{address}#{anchor_of(field.id)}"
    return pages[-1].address(filling.id)
