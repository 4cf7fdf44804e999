"""POST /desk/cases/<id>/approve and /send-back: passing a proposal on, deciding, or giving it back."""

from typing import Any, Literal

from flask import Response, request

from engine.lifecycle import Status
from engine.words import say
from payments.cases import approve
from procedures.decisions import send_back
from web.access import MAY, policy, require_fresh_staff
from web.context import current_actor, language, now, writing
from web.desk.frame import blueprint, to_case
from web.desk.pages.conflicts import REFUSALS, told
from web.desk.views.case import case_answer
from web.desk.views.conflict import conflict_answer
from web.forms.plain_text import plain_lines

LONGEST_NOTE = 1_000


@blueprint.post("/desk/cases/<application_id>/approve")
@policy(MAY("case.endorse"))
def approve_proposal(application_id: str) -> Response:
    """Pass it on or decide as proposed; told who was first, or why not, where that cannot be.

    What comes back of the papers is what this person has seen; a page without it decides on nothing but the proposal.
    """
    require_fresh_staff()
    how: dict[str, Any] = {"stage": request.form.get("stage") or None, "in_place_of": in_place_of()}
    if papers := request.form.getlist("paper"):
        how["seen"] = dict(paper.rsplit("=", 1) for paper in papers if "=" in paper)
    try:
        with writing() as session:
            done = approve(session, current_actor(), now(), application_id, request.form.get("proposal", ""), **how)
    except REFUSALS as refusal:
        return conflict_answer(application_id, told(refusal))
    return to_case(application_id, "passed_on" if done.status is Status.DECISION_PROPOSED else "decided")


@blueprint.post("/desk/cases/<application_id>/send-back")
@policy(MAY("case.endorse"))
def send_proposal_back(application_id: str) -> Response:
    """Give the case back to the clerk, or the proposal to the stage before; a note says what to change."""
    note = plain_lines(request.form.get("note", ""))
    if problem := _problem(note):
        return case_answer(application_id, 422, problems=[("#note", problem)], note=note)
    to: Literal["before", "clerk"] = "before" if request.form.get("to") == "before" else "clerk"
    how: dict[str, Any] = {"to": to, "in_place_of": in_place_of()}
    try:
        with writing() as session:
            proposal = request.form.get("proposal", "")
            status = send_back(session, current_actor(), now(), application_id, proposal, note, **how)
    except REFUSALS as refusal:
        return conflict_answer(application_id, told(refusal), note)
    return to_case(application_id, "stepped_back" if status is Status.DECISION_PROPOSED else "sent_back")


def in_place_of() -> str | None:
    """For whom this person stands in (代決); None for themselves."""
    return request.form.get("in_place_of") or None


def _problem(note: str) -> str | None:
    if not note:
        return say("desk.error_note_missing", language())
    if len(note) > LONGEST_NOTE:
        return say("desk.error_note_long", language(), length=f"{len(note):,}")
    return None
