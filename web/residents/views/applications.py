"""A resident's own applications: the list, one of them, withdrawing."""

from flask import redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engine.journey import walk
from engine.lifecycle import Status, TransitionRefused
from payments import cases, charges
from payments.refunds import reading as refunds
from procedures import applications, drafts, letters
from procedures.applications import OwnCase
from procedures.assigning import moves
from procedures.clock.reading import clock_of
from procedures.continuing.unfinished import pages
from procedures.corrections import working
from procedures.correspondence import reading as messages
from procedures.submitting import acceptance
from procedures.waiving.waiting import decide_by
from web.access import APPLICANT, policy
from web.context import TOKYO, current_actor, now, reading, settings, today, writing
from web.residents.filling.drafted import after, open_draft
from web.residents.filling.way import unfinished
from web.residents.once.keeping import worth_keeping
from web.residents.routes import blueprint
from web.residents.telling.effects import told
from web.residents.telling.moved import notice
from web.residents.telling.owed import owed_by
from web.residents.telling.own_list import own_list
from web.residents.telling.sharing import own_and_shared, shares
from web.residents.telling.summary import sections
from web.residents.telling.tasks import tasks
from web.residents.telling.timeline import acts_next, story

ONE = "/applications/<application_id>"
NOTHING = messages.Exchange(())


@blueprint.get("/applications")
@policy(APPLICANT)
def own_applications() -> str:
    """All of them, what waits for the resident first."""
    with reading() as session:
        rows = own_and_shared(session)
        pay_by = charges.due_days(session, (row.application_id for row in rows))
        undecided = decide_by(session, (row.application_id for row in rows))
        unread = messages.unread_by_applicant(session, current_actor())
    todo, rest = own_list(rows, pay_by, unread, undecided)
    reach = settings().gateways.any and current_actor().kind != "visitor"
    return render_template("residents/applications.html", todo=todo, rest=rest, reach=reach)


@blueprint.get(ONE)
@policy(APPLICANT)
def application(application_id: str) -> str:
    """Where it stands, what is expected next, what came of it."""
    with reading() as session:
        case = applications.view_own(session, current_actor(), application_id)
        if case.status is Status.DRAFT:
            return _draft(session, application_id)
        owed = owed_by(session, application_id, now())
        asked = case.status is Status.CORRECTION_REQUESTED
        work = working.open_request(session, current_actor(), application_id) if asked else None
        paid = [one for one in charges.for_application(session, application_id) if one.status == "paid"]
        returning = refunds.for_applicant(session, application_id)
        told = letters.letters(session, application_id) if case.decision and case.decision.appeal else ()
        exchange = messages.of_applicant(session, current_actor(), application_id) if case.round else NOTHING
        transfers = moves.transfers(session, application_id)
    return render_template(
        "residents/application.html",
        case=case,
        transfers=transfers,
        owed=owed,
        paid=paid,
        returning=returning,
        work=work,
        exchange=exchange,
        story=story(case, owed, work, exchange.messages, transfers),
        clock=clock_of(case.timeline, case.due_on, today()),
        turn="" if owed and owed.difference_alone else acts_next(case),
        sections=_submitted(case),
        letters=told,
        certificates={kind.id: kind.title for kind in case.procedure.certificates},
        today=today(),
    )


@blueprint.get(ONE + "/submitted")
@policy(APPLICANT)
def submitted(application_id: str) -> Response | str:
    """The receipt: the number, what happens next."""
    with reading() as session:
        draft = drafts.load(session, current_actor(), application_id)
        if draft.status is Status.DRAFT:
            return redirect(f"/applications/{application_id}", 303)
        case = applications.view_own(session, current_actor(), application_id)
        keep = worth_keeping(session, application_id)
    return render_template(
        "residents/submitted.html",
        case=draft,
        procedure=draft.procedure,
        due_on=case.due_on if draft.procedure.review is not None else None,
        undecided=case.undecided,
        keep=keep,
    )


@blueprint.get(ONE + "/withdraw")
@policy(APPLICANT)
def ask_to_withdraw(application_id: str) -> Response | str:
    """Whether it is really to be withdrawn."""
    with reading() as session:
        case = applications.view_own(session, current_actor(), application_id)
        paid = charges.paid_yen(session, application_id)
    if not case.may_withdraw:
        return redirect(f"/applications/{application_id}", 303)
    return render_template("residents/withdraw.html", case=case, paid=paid)


@blueprint.post(ONE + "/withdraw")
@policy(APPLICANT)
def withdraw(application_id: str) -> Response:
    """Withdraw. What has been decided meanwhile stays: the page then shows it."""
    note = request.form.get("note", "").strip()[:1000] or None
    try:
        with writing() as session:
            cases.withdraw(session, current_actor(), now(), application_id, note)
    except TransitionRefused:
        return redirect(f"/applications/{application_id}", 303)
    return redirect(f"/applications/{application_id}/withdrawn", 303)


@blueprint.get(ONE + "/withdrawn")
@policy(APPLICANT)
def withdrawn(application_id: str) -> Response | str:
    """That it is withdrawn, and what becomes of what was paid. A draft that was thrown away leaves nothing to tell."""
    with reading() as session:
        case = applications.view_own(session, current_actor(), application_id)
        paid = charges.paid_yen(session, application_id)
    if case.status is not Status.WITHDRAWN or case.round == 0:
        return redirect("/applications" if case.round == 0 else f"/applications/{application_id}", 303)
    return render_template("residents/withdrawn.html", case=case, paid=paid)


def _draft(session: Session, application_id: str) -> str:
    """A draft: the steps with what is done, until when it is kept, the way on."""
    filling = open_draft(session, application_id)
    missing = unfinished(filling.journey, filling.day)
    return render_template(
        "residents/draft.html",
        filling=filling,
        tasks=tasks(filling, pages(session, filling.id) if filling.draft.unfinished else ()),
        effects=told(filling),
        saved="saved" in request.args,
        shared=shares(session, filling),
        begun=bool(filling.draft.answers),
        onward=after(filling, missing),
        complete=missing is None and not filling.journey.stops,
        standing=acceptance.of_draft(session, filling.procedure, filling.day),
        fee=filling.fee_so_far(),
        notice=notice(filling),
    )


def _submitted(case: OwnCase) -> list[object]:
    """What was submitted, in words, as of the day it was."""
    if not case.answers or case.submitted_at is None:
        return []
    journey = walk(case.procedure, case.answers, case.submitted_at.astimezone(TOKYO).date())
    return sections(journey, {file.id: file.name for file in case.files}, None)
