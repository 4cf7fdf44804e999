"""Asking and answering a sheet of questions: shown, read, kept; or shown again with everything that was typed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from flask import redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engine.effects import NOTHING, Effects
from procedures import drafts
from procedures.errors import StaleDraft
from procedures.insight.measures import Measure
from web.context import current_actor, language, now, reading, writing
from web.forms.mistakes import Mistakes, mistakes_of
from web.forms.seen import digest
from web.residents import insight
from web.residents.filling import unsent
from web.residents.filling.cautions import untold
from web.residents.filling.changing import effects_of, telling
from web.residents.filling.conflicts import differences
from web.residents.filling.drafted import Filling, after, open_draft
from web.residents.filling.drawing import draw
from web.residents.filling.finding import find
from web.residents.filling.places import path_at, put_at, value_at
from web.residents.filling.replies import Reply, Texts
from web.residents.filling.returning import returning
from web.residents.filling.sheets import Sheet
from web.residents.filling.uploads import Uploads, listed, receive
from web.residents.once import sheets as once
from web.residents.once import waiting

SheetOf = Callable[[Filling], Sheet]
Answer = Callable[[], Response]  # drawn after the transaction has ended
Show = Callable[..., Response]
TRIES = 4  # somebody saving in the very same moment, four times in a row, is no person
MULTIPART = "multipart/form-data"
LATER = "go:later"  # the button of who stops here for now


def ask(application_id: str, sheet_of: SheetOf) -> Response:
    """The questions with what is saved."""
    with reading() as session:
        filling = open_draft(session, application_id)
        sheet = sheet_of(filling)
        typed = unsent.shown(session, filling, sheet)
        texts = typed.texts if typed.at else waiting.begun(filling, sheet, typed.texts)
        uploads = listed(session, filling.id, sheet, texts)
    insight.count(filling.procedure, Measure.SHOWN, sheet.page.name)
    return draw(filling, sheet, texts, uploads, typed=replace(typed, texts=texts))


def answer(application_id: str, sheet_of: SheetOf) -> Response:
    """Save what was answered and go on; otherwise the page again: 422 with what to mend, 409 when it is stale."""
    uploads = _received(application_id, sheet_of) if request.mimetype == MULTIPART else None
    for tries_left in reversed(range(TRIES)):
        try:
            with writing() as session:
                result = _decide(session, open_draft(session, application_id), sheet_of, uploads)
        except StaleDraft:
            if not tries_left:
                raise
            continue
        break
    return result()


def _received(application_id: str, sheet_of: SheetOf) -> Uploads:
    with reading() as session:
        filling = open_draft(session, application_id)
    return receive(application_id, sheet_of(filling), request)


def _decide(session: Session, filling: Filling, sheet_of: SheetOf, received: Uploads | None) -> Answer:
    sheet = sheet_of(filling)
    typed = sheet.form.carrier(request.form).texts()
    uploads = received or listed(session, filling.id, sheet, typed)
    texts = {**typed, **uploads.texts}
    reply, saved = sheet.read(filling, texts), sheet.saved(filling)
    on_page = replace(filling, journey=reply.journey)
    if uploads.pressed:
        return _stay(session, on_page, sheet, texts, uploads)
    if (filled := _filled_in(session, on_page, sheet, texts, uploads)) is not None:
        return filled
    show = partial(draw, on_page, sheet, texts, uploads)
    if request.form.get("seen", digest(saved)) != digest(saved) and saved != reply.page:
        return partial(show, changed=differences(sheet.form, saved or {}, reply.page, language()))
    if reply.failures or uploads.refused:
        return _refuse(session, filling, sheet, texts, reply, partial(show, mistakes=_mistakes(sheet, reply, uploads)))
    return _go_on(session, filling, sheet, on_page, reply)


def _go_on(session: Session, filling: Filling, sheet: Sheet, on_page: Filling, reply: Reply) -> Answer:
    """Save, and to the page that comes next, which tells what the answers changed."""
    effects = effects_of(filling, sheet.page, reply.journey)
    revision = _save(session, filling, reply.answers, effects)
    insight.answered(filling.procedure, sheet.page.name, first=not sheet.item and not sheet.saved(filling))
    waiting.seen(session, filling, sheet)
    unsent.done(session, filling, sheet)
    if LATER in request.form:
        return partial(redirect, _saved(filling), 303)
    if untold(on_page, sheet, request.form.getlist("told")):
        return partial(redirect, telling(request.full_path.rstrip("?"), effects, revision), 303)
    following = after(on_page, sheet.following(on_page), then=returning())
    return partial(redirect, telling(following, effects, revision), 303)


def _filled_in(session: Session, filling: Filling, sheet: Sheet, texts: Texts, uploads: Uploads) -> Answer | None:
    """After a button that fills in questions of the page: an address by its postcode, or what is known already."""
    if "use_known" in request.form:
        return partial(draw, *once.fill(session, filling, sheet, texts), uploads)
    asked = request.form.get("find_address")
    found = find(asked, request.form.get(f"{asked}.found", ""), texts) if asked else None
    if found is None:
        return None
    told = mistakes_of(sheet.form.questions, (), language(), found.refused) if found.refused else None
    return partial(draw, filling, sheet, found.texts, uploads, mistakes=told)


def _refuse(session: Session, filling: Filling, sheet: Sheet, texts: Texts, reply: Reply, show: Show) -> Answer:
    """The page again with its mistakes; what was typed is kept, so that it is there even if nobody mends it now."""
    insight.refused(filling.procedure, sheet.page.name, reply.failures)
    version = unsent.keep_if_possible(session, filling, sheet, texts)
    if LATER in request.form and version is not None:
        return partial(redirect, _saved(filling), 303)
    return partial(show, typed=unsent.Unsent(texts, unsent.typed_version() if version is None else version))


def _saved(filling: Filling) -> str:
    """The draft's own page, which says that everything is kept and until when."""
    return f"/applications/{filling.id}?saved=1"


