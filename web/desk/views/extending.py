"""/desk/cases/<id>/correction/extension: more time for the applicant, with why."""

from flask import Response, request

from engine.calendar import add_business_days
from procedures.cases import CaseView
from procedures.corrections import extending
from procedures.corrections.reading import history
from procedures.correspondence import reading as messages
from procedures.errors import CorrectionRefused, NoCorrection
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, today, writing
from web.desk.forms.extension import ExtensionForm, read_extension
from web.desk.frame import blueprint, show, to_case
from web.desk.pages.conflicts import REFUSALS, STALE, told
from web.desk.views.conflict import conflict_answer
from web.desk.views.opening import opened

HERE = "/desk/cases/<application_id>/correction/extension"
OFFERED = 5
"""Business days more than there were, as the form proposes."""


@blueprint.get(HERE)
@policy(MAY("case.request_correction"))
def show_extension(application_id: str) -> Response:
    """The day until which the applicant has time, and a later one to choose."""
    return _form(opened(application_id), None)


@blueprint.post(HERE)
@policy(MAY("case.request_correction"))
def take_extension(application_id: str) -> Response:
    """Grant it. What does not do is said, and stays on the page."""
    case, form = opened(application_id), read_extension(request.form)
    day = form.due_on
    try:
        if day is not None:
            with writing() as session:
                extending.extend(session, current_actor(), now(), application_id, day, form.why)
            return to_case(application_id, "correction_extended")
    except REFUSALS as refusal:
        return conflict_answer(application_id, told(refusal), form.why)
    except NoCorrection:
        return conflict_answer(application_id, STALE, form.why)
    except CorrectionRefused:
        pass
    return _form(case, form)


def _form(case: CaseView, form: ExtensionForm | None) -> Response:
    """The form, again with its problems where it was sent already."""
    with reading() as session:
        requests = history(session, case.application_id, case.procedure)
        exchange = messages.of_office(session, current_actor(), case.application_id)
    current = next((one for one in requests if one.state == "open"), None)
    if current is None:
        return conflict_answer(case.application_id, STALE, form.why if form else "")
    offered = add_business_days(max(current.due_on, today()), OFFERED).isoformat()
    return show(
        "extension.html",
        422 if form else 200,
        case=case,
        current=current,
        exchange=exchange,
        form=form or ExtensionForm(offered, ""),
        problems=form.problems(current.due_on, today(), language()) if form else [],
    )
