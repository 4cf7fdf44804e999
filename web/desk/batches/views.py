"""POST /desk/batch/<kind>: choosing; /desk/batches/<id>: confirming, watching, reading what became of each case."""

from collections.abc import Sequence

import structlog
from flask import Response, redirect, request
from sqlalchemy.exc import DBAPIError

from engine.words import say
from procedures.batches import preparing, reading, running
from procedures.batches.preparing import BatchRefused
from web import looks
from web.access import MAY, policy, require_fresh_staff
from web.context import current_actor, language, now, services, today, writing
from web.context import reading as reading_session
from web.desk.batches.forms import BatchForm, read_form, ready_messages
from web.desk.batches.kinds import KINDS, kind_named
from web.desk.batches.pages import away, groups, outcomes, people_for
from web.desk.frame import blueprint, show
from web.logs import log_failure

HERE = "/desk/batches/<batch_id>"

log = structlog.get_logger("batches")


@blueprint.post("/desk/batch/<kind>")
@policy(MAY("case.batch"))
def begin_batch(kind: str) -> Response:
    """Keep what was chosen in the queue (`case`, repeated). What needs no more is done; the rest is asked for."""
    chosen, actor = kind_named(kind), current_actor()
    try:
        with writing() as session:
            nonce = request.form.get("once", "")
            batch_id = preparing.prepare(session, actor, now(), chosen, request.form.getlist("case"), nonce)
            begun = preparing.confirm(session, actor, now(), batch_id, {}) if chosen.at_once else None
    except BatchRefused as refused:
        words = say(f"desk.batch_refused_{refused.what}", language(), count=refused.count, most=preparing.MOST)
        return show("batch/refused.html", 422, words=words)
    _go_on(batch_id, begun)
    return redirect(f"/desk/batches/{batch_id}", 303)


@blueprint.get(HERE)
@policy(MAY("case.batch"))
def show_batch(batch_id: str) -> Response:
    """What it is going to do, how far it is, or what became of it."""
    with reading_session() as session:
        view = reading.view(session, current_actor(), batch_id)
    if view.state == "prepared":
        return _form(view, BatchForm())
    return show("batch/result.html", batch=view, outcomes=outcomes(view, language()))


@blueprint.post(HERE)
@policy(MAY("case.batch"))
def confirm_batch(batch_id: str) -> Response:
    """Let it begin. A second press finds that it has begun, and changes nothing."""
    actor, form = current_actor(), read_form(request.form)
    with reading_session() as session:
        view = reading.view(session, actor, batch_id)
        people = people_for(session, actor, view) if view.kind == "assign" else []
    if KINDS[view.kind].grave:
        require_fresh_staff()
    problems = form.problems(view, people, ready_messages(view, language()), language())
    if problems and view.state == "prepared":
        return _form(view, form, problems, 422)
    with writing() as session:
        begun = preparing.confirm(session, actor, now(), batch_id, form.details(view.kind))
    _go_on(batch_id, begun)
    return redirect(f"/desk/batches/{batch_id}", 303)


def _go_on(batch_id: str, begun: int | None) -> None:
    """Do a small batch now; a large one, and what the database does not take just now, is a worker's."""
    if begun is None or begun > preparing.AT_ONCE:
        return
    try:
        running.run(services().database, services().clock, batch_id, KINDS)
    except DBAPIError as error:
        log_failure(log, "batch_left_to_worker", error)


def _form(view: reading.View, form: BatchForm, problems: Sequence[tuple[str, str]] = (), status: int = 200) -> Response:
    actor = current_actor()
    with reading_session() as session:
        people = people_for(session, actor, view) if view.kind == "assign" else []
        absent = away(session, people, today())
    looks.record_all(actor, (line.application_id for line in view.known if line.application_id), "batch")
    return show(
        "batch/confirm.html",
        status,
        batch=view,
        form=form,
        people=people,
        absent=absent,
        ready=ready_messages(view, language()),
        groups=groups(view),
        procedures={line.procedure.digest: line.procedure for line in view.known if line.procedure is not None},
        problems=problems,
    )
