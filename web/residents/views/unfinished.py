"""Typed text of a page, kept while somebody writes; or thrown away on request."""

from flask import Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from procedures.continuing import unfinished
from procedures.continuing.unfinished import TooMuchTyped, TypedElsewhere
from procedures.errors import AlreadySubmitted, NotFound
from web.access import APPLICANT, policy
from web.context import TOKYO, now, visit, writing
from web.forms.seen import digest
from web.residents.filling import unsent
from web.residents.filling.answering import SheetOf
from web.residents.filling.drafted import Elsewhere, open_draft
from web.residents.filling.returning import tail
from web.residents.routes import blueprint
from web.residents.views.items import item_sheet
from web.residents.views.steps import step_sheet

STEP = "/applications/<application_id>/unfinished/<step_id>"
ITEM = STEP + "/<list:place>/<int(min=1):number>"


@blueprint.post(STEP)
@policy(APPLICANT)
def keep_step(application_id: str, step_id: str) -> AnyResponse:
    """The text of a step's own page."""
    return _answer(application_id, lambda filling: step_sheet(filling, step_id))


@blueprint.post(ITEM)
@policy(APPLICANT)
def keep_item(application_id: str, step_id: str, place: str, number: int) -> AnyResponse:
    """The text of one item of a list."""
    return _answer(application_id, lambda filling: item_sheet(filling, step_id, place, number))


def _answer(application_id: str, sheet_of: SheetOf) -> AnyResponse:
    """JSON for the page that is being written: `version` and `at` (the time in Tokyo), or why it is not kept.

    409 `stale`: the page was saved meanwhile, or another window keeps text of it; 410: it is no draft, or the page is
    not asked, any more; 401: the sign-in ended; 404: not here for this person; 413: too much.
    """
    if "drop" in request.form:
        return _drop(application_id, sheet_of)
    try:
        return _keep(application_id, sheet_of)
    except TypedElsewhere:
        return _refused("stale", 409)
    except TooMuchTyped:
        return _refused("long", 413)
    except (Elsewhere, AlreadySubmitted):
        return _refused("gone", 410)
    except NotFound:
        ended = visit().session_token and visit().signed_in is None
        return _refused("session", 401) if ended else _refused("gone", 404)


def _keep(application_id: str, sheet_of: SheetOf) -> Response:
    with writing() as session:
        filling = open_draft(session, application_id)
        sheet = sheet_of(filling)
        if request.form.get("seen") != digest(sheet.saved(filling)):
            return _refused("stale", 409)
        version = unsent.keep(session, filling, sheet, sheet.form.carrier(request.form).texts())
    return jsonify(version=version, at=f"{now().astimezone(TOKYO):%H:%M}")


def _refused(why: str, code: int) -> Response:
    answer = jsonify(why=why)
    answer.status_code = code
    return answer


def _drop(application_id: str, sheet_of: SheetOf) -> AnyResponse:
    """Back to what is saved."""
    with writing() as session:
        filling = open_draft(session, application_id)
        sheet = sheet_of(filling)
        unfinished.drop(session, filling.id, unsent.key_of(filling, sheet))
    return redirect(sheet.address(filling) + tail(), 303)
