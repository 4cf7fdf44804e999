"""Papers that were sent before, beside the questions that they fit, and used again at the press of a button."""

from collections.abc import Iterator, Mapping, Sequence

from flask import Request

from engine.model import Field
from engine.words import say
from procedures.attachments import Prepared
from procedures.errors import NotFound
from procedures.profiles import papers
from web.context import current_actor, language, reading, services, today
from web.forms.plain import PaperLine
from web.pages.rendering import show_date
from web.residents.filling.drafted import Filling
from web.residents.filling.sheets import Sheet


def again(filling: Filling, sheet: Sheet) -> Mapping[str, Sequence[PaperLine]]:
    """Papers by the name of the question they fit."""
    if not sheet.form.files:
        return {}
    with reading() as session:
        found = {
            name: papers.earlier(session, current_actor(), today(), asked, filling.id)
            for name, asked in sheet.form.files
        }
    return {name: [_line(one) for one in some] for name, some in found.items() if some}


def used_again(
    request: Request, application_id: str, name: str, asked: Field, refused: dict[str, list[str]]
) -> Iterator[Prepared]:
    """The copy of the paper whose button was pressed, if it stands at this question; no transaction is open."""
    question, _, paper_id = request.form.get("use_paper", "").rpartition(":")
    if question != name:
        return
    try:
        with reading() as session:
            copied = papers.copy(session, services().blobs, current_actor(), today(), asked, application_id, paper_id)
    except NotFound:
        refused.setdefault(name, []).append(say("once.papers_gone", language()))
        return
    yield copied


def _line(paper: papers.Paper) -> PaperLine:
    href = f"/applications/{paper.application_id}/attachments/{paper.id}"
    return PaperLine(paper.id, paper.name, href, say("once.papers_sent", language(), day=show_date(paper.sent_on)))
