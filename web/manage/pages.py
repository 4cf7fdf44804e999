"""GET /manage: the offices that one manages, or may see; and one office with its people."""

from flask import Response

from procedures.authority import may
from procedures.errors import NotFound
from procedures.people import granting, inviting, offices
from procedures.people.roles import OF_AN_OFFICE
from web.access import policy
from web.context import current_actor, now, reading
from web.manage.frame import READERS, blueprint, show


@blueprint.get("/manage")
@policy(*READERS)
def choose_office() -> Response:
    """Every office whose people this person may see."""
    with reading() as session:
        known = [one for one in offices.all_known(session) if sees(one.id)]
    return show("offices.html", offices=known)


@blueprint.get("/manage/<office>")
@policy(*READERS)
def show_office(office: str) -> Response:
    """Its people with their roles, and who is invited."""
    return office_page(office)


def office_page(office: str, status: int = 200, problem: str = "", typed: str = "", role: str = "") -> Response:
    """The page; `problem` is the end of the key of what is wrong with the form. Raises `NotFound`."""
    actor = current_actor()
    with reading() as session:
        if not sees(office) or office not in {one.id for one in offices.all_known(session)}:
            raise NotFound(office)
        people: dict[str, tuple[str, str | None, list[str]]] = {}
        for person, held in granting.everybody(session, office):
            people.setdefault(person.id, (person.name, person.email, []))[2].append(held.role)
        invited = [(row.id, row.email, row.role, row.expires_at) for row in inviting.waiting(session, now(), office)]
    return show(
        "office.html",
        status,
        office=office,
        people=people,
        invited=invited,
        roles=OF_AN_OFFICE,
        changes=may(actor, "role.give", office) or may(actor, "staff.grant"),
        problem=problem,
        typed=typed,
        role=role,
    )


def sees(office: str) -> bool:
    """Whether this person may see who works there."""
    return may(current_actor(), "person.read", office) or may(current_actor(), "staff.read")
