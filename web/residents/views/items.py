"""Lists: what is in one, adding, changing, removing."""

from typing import Any

from flask import make_response, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.model import Field, Step
from engine.validation import check_fields
from procedures import drafts
from web.access import APPLICANT, policy
from web.context import current_actor, language, now, reading, writing
from web.forms.seen import digest
from web.forms.wording import worded
from web.residents.filling.answering import answer, ask
from web.residents.filling.drafted import Elsewhere, Filling, after, list_of, open_draft, step_of
from web.residents.filling.drawing import returning
from web.residents.filling.sheets import ItemSheet
from web.residents.filling.uploads import file_names
from web.residents.filling.way import Page, neighbours, progress
from web.residents.routes import blueprint
from web.residents.telling.summary import Names, item_rows

LIST = "/applications/<application_id>/steps/<step_id>/<list_id>"
ITEM = LIST + "/<int(min=1):number>"


@blueprint.get(LIST)
@policy(APPLICANT)
def items(application_id: str, step_id: str, list_id: str) -> Response:
    """What is in the list. An empty one that needs something leads straight to the first item."""
    with reading() as session:
        filling = open_draft(session, application_id)
        names = file_names(session, filling)
    step, listed = _place(filling, step_id, list_id)
    if not filling.draft.answers.get(list_id) and listed.schema.get("minItems", 0) > 0:
        raise Elsewhere(Page(step, listed).address(filling.id, 1, then_check=returning()))
    return _draw_list(filling, step, listed, names)


@blueprint.post(LIST)
@policy(APPLICANT)
def finish_items(application_id: str, step_id: str, list_id: str) -> Response:
    """Nothing to add: go on, unless the list itself is not as it must be."""
    with reading() as session:
        filling = open_draft(session, application_id)
        names = file_names(session, filling)
    step, listed = _place(filling, step_id, list_id)
    failures = check_fields((listed,), filling.draft.answers, filling.journey, filling.day)
    if failures:
        return _draw_list(
            filling, step, listed, names, [_leading(failure, filling, step, listed) for failure in failures]
        )
    following = neighbours(filling.journey, Page(step, listed))[1]
    return redirect(after(filling, following, to_check=returning()), 303)


@blueprint.get(ITEM)
@policy(APPLICANT)
def item(application_id: str, step_id: str, list_id: str, number: int) -> Response:
    """The questions of one item."""
    return ask(application_id, lambda filling: _sheet(filling, step_id, list_id, number))


@blueprint.post(ITEM)
@policy(APPLICANT)
def answer_item(application_id: str, step_id: str, list_id: str, number: int) -> Response:
    """Save one item and go back to the list."""
    return answer(application_id, lambda filling: _sheet(filling, step_id, list_id, number))


@blueprint.get(ITEM + "/remove")
@policy(APPLICANT)
def ask_to_remove(application_id: str, step_id: str, list_id: str, number: int) -> str:
    """Whether this item is really to be removed."""
    with reading() as session:
        filling = open_draft(session, application_id)
        names = file_names(session, filling)
    step, listed = _place(filling, step_id, list_id)
    saved = _existing(filling, listed, number)
    page = Page(step, listed)
    return render_template(
        "residents/remove.html",
        filling=filling,
        heading=item_heading(listed, number),
        rows=item_rows(filling, page, number - 1, names),
        seen=digest(saved),
        action=page.address(filling.id, number) + "/remove" + _tail(),
        back=page.address(filling.id) + _tail(),
    )


@blueprint.post(ITEM + "/remove")
@policy(APPLICANT)
def remove(application_id: str, step_id: str, list_id: str, number: int) -> Response:
    """Remove the item that was shown; if another stands there by now, nothing happens but the list is shown."""
    with writing() as session:
        filling = open_draft(session, application_id)
        step, listed = _place(filling, step_id, list_id)
        saved = list(filling.draft.answers.get(list_id) or ())
        if number <= len(saved) and digest(saved[number - 1]) == request.form.get("seen"):
            del saved[number - 1]
            answers = {**filling.draft.answers, list_id: saved}
            drafts.save(session, current_actor(), now(), application_id, answers, filling.draft.revision)
    return redirect(Page(step, listed).address(application_id) + _tail(), 303)


def item_heading(listed: Field, number: int) -> tuple[str, str]:
    """An item's title: what the list is called, with its number, and the `lang` attribute."""
    title, lang = worded(listed.title, language())
    return f"{title} {number}", lang


def _tail() -> str:
    return "?return=check" if returning() else ""


def _place(filling: Filling, step_id: str, list_id: str) -> tuple[Step, Field]:
    step = step_of(filling.procedure, step_id)
    filling.require(step)
    listed = list_of(step, list_id)
    if listed.id not in filling.journey.shown:
        raise NotFound
    return step, listed


def _sheet(filling: Filling, step_id: str, list_id: str, number: int) -> ItemSheet:
    """The sheet of an item: one that exists, or the next new one."""
    step, listed = _place(filling, step_id, list_id)
    if number > len(filling.draft.answers.get(list_id) or ()) + 1:
        raise Elsewhere(Page(step, listed).address(filling.id))
    return ItemSheet(filling, step, listed, number, language())


def _existing(filling: Filling, listed: Field, number: int) -> Any:
    saved = filling.draft.answers.get(listed.id) or ()
    if number > len(saved):
        raise NotFound
    return saved[number - 1]


def _leading(failure: Any, filling: Filling, step: Step, listed: Field) -> tuple[str, str]:
    """A line of the summary: to the item with the mistake, or to the button that adds one."""
    if len(failure.path) > 1 and isinstance(failure.path[1], int):
        return Page(step, listed).address(filling.id, failure.path[1] + 1), failure.say(language())
    return "#add", failure.say(language())


def _draw_list(filling: Filling, step: Step, listed: Field, names: Names, problems: Any = ()) -> Response:
    page = Page(step, listed)
    before = neighbours(filling.journey, page)[0]
    saved = filling.draft.answers.get(listed.id) or ()
    place, total = progress(filling.journey, step)
    title, title_lang = worded(listed.title, language())
    hint, hint_lang = worded(listed.hint, language())
    html = render_template(
        "residents/list.html",
        filling=filling,
        title=title,
        title_lang=title_lang,
        hint=hint,
        hint_lang=hint_lang,
        cards=[
            (n, item_heading(listed, n)[0], item_rows(filling, page, n - 1, names)) for n in range(1, len(saved) + 1)
        ],
        add=page.address(filling.id, len(saved) + 1) + _tail(),
        full=len(saved) >= listed.schema.get("maxItems", len(saved) + 1),
        most=listed.schema.get("maxItems"),
        address=page.address(filling.id),
        tail=_tail(),
        problems=problems,
        back=before.address(filling.id) if before else f"/applications/{filling.id}",
        place=place,
        total=total,
        fee=filling.fee_so_far(),
    )
    return make_response(html, 422 if problems else 200)
