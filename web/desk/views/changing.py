"""/desk/cases/<id>/revoke, /reopen and /change/…: what happens to a case that was decided, by two people."""

from flask import Response, request

from engine.lifecycle import Event, Who, events_from
from payments.cases import confirm_change
from procedures.cases import CaseView
from procedures.decisions import Change, drop, propose_reopening, propose_revocation
from web.access import MAY, policy, require_fresh_staff
from web.context import current_actor, language, now, today, writing
from web.desk.forms.change import ChangeForm, read_change
from web.desk.frame import blueprint, show, to_case
from web.desk.pages.case import open_proposal
from web.desk.pages.conflicts import REFUSALS, STALE, told
from web.desk.views.conflict import conflict_answer
from web.desk.views.opening import opened

CASE = "/desk/cases/<application_id>"


@blueprint.get(CASE + "/<any(revoke, reopen):change>")
@policy(MAY("case.propose_change"))
def show_change(application_id: str, change: Change) -> Response:
    """The empty form; where the case went on meanwhile, what became of it."""
    case = opened(application_id)
    if possible(case) != change or open_proposal(case):
        return conflict_answer(application_id, STALE)
    return _form(case, ChangeForm(change))


@blueprint.post(CASE + "/<any(revoke, reopen):change>")
@policy(MAY("case.propose_change"))
def take_change(application_id: str, change: Change) -> Response:
    """Propose it; an approver confirms. What was typed survives a mistake."""
    form, case = read_change(change, request.form), opened(application_id)
    if problems := form.problems(case.procedure, language(), today()):
        return _form(case, form, 422, problems=problems)
    try:
        with writing() as session:
            if change == "revoke":
                words = (form.codes, form.text, form.hearing)
                propose_revocation(session, current_actor(), now(), application_id, *words)
            else:
                propose_reopening(session, current_actor(), now(), application_id, form.text)
    except REFUSALS as refusal:
        return conflict_answer(application_id, told(refusal), form.text)
    return to_case(application_id, "change_proposed")


@blueprint.post(CASE + "/change/confirm")
@policy(MAY("case.decide"))
def confirm_proposed_change(application_id: str) -> Response:
    """Do what was proposed, by somebody else than who proposed it."""
    require_fresh_staff()
    try:
        with writing() as session:
            confirm_change(session, current_actor(), now(), application_id, request.form.get("proposal", ""))
    except REFUSALS as refusal:
        return conflict_answer(application_id, told(refusal))
    return to_case(application_id, "change_done")


@blueprint.post(CASE + "/change/drop")
@policy(MAY("case.propose_change"))
def drop_proposed_change(application_id: str) -> Response:
    """Let it go: an approver, or who proposed it."""
    try:
        with writing() as session:
            drop(session, current_actor(), now(), application_id, request.form.get("proposal", ""), "")
    except REFUSALS as refusal:
        return conflict_answer(application_id, told(refusal))
    return to_case(application_id, "change_dropped")


def possible(case: CaseView) -> Change | None:
    """What can be proposed of a case where it stands."""
    events = events_from(case.status, Who.APPROVER)
    if Event.REVOKE in events and case.procedure.review is not None:
        return "revoke"
    return "reopen" if Event.REOPEN in events else None


def _form(
    case: CaseView, form: ChangeForm, status: int = 200, *, problems: list[tuple[str, str]] | None = None
) -> Response:
    return show("change.html", status, case=case, form=form, problems=problems or [])
