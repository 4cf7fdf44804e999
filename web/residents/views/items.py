"""Lists: what is in one, adding, changing, removing. A list may stand inside an item of another."""

from typing import Any

from flask import make_response, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.journey import is_optional, walk
from engine.model import Field
from engine.validation import Failure
from engine.words import say
from procedures import amending, drafts
from web.access import APPLICANT, policy
from web.context import current_actor, language, now, reading, writing
from web.forms.seen import digest
from web.forms.wording import worded
from web.residents.filling.answering import answer, ask
from web.residents.filling.cautions import of_step
from web.residents.filling.changing import effects_of, telling, to_tell
from web.residents.filling.drafted import Elsewhere, Filling, after, open_draft, step_of
from web.residents.filling.headings import item_heading, tell_at
from web.residents.filling.places import around, list_at, lists_in, path_at, put_at, value_at
from web.residents.filling.returning import returning, tail
from web.residents.filling.sheets import ItemSheet, before_list
from web.residents.filling.uploads import file_names
from web.residents.filling.way import Page, neighbours, progress
from web.residents.once.waiting import items_left
from web.residents.routes import blueprint
from web.residents.telling.effects import told
from web.residents.telling.summary import Names, item_rows
from web.residents.telling.tasks import tasks_address

LIST = "/applications/<application_id>/steps/<step_id>/<list:place>"
ITEM = LIST + "/<int(min=1):number>"


@blueprint.get(LIST)
@policy(APPLICANT)
def items(application_id: str, step_id: str, place: str) -> Response:
    """What is in the list. An empty one that needs something leads straight to the first item."""
    with reading() as session:
        filling = open_draft(session, application_id)
        names = file_names(session, filling)
    page, listed = _place(filling, step_id, place)
    if not value_at(filling.draft.answers, page.path) and _needs_one(filling, page, listed):
        first = page.address(filling.id, 1, then=returning())
        raise Elsewhere(telling(first, to_tell(filling), filling.draft.revision))
    return _draw_list(filling, page, listed, names)


@blueprint.post(LIST)
@policy(APPLICANT)
def finish_items(application_id: str, step_id: str, place: str) -> Response:
    """Nothing to add: go on, unless the list itself is not as it must be."""
    with reading() as session:
        filling = open_draft(session, application_id)
        names = file_names(session, filling)
    page, listed = _place(filling, step_id, place)
    failures = page.failures(filling.journey, filling.day)
    if failures:
        return _draw_list(
            filling, page, listed, names, [_leading(failure, filling, page, listed) for failure in failures]
        )
    following = neighbours(filling.journey, page)[1]
    if returning() and page.item and following:
        return redirect(following.address(filling.id, then=returning()), 303)
    return redirect(after(filling, following, then=returning()), 303)


@blueprint.get(ITEM)
@policy(APPLICANT)
def item(application_id: str, step_id: str, place: str, number: int) -> Response:
    """The questions of one item."""
    return ask(application_id, lambda filling: item_sheet(filling, step_id, place, number))


@blueprint.post(ITEM)
@policy(APPLICANT)
def answer_item(application_id: str, step_id: str, place: str, number: int) -> Response:
    """Save one item and go back to the list."""
    return answer(application_id, lambda filling: item_sheet(filling, step_id, place, number))


@blueprint.get(ITEM + "/remove")
@policy(APPLICANT)
def ask_to_remove(application_id: str, step_id: str, place: str, number: int) -> str:
    """Whether this item is really to be removed."""
    with reading() as session:
        filling = open_draft(session, application_id)
        names = file_names(session, filling)
    page, listed = _place(filling, step_id, place)
    saved = _existing(filling, page, number)
    return render_template(
        "residents/remove.html",
        filling=filling,
        heading=item_heading(filling.journey, listed, (*page.path, number - 1), language()),
        rows=item_rows(filling, page, number - 1, names),
        seen=digest(saved),
        action=page.address(filling.id, number) + "/remove" + tail(),
        back=page.address(filling.id) + tail(),
    )


@blueprint.post(ITEM + "/remove")
@policy(APPLICANT)
def remove(application_id: str, step_id: str, place: str, number: int) -> Response:
    """Remove the item that was shown; if another stands there by now, nothing happens but the list is shown."""
    with writing() as session:
        filling = open_draft(session, application_id)
        page, _ = _place(filling, step_id, place)
        following = page.address(application_id) + tail()
        saved = list(value_at(filling.draft.answers, page.path) or ())
        if number <= len(saved) and digest(saved[number - 1]) == request.form.get("seen"):
            del saved[number - 1]
            answers = put_at(filling.draft.answers, page.path, saved)
            journey = walk(filling.procedure, answers, filling.day)
            effects = effects_of(filling, page, journey)
            drafts.save(session, current_actor(), now(), application_id, answers, filling.draft.revision, effects)
            following = telling(following, effects, filling.draft.revision + 1)
            if filling.draft.earlier is not None:
                amending.forget_item(session, current_actor(), application_id, (*page.path, number - 1))
    return redirect(following, 303)