def _stay(session: Session, filling: Filling, sheet: Sheet, texts: Texts, uploads: Uploads) -> Answer:
    """After sending or removing a file: the same page, with what was typed beside it."""
    if uploads.dropped and sheet.item is None:
        kept = _without(filling.draft.answers, uploads)
        _save(session, filling, kept)
        filling = replace(filling, draft=replace(filling.draft, answers=kept))
    show = partial(draw, filling, sheet, texts, uploads)
    if uploads.refused:
        return partial(show, mistakes=mistakes_of(sheet.form.questions, (), language(), uploads.refused))
    files = {name for name, _ in sheet.form.files}
    saved = sheet.form.texts_of(sheet.saved(filling) or {})
    typed, known = (
        {name: list(given) for name, given in some.items() if name not in files and any(given)}
        for some in (texts, saved)
    )
    if sheet.item is None and typed == known:
        return partial(redirect, request.full_path.rstrip("?"), 303)
    return show


def _without(answers: Mapping[str, Any], uploads: Uploads) -> dict[str, Any]:
    """Answers that no longer name a removed file."""
    kept = dict(answers)
    for name in uploads.texts:
        path = path_at(name)
        files = [file for file in value_at(kept, path) or () if file != uploads.dropped]
        holder = {id: answer for id, answer in (value_at(kept, path[:-1]) or {}).items() if id != path[-1]}
        kept = put_at(kept, path[:-1], {**holder, path[-1]: files} if files else holder)
    return kept


def _mistakes(sheet: Sheet, reply: Reply, uploads: Uploads) -> Mistakes:
    tell = sheet.tell(reply.journey)
    failures = [one.told(tell) for one in reply.failures if ".".join(map(str, one.path)) not in uploads.refused]
    return mistakes_of(sheet.form.questions, failures, language(), uploads.refused)


def _save(session: Session, filling: Filling, answers: dict[str, Any], effects: Effects = NOTHING) -> int:
    """Save what changed; the draft's revision after that."""
    if answers == filling.draft.answers:
        return filling.draft.revision
    return drafts.save(session, current_actor(), now(), filling.id, answers, filling.draft.revision, effects)
