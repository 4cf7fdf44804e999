"""Asking and answering one place of a correction: shown, read, kept; or shown again with everything that was typed."""

from collections.abc import Callable, Sequence
from functools import partial

from flask import make_response, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engine.correcting import Corrected, Place, value_at
from procedures.corrections import working
from procedures.corrections.working import Working
from web.context import current_actor, language, now, reading, writing
from web.corrections.words import lines, title_of
from web.forms.mistakes import Mistakes, flat, mistakes_of
from web.forms.seen import digest
from web.residents.correcting import papers
from web.residents.correcting.papers import Papers
from web.residents.correcting.spots import Reply, Spot, address, lists_below, spot_at
from web.residents.filling.conflicts import Difference, differences
from web.residents.filling.finding import find
from web.residents.filling.replies import Texts
from web.residents.telling import components
from web.residents.uploading.speech import script_words

MULTIPART = "multipart/form-data"


def ask(application_id: str, place: Place) -> Response:
    """The question with the answer so far."""
    with reading() as session:
        work = working.open_request(session, current_actor(), application_id)
        spot = spot_at(work, place)
        form = spot.form(work, language())
        texts = form.texts_of(spot.answers(work.corrected.given))
        found = papers.listed(session, application_id, form, texts)
    return _draw(work, spot, work.corrected, texts, found)


def answer(application_id: str, place: Place) -> Response:
    """Save what was answered and go back; otherwise the page again: 422 with what to mend, 409 when it is stale."""
    received = _received(application_id, place) if request.mimetype == MULTIPART else None
    with writing() as session:
        work = working.locked_request(session, current_actor(), application_id)
        show = _decide(session, work, spot_at(work, place), received)
    return show()


def _received(application_id: str, place: Place) -> Papers:
    with reading() as session:
        work = working.open_request(session, current_actor(), application_id)
        form = spot_at(work, place).form(work, language())
    return papers.receive(application_id, form, request)


def _decide(session: Session, work: Working, spot: Spot, received: Papers | None) -> Callable[[], Response]:
    form = spot.form(work, language())
    typed = form.carrier(request.form).texts()
    files = received or papers.listed(session, work.application_id, form, typed)
    texts = {**typed, **files.texts}
    reply, saved = spot.read(work, texts), spot.answers(work.corrected.given)
    show = partial(_draw, work, spot, reply.tried, texts, files)
    if (asked := request.form.get("find_address")) and (
        found := find(asked, request.form.get(f"{asked}.found", ""), texts)
    ):
        told = mistakes_of(form.questions, (), language(), found.refused) if found.refused else None
        return partial(_draw, work, spot, reply.tried, found.texts, files, mistakes=told)
    if files.refused:
        return partial(show, mistakes=mistakes_of(form.questions, (), language(), files.refused))
    now_said = spot.answers(reply.tried.given)
    if request.form.get("seen", digest(saved)) != digest(saved) and saved != now_said:
        return partial(show, changed=differences(form, saved, now_said, language()))
    if files.pressed:
        return _stay(session, work, spot, reply) or show
    if reply.failures:
        return partial(show, mistakes=mistakes_of(form.questions, reply.failures, language()))
    working.save(session, current_actor(), now(), work.application_id, spot.place, reply.answer, work.revision)
    return partial(redirect, back_of(work, spot.place), 303)


def _stay(session: Session, work: Working, spot: Spot, reply: Reply) -> Callable[[], Response] | None:
    """After sending a file or leaving one out: kept at once where the page asks for files alone."""
    if spot.is_item or spot.field.type.control != "file":
        return None
    working.save(session, current_actor(), now(), work.application_id, spot.place, reply.answer, work.revision)
    return partial(redirect, address(work, spot.place), 303)


def back_of(work: Working, place: Place) -> str:
    """The page before that of a place: its list, or all that is to be corrected."""
    if isinstance(place[-1], int):
        return address(work, place[:-1])
    item = next((place[:length] for length in range(len(place) - 1, 0, -1) if isinstance(place[length - 1], int)), ())
    within = item and work.corrected.may_change(item)
    return address(work, item) if within else f"/applications/{work.application_id}/correction"


def _draw(
    work: Working,
    spot: Spot,
    tried: Corrected,
    texts: Texts,
    files: Papers,
    *,
    mistakes: Mistakes | None = None,
    changed: Sequence[Difference] | None = None,
) -> Response:
    form, beside = spot.form(work, language()), mistakes.beside if mistakes else {}
    asked = form.asked(lambda field: spot.shows(tried, field), lambda field: spot.offers(tried, field))
    title, title_lang = title_of(work.procedure, spot.place, language())
    page = render_template(
        "residents/correction_change.html",
        work=work,
        title=title,
        title_lang=title_lang,
        why=work.why(spot.place),
        former=_former(work, spot),
        questions=components.questions(form, asked, texts, beside, files.rows if form.files else None),
        uploads=bool(form.files),
        script_words=script_words(language()) if form.files else "",
        first=bool(form.files) or any(one.control == "address" for one in flat(asked)),
        inner=[
            (address(work, one), *title_of(work.procedure, one, language())) for one in lists_below(work, spot.place)
        ]
        if spot.is_item
        else (),
        problems=mistakes.summary if mistakes else (),
        changed=changed,
        seen=digest(spot.answers(work.corrected.given)),
        back=back_of(work, spot.place),
        action=address(work, spot.place),
    )
    return make_response(page, 422 if mistakes else 409 if changed is not None else 200)


def _former(work: Working, spot: Spot) -> tuple[str, ...]:
    """What was answered in the submission, in words; nothing for an item, whose list shows it."""
    if spot.is_item:
        return ()
    names = {file.id: file.name for file in work.before.files}
    return lines(spot.field, value_at(work.before.answers, spot.place), names, language())
