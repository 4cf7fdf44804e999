"""POST /manage/<office>/…: adding somebody, taking a role, withdrawing an invitation."""

from flask import Response, redirect, request

from procedures.people import granting, inviting
from procedures.people.granting import CannotHold, LastManager, NoSuchOffice
from procedures.people.inviting import InvitationRefused
from web.access import MAY, policy
from web.context import current_actor, now, writing
from web.identity.signed_in_at import end_all
from web.manage.frame import blueprint
from web.manage.pages import office_page

LONGEST = 254  # characters of an address (RFC 5321)


@blueprint.post("/manage/<office>/people")
@policy(MAY("person.add"), MAY("staff.grant"))
def add_person(office: str) -> Response:
    """Give a role to somebody known, or let it wait for their first sign-in."""
    who, role = request.form.get("who", "")[:LONGEST], request.form.get("role", "")
    try:
        with writing() as session:
            given = inviting.add(session, current_actor(), now(), who, role, office)
    except InvitationRefused as refused:
        return office_page(office, 422, refused.what, who, role)
    except (CannotHold, NoSuchOffice) as refused:
        return office_page(office, 422, "role" if isinstance(refused, CannotHold) else "office", who, role)
    return redirect(f"/manage/{office}?done={'given' if given else 'invited'}", 303)


@blueprint.post("/manage/<office>/take")
@policy(MAY("role.take"), MAY("staff.grant"))
def take_role(office: str) -> Response:
    """Take one role of one person; one that is gone already stays gone."""
    person, role = request.form.get("person", ""), request.form.get("role", "")
    try:
        with writing() as session:
            granting.take(session, current_actor(), now(), person, role, office)
    except LastManager:
        return office_page(office, 409, "last")
    # Who took their own last role in the office would be shown a page they may not see any more.
    return redirect("/account" if person == current_actor().id else f"/manage/{office}?done=taken", 303)


@blueprint.post("/manage/<office>/sign-out")
@policy(MAY("session.end"), MAY("staff.grant"))
def end_sessions(office: str) -> Response:
    """Sign somebody of the office out everywhere: a device was lost, or they have left."""
    person = request.form.get("person", "")
    with writing() as session:
        end_all(session, current_actor(), now(), person, office)
    return redirect(f"/manage/{office}?done=ended", 303)


@blueprint.post("/manage/invitations/<invitation_id>/withdraw")
@policy(MAY("person.add"), MAY("staff.grant"))
def withdraw_invitation(invitation_id: str) -> Response:
    """Nobody joins by it any more."""
    with writing() as session:
        office = inviting.withdraw(session, current_actor(), now(), invitation_id)
    return redirect(f"/manage/{office}?done=withdrawn", 303)
