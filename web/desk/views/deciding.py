"""POST /desk/cases/<id>/decide: approving a proposal or sending it back."""

from flask import Response, request

from engine.words import say
from payments.cases import approve
from procedures.decisions import send_back
from web.access import MAY, policy
from web.context import current_actor, language, now, writing
from web.desk.frame import blueprint, to_case
from web.desk.pages.conflicts import REFUSALS, told
from web.desk.views.case import case_answer
from web.desk.views.conflict import conflict_answer
from web.forms.plain_text import plain_lines

LONGEST_NOTE = 1_000


@blueprint.post("/desk/cases/<application_id>/approve")
@policy(MAY("case.decide"))
def approve_proposal(application_id: str) -> Response:
    """Decide as proposed. Told by whom and when, if that was done already; told why, if it was one's own proposal."""
    try:
        with writing() as session:
            approve(session, current_actor(), now(), application_id, request.form.get("proposal", ""))
    except REFUSALS as refusal:
        return conflict_answer(application_id, told(refusal))
    return to_case(application_id, "decided")


@blueprint.post("/desk/cases/<application_id>/send-back")
@policy(MAY("case.decide"))
def send_proposal_back(application_id: str) -> Response:
    """Give the case back to the clerk; a note says what to change."""
    note = plain_lines(request.form.get("note", ""))
    if problem := _problem(note):
        return case_answer(application_id, 422, problems=[("#note", problem)], note=note)
    try:
        with writing() as session:
            send_back(session, current_actor(), now(), application_id, request.form.get("proposal", ""), note)
    except REFUSALS as refusal:
        return conflict_answer(application_id, told(refusal), note)
    return to_case(application_id, "sent_back")


def _problem(note: str) -> str | None:
    if not note:
        return say("desk.error_note_missing", language())
    if len(note) > LONGEST_NOTE:
        return say("desk.error_note_long", language(), length=f"{len(note):,}")
    return None
