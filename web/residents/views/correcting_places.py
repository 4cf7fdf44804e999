"""One place of a correction: a question, a list, an item of it."""

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from engine.correcting import ABSENT, Place
from engine.model import Field
from procedures.corrections import working
from procedures.corrections.working import Working
from procedures.errors import NotFound
from web.access import APPLICANT, policy
from web.context import current_actor, language, now, reading, writing
from web.corrections.words import Names, lines, title_of
from web.forms.seen import digest
from web.residents.correcting.answering import answer, ask, back_of
from web.residents.correcting.overview import names_of
from web.residents.correcting.spots import Spot, address, items_at, spot_at
from web.residents.filling.places import path_at
from web.residents.routes import blueprint
from web.residents.telling.rows import Row

PLACE = "/applications/<application_id>/correction/change/<list:place>"
ITEM = PLACE + "/<int(min=1):number>"


@blueprint.get(PLACE)
@policy(APPLICANT)
def correct_place(application_id: str, place: str) -> Response | str:
    """A question with the answer so far, or what is in a list."""
    path = path_at(place)
    with reading() as session:
        work = working.open_request(session, current_actor(), application_id)
        spot = spot_at(work, path)
        names = names_of(session, work)
    return _list(work, spot, names) if spot.field.is_list else ask(application_id, path)


@blueprint.post(PLACE)
@policy(APPLICANT)
def answer_place(application_id: str, place: str) -> Response | str:
    """Save the answer; a list is saved item by item, so that its button only leads back."""
    path = path_at(place)
    with reading() as session:
        work = working.open_request(session, current_actor(), application_id)
        spot = spot_at(work, path)
    return redirect(back_of(work, path), 303) if spot.field.is_list else answer(application_id, path)


@blueprint.get(ITEM)
@policy(APPLICANT)
def correct_item(application_id: str, place: str, number: int) -> Response:
    """The questions of one item."""
    return ask(application_id, (*path_at(place), number - 1))


@blueprint.post(ITEM)
@policy(APPLICANT)
def answer_corrected_item(application_id: str, place: str, number: int) -> Response:
    """Save one item and go back to the list."""
    return answer(application_id, (*path_at(place), number - 1))


@blueprint.get(ITEM + "/remove")
@policy(APPLICANT)
def ask_to_remove_corrected(application_id: str, place: str, number: int) -> str:
    """Whether this item is really to be removed."""
    path = (*path_at(place), number - 1)
    with reading() as session:
        work = working.open_request(session, current_actor(), application_id)
        spot, saved = _existing(work, path)
        names = names_of(session, work)
    return render_template(
        "residents/correction_remove.html",
        work=work,
        heading=title_of(work.procedure, path, language()),
        rows=_rows(spot.field, saved, names),
        seen=digest(saved),
        action=address(work, path) + "/remove",
        back=back_of(work, path),
    )


@blueprint.post(ITEM + "/remove")
@policy(APPLICANT)
def remove_corrected(application_id: str, place: str, number: int) -> Response:
    """Remove the item that was shown; if another stands there by now, nothing happens but the list is shown."""
    path, actor = (*path_at(place), number - 1), current_actor()
    with writing() as session:
        work = working.locked_request(session, actor, application_id)
        spot_at(work, path[:-1])
        items = items_at(work, path[:-1])
        if number <= len(items) and digest(items[number - 1]) == request.form.get("seen"):
            spot_at(work, path)
            working.save(session, actor, now(), application_id, path, ABSENT, work.revision)
    return redirect(back_of(work, path), 303)


def _existing(work: Working, path: Place) -> tuple[Spot, object]:
    spot, items = spot_at(work, path), items_at(work, path[:-1])
    number = path[-1]
    if not isinstance(number, int) or number >= len(items):
        raise NotFound(work.application_id)
    return spot, items[number]


def _list(work: Working, spot: Spot, names: Names) -> str:
    items = items_at(work, spot.place)
    most = spot.field.schema.get("maxItems")
    return render_template(
        "residents/correction_list.html",
        work=work,
        heading=title_of(work.procedure, spot.place, language()),
        why=work.why(spot.place),
        cards=[
            (
                title_of(work.procedure, (*spot.place, number), language())[0],
                _rows(spot.field, item, names),
                address(work, (*spot.place, number)),
            )
            for number, item in enumerate(items)
        ],
        add=address(work, (*spot.place, len(items))),
        full=most is not None and len(items) >= most,
        most=most,
        problems=[("#add", failure.say(language())) for failure in spot.own(work.corrected.failures)]
        if work.changes
        else (),
        action=address(work, spot.place),
        back=back_of(work, spot.place),
    )


def _rows(listed: Field, item: object, names: Names) -> list[Row]:
    """The answers of an item as rows of a summary."""
    answers = listed.item_answers(item)
    return [
        Row(title=field.title.say(language()), lines=lines(field, answers[field.id], names, language()))
        for field in listed.item_fields
        if field.id in answers
    ]
