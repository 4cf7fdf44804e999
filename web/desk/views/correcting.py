"""/desk/cases/<id>/correction: marking what is to be corrected, the preview, sending; taking it back."""

from flask import Response, request

from engine.lifecycle import Event
from procedures.cases import CaseView
from procedures.corrections import requesting
from procedures.corrections.requesting import default_day, earliest_day
from procedures.errors import CorrectionRefused
from web.access import MAY, policy
from web.context import current_actor, language, now, settings, today, writing
from web.desk.forms.correction import CorrectionForm, read_correction
from web.desk.frame import blueprint, show, to_case
from web.desk.pages import corrections
from web.desk.pages.case import seen
from web.desk.pages.conflicts import REFUSALS, STALE, Told, told
from web.desk.views.conflict import conflict_answer
from web.desk.views.opening import opened, refusal_of

HERE = "/desk/cases/<application_id>/correction"


@blueprint.get(HERE)
@policy(MAY("case.request_correction"))
def show_correction_form(application_id: str) -> Response:
    """Every answer with a box to mark it."""
    case = opened(application_id)
    if refusal := refusal_of(case, Event.REQUEST_CORRECTION):
        return conflict_answer(application_id, refusal)
    return _form(case, CorrectionForm(due=default_day(case.procedure, today()).isoformat()))


@blueprint.post(HERE)
@policy(MAY("case.request_correction"))
def take_correction(application_id: str) -> Response:
    """`step` says which button was pressed: preview, change or send."""
    case = opened(application_id)
    places = {choice.key: choice.place for choice in corrections.choices(case, language())}
    form = read_correction(request.form, places)
    if refusal := refusal_of(case, Event.REQUEST_CORRECTION):
        return conflict_answer(application_id, refusal, form.words)
    if request.form.get("seen") != seen(case):
        return _form(case, form, 409, stale=STALE)
    if problems := form.problems(case.procedure, today(), language()):
        return _form(case, form, 422, problems=problems)
    match request.form.get("step"):
        case "send":
            return _send(case, form)
        case "change":
            return _form(case, form)
        case _:
            return _preview(case, form)


@blueprint.post(HERE + "/take-back")
@policy(MAY("case.request_correction"))
def take_correction_back(application_id: str) -> Response:
    """The review goes on without an answer."""
    try:
        with writing() as session:
            requesting.take_back(session, current_actor(), now(), application_id)
    except REFUSALS as refusal:
        return conflict_answer(application_id, told(refusal))
    return to_case(application_id, "correction_taken_back")


def _form(
    case: CaseView,
    form: CorrectionForm,
    status: int = 200,
    *,
    problems: list[tuple[str, str]] | None = None,
    stale: Told | None = None,
) -> Response:
    review = case.procedure.review
    return show(
        "correction.html",
        status,
        case=case,
        form=form,
        marked={one.key: one for one in form.marked},
        choices=corrections.choices(case, language()),
        reasons=review.correction.reasons if review else (),
        lapses=review is not None and review.correction.lapses,
        earliest=earliest_day(today()),
        seen=seen(case),
        problems=problems or [],
        stale=stale.words(language()) if stale else None,
    )


def _preview(case: CaseView, form: CorrectionForm) -> Response:
    choices = {choice.key: choice for choice in corrections.choices(case, case.language)}
    marks = zip(form.marked, form.marks(case.procedure, case.language), strict=True)
    return show(
        "correction_preview.html",
        case=case,
        form=form,
        marks=[(choices[one.key], mark.why) for one, mark in marks],
        mail=corrections.mail(case, form, settings()),
        due_on=corrections.last_day(form),
        seen=seen(case),
    )


def _send(case: CaseView, form: CorrectionForm) -> Response:
    marks, due_on = form.marks(case.procedure, case.language), corrections.last_day(form)
    try:
        with writing() as session:
            requesting.request(session, current_actor(), now(), case.application_id, marks, form.words, due_on)
    except REFUSALS as refusal:
        return conflict_answer(case.application_id, told(refusal), form.words)
    except CorrectionRefused:
        return _form(case, form, 422, problems=form.problems(case.procedure, today(), language()))
    return to_case(case.application_id, "correction_requested")
