"""A step's own page."""

from werkzeug.wrappers import Response

from web.access import APPLICANT, policy
from web.context import language
from web.residents.filling.answering import answer, ask
from web.residents.filling.drafted import Elsewhere, Filling, step_of
from web.residents.filling.sheets import StepSheet
from web.residents.filling.way import Page
from web.residents.routes import blueprint

ADDRESS = "/applications/<application_id>/steps/<step_id>"


@blueprint.get(ADDRESS)
@policy(APPLICANT)
def step(application_id: str, step_id: str) -> Response:
    """The questions of a step with what is saved."""
    return ask(application_id, lambda filling: step_sheet(filling, step_id))


@blueprint.post(ADDRESS)
@policy(APPLICANT)
def answer_step(application_id: str, step_id: str) -> Response:
    """Save what was answered and go on."""
    return answer(application_id, lambda filling: step_sheet(filling, step_id))


def step_sheet(filling: Filling, step_id: str) -> StepSheet:
    """The sheet of the step. Raises 404 for an unknown one, `Elsewhere` for one off the path or with lists only."""
    place = step_of(filling.procedure, step_id)
    filling.require(place)
    if place.lists and not any(field.id in filling.journey.shown for field in place.plain_fields):
        first = place.lists[0]
        raise Elsewhere(Page(place, first, (first.id,)).address(filling.id))
    return StepSheet(filling, place, language())
