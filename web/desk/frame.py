"""What every page of the desk shares: its blueprint, who may use it, how it is drawn."""

from flask import Blueprint, Response, make_response, redirect, render_template, request

from engine.words import say
from procedures.authority import may_somewhere
from procedures.models import new_id
from web.access import MAY
from web.context import current_actor, language
from web.desk.pages.applicant import granted_at

blueprint = Blueprint("desk", __name__)

READER = MAY("case.read")
"""Who sees what only shows. What does something says what: `MAY("case.claim")`."""

# What a redirect may say was done; anything else in the address is ignored.
DONE = {
    "claimed": "desk.claimed",
    "proposed": "desk.proposed",
    "decided": "desk.decided",
    "sent_back": "desk.sent_back",
    "passed_on": "desk.passed_on",
    "stepped_back": "desk.stepped_back",
    "change_proposed": "desk.change_proposed",
    "change_done": "desk.change_done",
    "change_dropped": "desk.change_dropped",
    "correction_requested": "desk.correction_requested",
    "correction_taken_back": "desk.correction_taken_back",
    "correction_extended": "desk.correction_extended",
    "examination_saved": "desk.examination_saved",
    "note_written": "desk.note_written",
    "opinion_asked": "desk.opinion_asked_done",
    "opinion_taken_back": "desk.opinion_taken_back_done",
    "message_sent": "desk.message_sent",
    "message_settled": "desk.message_settled",
    "transferred": "desk.transferred",
    "handed_take_over": "desk.handed_take_over",
    "handed_give_back": "desk.handed_give_back",
    "handed_assign": "desk.handed_assign",
    "absence_entered": "desk.absence_entered",
    "absence_called_off": "desk.absence_called_off",
    "assigning_settled": "desk.assigning_settled",
    "waiver_done": "desk.waiver_done",
    "waiver_proposed": "desk.waiver_proposed",
    "waiver_sent_back": "desk.waiver_sent_back",
    **{name: f"papers.{name}" for name in ("paper_again", "paper_give_up", "paper_respelt", "paper_revoke")},
}

# Letters are shown in the applicant's language, not in the clerk's.
blueprint.add_app_template_global(say, "say_in")
blueprint.add_app_template_global(granted_at)
blueprint.add_app_template_global(new_id, "new_nonce")


# The pages of the desk: words, address, what one must be allowed to do somewhere.
AREAS = (
    ("desk.nav", "/desk", "case.read"),
    ("desk.opinions_asked", "/desk/opinions", "opinion.answer"),
    ("desk.assigning_title", "/desk/assigning", "case.read"),
    ("desk.absence_title", "/desk/absences", "absence.enter"),
    ("desk.office_nav", "/desk/office", "office.figures"),
)


def areas() -> list[tuple[str, str, bool]]:
    """The pages of the desk for this person, as the frame lists them: the word, the address, whether it is this one."""
    mine = [page for page in AREAS if may_somewhere(current_actor(), page[2])]
    return [(say(word, language()), address, request.path == address) for word, address, _ in mine]


def show(template: str, status: int = 200, **values: object) -> Response:
    """A page of the desk."""
    return make_response(render_template(f"desk/{template}", here="desk", area_nav=areas(), **values), status)


def to_case(application_id: str, done: str) -> Response:
    """Back to the case after something was done, so that reloading does it no second time."""
    return redirect(f"/desk/cases/{application_id}?done={done}", 303)


def to_queue(done: str) -> Response:
    """Back to the queue, where the case cannot be seen any more."""
    return redirect(f"/desk?done={done}", 303)


def just_done() -> str | None:
    """The key of the wording for what was just done, or None."""
    return DONE.get(request.args.get("done", ""))
