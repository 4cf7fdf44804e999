"""/desk/cases/<id>/waivers/<request>: deciding on a reduction, proposing it, approving or sending back what is."""

from flask import Response, request

from engine.words import say
from payments.cases import approve_waiver, decide_waiver
from procedures.cases import CaseView
from procedures.errors import NotFound
from procedures.waiving.deciding import LONGEST_TEXT, propose, send_back
from web.access import MAY, policy
from web.context import current_actor, language, now, writing
from web.desk.forms.waiver import WaiverForm, read_waiver
from web.desk.frame import blueprint, show, to_case
from web.desk.pages.conflicts import REFUSALS, STALE, told
from web.desk.pages.waivers import Waiver, waivers_of
from web.desk.views.conflict import conflict_answer
from web.desk.views.opening import opened
from web.forms.plain_text import plain_lines

HERE = "/desk/cases/<application_id>/waivers/<request_id>"
MINE = frozenset({"decide", "propose"})


@blueprint.get(HERE)
@policy(MAY("waiver.propose"))
def show_waiver_form(application_id: str, request_id: str) -> Response:
    """The evidence and what may be decided; the form begins with what was proposed before."""
    case = opened(application_id)
    one = _of(case, request_id)
    if one.next not in MINE:
        return conflict_answer(application_id, STALE)
    former = WaiverForm(one.asked.percent, tuple(reason["code"] for reason in one.asked.reasons), one.asked.text)
    return _form(case, one, former)


@blueprint.post(HERE)
@policy(MAY("waiver.propose"))
def take_waiver(application_id: str, request_id: str) -> Response:
    """Decide, or propose where the spec wants two people."""
    form, case = read_waiver(request.form), opened(application_id)
    one = _of(case, request_id)
    if problems := form.problems(one.asked.waiver, language()):
        return _form(case, one, form, 422, problems=problems)
    service = decide_waiver if one.asked.people == 1 else propose
    try:
        with writing() as session:
            service(session, current_actor(), now(), application_id, request_id, form.choice)
    except REFUSALS as refusal:
        return conflict_answer(application_id, told(refusal), form.text)
    return to_case(application_id, "waiver_done" if one.asked.people == 1 else "waiver_proposed")


@blueprint.post(HERE + "/approve")
@policy(MAY("waiver.decide"))
def approve_waiver_proposal(application_id: str, request_id: str) -> Response:
    """Decide as proposed."""
    try:
        with writing() as session:
            approve_waiver(session, current_actor(), now(), application_id, request_id)
    except REFUSALS as refusal:
        return conflict_answer(application_id, told(refusal))
    return to_case(application_id, "waiver_done")


@blueprint.post(HERE + "/send-back")
@policy(MAY("waiver.decide"))
def send_waiver_back(application_id: str, request_id: str) -> Response:
    """Give it back to the clerk; a note says what to change."""
    note = plain_lines(request.form.get("note", ""))
    if not note or len(note) > LONGEST_TEXT:
        key = "desk.waiver_long" if note else "desk.error_note_missing"
        problem = say(key, language(), length=f"{len(note):,}")
        case = opened(application_id)
        return _send_back_form(case, _of(case, request_id), note, problem)
    try:
        with writing() as session:
            send_back(session, current_actor(), now(), application_id, request_id, note)
    except REFUSALS as refusal:
        return conflict_answer(application_id, told(refusal), note)
    return to_case(application_id, "waiver_sent_back")


def _of(case: CaseView, request_id: str) -> Waiver:
    """The reduction of that id; `NotFound` for another case's and a missing one alike."""
    found = next((one for one in waivers_of(case, current_actor()) if one.asked.id == request_id), None)
    if found is None:
        raise NotFound(request_id)
    return found


def _form(
    case: CaseView,
    one: Waiver,
    form: WaiverForm,
    status: int = 200,
    *,
    problems: list[tuple[str, str]] | None = None,
) -> Response:
    return show("waiver.html", status, case=case, one=one, form=form, problems=problems or [])


def _send_back_form(case: CaseView, one: Waiver, note: str, problem: str) -> Response:
    """The note again, on a page of its own, with what is wrong about it."""
    return show("waiver_back.html", 422, case=case, one=one, note=note, problems=[("#note", problem)])
