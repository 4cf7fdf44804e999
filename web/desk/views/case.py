"""GET /desk/cases/<id>: one case."""

from flask import Response, request

from procedures.cases import view
from procedures.corrections.reading import history
from procedures.correspondence import reading as messages
from web import looks
from web.access import policy
from web.context import current_actor, language, now, reading, settings
from web.desk.frame import READER, blueprint, just_done, show
from web.desk.pages.case import case_page
from web.desk.pages.conflicts import STALE
from web.desk.panels import Look, facts_of
from web.desk.views.conflict import conflict_answer
from web.desk.views.messages import read_exchange


@blueprint.get("/desk/cases/<application_id>")
@policy(READER)
def show_case(application_id: str) -> Response:
    """The case with what this person can do next. 404 for a missing one and another office's alike."""
    return case_answer(application_id, done=just_done())


def case_answer(
    application_id: str,
    status: int = 200,
    *,
    done: str | None = None,
    problems: list[tuple[str, str]] | None = None,
    note: str = "",
) -> Response:
    """The page of a case, also when an approver's form came back with `problems` and the `note` they wrote.

    Where there is nothing to decide any more, the problems have no question to stand at, and the case says so itself.
    """
    actor = current_actor()
    with reading() as session:
        case = view(session, actor, application_id)
        requests = history(session, application_id, case.procedure)
        exchange = messages.of_office(session, actor, application_id)
        panels = facts_of(session, Look(case, actor, now(), language(), settings(), request.args))
    looks.record(actor, application_id, "case")
    read_exchange(application_id, exchange)
    page = case_page(case, actor, requests, language=language(), now=now(), settings=settings())
    if problems and not (panels["route"] and panels["route"].open):
        return conflict_answer(application_id, STALE, note)
    return show(
        "case.html",
        status,
        page=page,
        panels=panels,
        moment=now(),
        exchange=exchange,
        done=done,
        problems=problems or [],
        note_text=note,
    )
