"""The page of a receipt, the same for the applicant and for who paid by a link; each behind a door of its own."""

from dataclasses import dataclass

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from engine.words import say
from payments.receipts import asking, reading
from payments.receipts.asking import EnoughCopies, NoName
from procedures.errors import NotFound
from web.context import current_actor, language, now, services, settings, writing
from web.context import reading as reading_session
from web.files import sandboxed
from web.notifying import press_of


@dataclass(frozen=True, slots=True)
class Door:
    """Whose receipt is looked at, from which side, at which address. `name` is what is proposed as 宛名."""

    charge_id: str
    link_id: str | None
    here: str
    back: str
    name: str = ""


def show(door: Door, problem: str = "", typed: str | None = None, status: int = 200) -> Response:
    """Where the receipt stands. Raises `NotFound` while nothing is paid."""
    with reading_session() as session:
        state = reading.state_of(session, now(), door.charge_id, door.link_id)
    if state is None:
        raise NotFound(door.charge_id)
    page = render_template(
        "public/receipt.html",
        door=door,
        state=state,
        problem=problem,
        typed=door.name if typed is None else typed,
        longest=asking.LONGEST_NAME,
    )
    return make_response(page, status)


def ask(door: Door) -> Response:
    """Ask for it; a job makes it, and the page looks again until it is there."""
    typed = request.form.get("name", "")
    try:
        if "name" in request.form and not press_of(services()).can_draw(asking.checked_name(typed)):
            return show(door, _say("name_undrawable"), typed, 422)
        with writing() as session:
            authority = settings().authority.name.ja
            asking.ask(session, current_actor(), now(), door.charge_id, door.link_id, typed, authority)
    except NoName:
        return show(door, _say("name_wrong"), typed[:200], 422)
    except EnoughCopies:
        return show(door, _say("enough"), status=409)
    return redirect(door.here, 303)


def fetch(door: Door, copy_id: str) -> Response:
    """The PDF."""
    with reading_session() as session:
        opened = reading.open_copy(session, services().blobs, now(), door.charge_id, door.link_id, copy_id)
    return sandboxed(opened, save=True)


def _say(key: str) -> str:
    return say(f"receipt.{key}", language())
