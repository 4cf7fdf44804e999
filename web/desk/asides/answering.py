"""/desk/opinions: what other offices ask; reading such a case, which changes nothing of it, and answering."""

from flask import Response, redirect, request

from engine.words import say
from procedures.asides import opinions
from procedures.asides.opinions import OpinionClosed
from procedures.asides.reading import Opinion, to_answer, waiting
from procedures.attachments import open_for_reading
from procedures.cases import CaseView, view_for_opinion
from procedures.days import tokyo_day
from procedures.errors import MessageRefused
from procedures.library import by_digest
from web import looks
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, services, settings, today, writing
from web.desk.frame import blueprint, show
from web.desk.pages.answers import sections
from web.desk.panels import Look
from web.desk.panels.attachments import Viewer
from web.desk.panels.attachments import read as viewer_of
from web.files import sandboxed
from web.forms.plain_text import plain_lines

HERE = "/desk/opinions"


@blueprint.get(HERE)
@policy(MAY("opinion.answer"))
def show_opinions() -> Response:
    """What waits for an answer of this person's offices."""
    with reading() as session:
        found = waiting(session, current_actor())
        titles = {one.digest: by_digest(session, one.digest).title for one in found}
    done = "desk.opinion_given" if request.args.get("done") == "opinion_given" else None
    return show("opinions.html", waiting=found, titles=titles, today=today(), done=done)


@blueprint.get(HERE + "/<opinion_id>")
@policy(MAY("opinion.answer"))
def show_opinion(opinion_id: str) -> Response:
    """The question with the answers and files of the case, to be read while the question is open."""
    return _page(opinion_id)


@blueprint.post(HERE + "/<opinion_id>")
@policy(MAY("opinion.answer"))
def take_opinion(opinion_id: str) -> Response:
    """Answer; what does not do comes back as it was typed."""
    text = plain_lines(request.form.get("text", ""))
    try:
        with writing() as session:
            opinions.answer(session, current_actor(), now(), opinion_id, text)
    except MessageRefused as refused:
        words = say(
            f"desk.note_wrong_{refused.what}", language(), length=f"{len(text):,}", most=f"{opinions.LONGEST:,}"
        )
        return _page(opinion_id, 422, text, [("#text", words)])
    except OpinionClosed:
        return show("opinion_closed.html", 409, kept=text)
    return redirect(f"{HERE}?done=opinion_given", 303)


@blueprint.get(HERE + "/<opinion_id>/attachments/<attachment_id>")
@policy(MAY("opinion.answer"))
def show_file_for_opinion(opinion_id: str, attachment_id: str) -> Response:
    """A file of the case, shut off as everywhere; with `?save` as a download."""
    actor = current_actor()
    with reading() as session:
        _, application_id = to_answer(session, actor, opinion_id)
        opened = open_for_reading(session, services().blobs, application_id, attachment_id)
    looks.record(actor, application_id, "attachment", attachment_id)
    return sandboxed(opened, save="save" in request.args)


def _page(
    opinion_id: str, status: int = 200, typed: str = "", problems: list[tuple[str, str]] | None = None
) -> Response:
    actor = current_actor()
    with reading() as session:
        asked, application_id = to_answer(session, actor, opinion_id)
        case = view_for_opinion(session, application_id)
        viewer = viewer_of(session, Look(case, actor, now(), language(), settings(), request.args))
    looks.record(actor, application_id, "case")
    return _drawn(asked, case, viewer, status, typed, problems or [])


def _drawn(
    asked: Opinion, case: CaseView, viewer: Viewer, status: int, typed: str, problems: list[tuple[str, str]]
) -> Response:
    submitted_on = tokyo_day(case.submitted_at)
    return show(
        "opinion.html",
        status,
        asked=asked,
        case=case,
        page={"sections": sections(case.procedure, case.answers, case.files, language(), submitted_on)},
        panels={"attachments": viewer},
        today=today(),
        typed=typed,
        problems=problems,
    )
