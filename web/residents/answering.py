"""Asking and answering a sheet of questions: shown, read, kept; or shown again with everything that was typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from procedures import drafts
from procedures.errors import StaleDraft
from web.context import current_actor, language, now, reading, writing
from web.forms.mistakes import Mistakes, mistakes_of
from web.forms.seen import digest
from web.residents.conflicts import Difference, differences
from web.residents.drafted import Filling, after, open_draft
from web.residents.replies import Reply, Texts
from web.residents.sheets import Sheet
from web.residents.uploads import Uploads, listed, receive
from web.residents.way import progress

SheetOf = Callable[[Filling], Sheet]
TRIES = 3  # saving in the very same moment, thrice in a row, is no person


def ask(application_id: str, sheet_of: SheetOf) -> Response:
    """The questions with what is saved."""
    with reading() as session:
        filling = open_draft(session, application_id)
        sheet = sheet_of(filling)
        texts = sheet.form.texts_of(sheet.saved(filling) or {})
        uploads = listed(session, filling.id, sheet, texts)
    return draw(filling, sheet, texts, uploads)


def answer(application_id: str, sheet_of: SheetOf) -> Response:
    """Save what was answered and go on; otherwise the page again: 422 with what to mend, 409 when it is stale."""
    with reading() as session:
        filling = open_draft(session, application_id)
    sheet = sheet_of(filling)
    uploads = receive(filling.id, sheet, request)
    texts = {**sheet.form.carrier(request.form).texts(), **uploads.texts}
    for _ in range(TRIES):
        try:
            return _answer(filling, sheet, texts, uploads)
        except StaleDraft:
            with reading() as session:
                filling = open_draft(session, application_id)
            sheet = sheet_of(filling)
    return _answer(filling, sheet, texts, uploads)


def returning() -> bool:
    """Whether somebody came from the check page to change one answer."""
    return request.args.get("return") == "check"


def _answer(filling: Filling, sheet: Sheet, texts: Texts, uploads: Uploads) -> Response:
    reply, saved = sheet.read(filling, texts), sheet.saved(filling)
    on_page = Filling(filling.draft, reply.journey, filling.day)
    if uploads.pressed:
        return _stay(filling, sheet, texts, uploads, reply)
    if request.form.get("seen", digest(saved)) != digest(saved) and saved != reply.page:
        return draw(
            on_page, sheet, texts, uploads, changed=differences(sheet.form, saved or {}, reply.page, language())
        )
    if reply.failures or uploads.refused:
        return draw(on_page, sheet, texts, uploads, mistakes=_mistakes(sheet, reply, uploads))
    _save(filling, reply.answers)
    return redirect(after(on_page, sheet.following(on_page), to_check=returning()), 303)


def _stay(filling: Filling, sheet: Sheet, texts: Texts, uploads: Uploads, reply: Reply) -> Response:
    """After sending or removing a file: the same page, with what was typed beside it."""
    if uploads.dropped and sheet.item is None:
        _save(filling, _without(filling.draft.answers, uploads))
    on_page = Filling(filling.draft, reply.journey, filling.day)
    if uploads.refused:
        return draw(on_page, sheet, texts, uploads, mistakes=_mistakes(sheet, reply, uploads, only_files=True))
    saved = sheet.form.texts_of(sheet.saved(filling) or {})
    files = {field.id for field in sheet.form.files}
    typed = {name: list(given) for name, given in texts.items() if name not in files and any(given)}
    if sheet.item is None and typed == {
        name: given for name, given in saved.items() if name not in files and any(given)
    }:
        return redirect(request.full_path.rstrip("?"), 303)
    return draw(on_page, sheet, texts, uploads)


def _without(answers: Mapping[str, Any], uploads: Uploads) -> dict[str, Any]:
    """Answers that no longer name a removed file."""
    kept = dict(answers)
    for id in uploads.texts.keys() & kept.keys():
        kept[id] = [file for file in kept[id] if file != uploads.dropped]
        if not kept[id]:
            del kept[id]
    return kept


def _mistakes(sheet: Sheet, reply: Reply, uploads: Uploads, *, only_files: bool = False) -> Mistakes:
    failures = () if only_files else [f for f in reply.failures if f.path[0] not in uploads.refused]
    return mistakes_of(sheet.form.questions, failures, language(), uploads.refused)


def _save(filling: Filling, answers: dict[str, Any]) -> None:
    if answers == filling.draft.answers:
        return
    with writing() as session:
        drafts.save(session, current_actor(), now(), filling.id, answers, filling.draft.revision)


def draw(
    filling: Filling,
    sheet: Sheet,
    texts: Texts,
    uploads: Uploads,
    *,
    mistakes: Mistakes | None = None,
    changed: Sequence[Difference] | None = None,
) -> Response:
    """The page as 200; 422 with mistakes; 409 with what was changed elsewhere."""
    place, total = progress(filling.journey, sheet.step)
    title, title_lang = sheet.heading(language())
    page = render_template(
        "residents/questions.html",
        filling=filling,
        step=sheet.step,
        title=title,
        title_lang=title_lang,
        questions=sheet.form.asked(lambda field: sheet.shows(filling.journey, field)),
        texts=texts,
        uploads=uploads.rows if sheet.form.files else None,
        beside=mistakes.beside if mistakes else {},
        problems=mistakes.summary if mistakes else (),
        changed=changed,
        seen=digest(sheet.saved(filling)),
        back=f"/applications/{filling.id}/check" if returning() else sheet.back(filling),
        action=sheet.address(filling) + ("?return=check" if returning() else ""),
        place=place,
        total=total,
        fee=filling.fee_so_far(),
    )
    return make_response(page, 422 if mistakes else 409 if changed is not None else 200)