def _place(filling: Filling, step_id: str, place: str) -> tuple[Page, Field]:
    """The page of a list and the list. Raises 404 where there is none or it does not show."""
    step = step_of(filling.procedure, step_id)
    filling.require(step)
    path = path_at(place)
    if all(field.id != path[0] for field in step.fields):
        raise NotFound
    _require_items(filling, path)
    listed = list_at(filling.journey, path)
    if listed is None or path[0] not in filling.journey.shown:
        raise NotFound
    return Page(step, listed, path), listed


def _needs_one(filling: Filling, page: Page, listed: Field) -> bool:
    """Whether the list may not stay empty: one that need not be answered may."""
    here = around(filling.journey, page.path[:-1])
    return listed.schema.get("minItems", 0) > 0 and not (here and is_optional(listed, here.scope))


def _require_items(filling: Filling, path: tuple[str | int, ...]) -> None:
    """Raises 404 where the list stands in an item that is not there."""
    for length, key in enumerate(path):
        if isinstance(key, int) and key >= len(value_at(filling.draft.answers, path[:length]) or ()):
            raise NotFound


def item_sheet(filling: Filling, step_id: str, place: str, number: int) -> ItemSheet:
    """The sheet of an item: one that exists, or the next new one."""
    page, listed = _place(filling, step_id, place)
    if number > len(value_at(filling.draft.answers, page.path) or ()) + 1:
        raise Elsewhere(page.address(filling.id))
    return ItemSheet(filling, page, listed, number, language())


def _existing(filling: Filling, page: Page, number: int) -> Any:
    saved = value_at(filling.draft.answers, page.path) or ()
    if number > len(saved):
        raise NotFound
    return saved[number - 1]


def _leading(failure: Failure, filling: Filling, page: Page, listed: Field) -> tuple[str, str]:
    """A line of the summary, which names the item: to it, however deep, or to the list or button that adds one."""
    below = failure.path[len(page.path) :]
    if not below or not isinstance(below[0], int):
        return "#add", _said(failure, filling, page)
    inner, heading = below[1:], item_heading(filling.journey, listed, (*page.path, below[0]), language())[0]
    for path, deeper in lists_in(listed.item_fields):
        if inner[: len(path)] == path:
            found = Page(page.step, deeper, (*page.path, below[0], *path))
            href, words = _leading(failure, filling, found, deeper)
            href = found.address(filling.id) if href == "#add" else href
            break
    else:
        href, words = page.address(filling.id, below[0] + 1), _said(failure, filling, page)
    return href, say("resident.in_item", language(), item=heading, words=words)


def _said(failure: Failure, filling: Filling, page: Page) -> str:
    return failure.told(tell_at(filling.journey, page.path)).say(language())


def _draw_list(filling: Filling, page: Page, listed: Field, names: Names, problems: Any = ()) -> Response:
    saved = value_at(filling.draft.answers, page.path) or ()
    place, total = progress(filling.journey, page.step)
    tell = tell_at(filling.journey, page.path)
    title, title_lang = worded(listed.title.told(tell), language())
    hint, hint_lang = worded(listed.hint and listed.hint.told(tell), language())
    html = render_template(
        "residents/list.html",
        filling=filling,
        title=title,
        title_lang=title_lang,
        hint=hint,
        hint_lang=hint_lang,
        cards=[
            (
                n + 1,
                item_heading(filling.journey, listed, (*page.path, n), language())[0],
                item_rows(filling, page, n, names),
            )
            for n in range(len(saved))
        ],
        add=page.address(filling.id, len(saved) + 1) + tail(),
        items_left=items_left(filling, page),
        full=len(saved) >= listed.schema.get("maxItems", len(saved) + 1),
        most=listed.schema.get("maxItems"),
        address=page.address(filling.id),
        tail=tail(),
        problems=problems,
        cautions=of_step(filling, page.step) if saved else (),
        back=before_list(filling, page),
        place=place,
        total=total,
        tasks=tasks_address(filling),
        fee=filling.fee_so_far(),
        effects=told(filling),
    )
    return make_response(html, 422 if problems else 200)
