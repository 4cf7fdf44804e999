"""/desk/cases/<id>/examination/<stage>: what staff fill in and tick off, saved; or shown again with what was typed."""

from dataclasses import replace

from flask import Response, request

from engine.words import say
from procedures.cases import CaseView
from procedures.errors import NotComplete, NotFound
from procedures.examining.entries import Record, record_of
from procedures.examining.saving import StageClosed, WrittenMeanwhile, save
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, writing
from web.desk.frame import READER, blueprint, show, to_case
from web.desk.pages.conflicts import Told
from web.desk.pages.examination import Desk, Difference, again, clashes_in_words, desks
from web.desk.pages.examination import read as read_form
from web.desk.views.conflict import conflict_answer
from web.desk.views.opening import opened

HERE = "/desk/cases/<application_id>/examination/<stage_id>"


@blueprint.get(HERE)
@policy(READER)
def show_examination(application_id: str, stage_id: str) -> Response:
    """One stage as a page of its own."""
    case = opened(application_id)
    return _form(case, _desk(case, _record(case), stage_id))


@blueprint.post(HERE)
@policy(MAY("case.fill_in"))
def take_examination(application_id: str, stage_id: str) -> Response:
    """Save what changed. Wrong input comes back as it was typed; what a colleague changed too, with both values."""
    case = opened(application_id)
    record = _record(case)
    desk = _desk(case, record, stage_id)
    sent = read_form(case, desk.stage, record, request.form, now())
    if sent.failures:
        return _form(case, again(desk, sent, language()), 422)
    try:
        with writing() as session:
            save(session, current_actor(), now(), application_id, stage_id, sent.typed)
    except WrittenMeanwhile as clash:
        fresh = _desk(case, _record(case), stage_id)
        yes, no = (say(f"desk.examination_{word}", language()) for word in ("ticked", "not_ticked"))
        both = clashes_in_words(fresh, clash.clashes, yes, no, language())
        return _form(case, again(fresh, sent, language()), 409, both)
    except NotComplete as refused:
        return _form(case, again(desk, replace(sent, failures=refused.failures), language()), 422)
    except StageClosed as closed:
        return conflict_answer(application_id, Told("desk.not_possible", status=closed.status), _typed())
    return to_case(application_id, "examination_saved")


def _typed() -> str:
    """What was typed, to be copied from the page that says that it came too late."""
    return "\n".join(text for name in request.form if name.startswith("record.") for text in request.form.getlist(name))


def _record(case: CaseView) -> Record:
    with reading() as session:
        return record_of(session, case.application_id, case.round)


def _desk(case: CaseView, record: Record, stage_id: str) -> Desk:
    found = desks(case, record, current_actor(), now(), language())
    desk = next((one for one in found if one.stage.id == stage_id), None)
    if desk is None:
        raise NotFound(case.application_id)
    return desk


def _form(case: CaseView, desk: Desk, status: int = 200, both: tuple[Difference, ...] = ()) -> Response:
    return show("examination.html", status, case=case, desk=desk, problems=desk.mistakes.summary, both=both)
