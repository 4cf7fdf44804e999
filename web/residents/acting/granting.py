"""The principal's pages: a mandate granted by link, and those one gave or holds."""

from datetime import date

from flask import redirect, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from procedures import library
from procedures.errors import AssuranceTooLow, NotFound
from procedures.mandates import granting
from procedures.models import MandateGrant
from web.access import RESIDENT, SignInNeeded, policy
from web.context import assurance, current_actor, now, reading, settings, today, writing
from web.identity.addresses import sign_in_address
from web.identity.configuration import LEVELS
from web.identity.link_secrets import link_secret, same
from web.residents.acting.views import PURPOSE
from web.residents.routes import blueprint

LINK = "/mandates/<grant_id>/<secret>"


def _asked(session: Session, grant_id: str, secret: str) -> tuple[MandateGrant, list[object], str]:
    """The mandate that is asked for, the titles of its procedures, and the level the principal needs."""
    if not same(secret, link_secret(settings(), PURPOSE, grant_id)):
        raise NotFound(grant_id)
    row = granting.still_open(session, now(), grant_id)
    named = [library.in_force(session, one, today()).procedure for one in row.procedures]
    return row, [one.title for one in named], max((one.sign_in.assurance for one in named), key=LEVELS.index)


@blueprint.get(LINK)
@policy(RESIDENT)
def asked_for_mandate(grant_id: str, secret: str) -> str:
    """Who wants to act in what until when. Raises `SignInNeeded` where the principal is not known surely enough."""
    with reading() as session:
        row, titles, needed = _asked(session, grant_id, secret)
        if LEVELS.index(assurance() or LEVELS[0]) < LEVELS.index(needed):
            raise SignInNeeded(needed)
        own = row.asked_by == current_actor().id
        return render_template(
            "residents/grant.html", grant=row, titles=titles, own=own, address=f"/mandates/{grant_id}/{secret}"
        )


@blueprint.post(LINK)
@policy(RESIDENT)
def grant_mandate(grant_id: str, secret: str) -> Response:
    """Grant it."""
    try:
        with writing() as session:
            _, _, needed = _asked(session, grant_id, secret)
            granting.grant(session, current_actor(), now(), grant_id, needed)
    except AssuranceTooLow as error:
        return redirect(sign_in_address(f"/mandates/{grant_id}/{secret}", error.needed), 303)
    return redirect("/account/mandates", 303)


@blueprint.get("/account/mandates")
@policy(RESIDENT)
def own_mandates() -> str:
    """Those one gave, and those one holds."""
    with reading() as session:
        rows = granting.of_person(session, current_actor())
        session.expunge_all()
    given = [row for row in rows if row.granted_by == current_actor().id]
    held = [row for row in rows if row.asked_by == current_actor().id]
    return render_template("residents/mandates.html", groups=[("given", given), ("held", held)], ended=_ended)


def _ended(row: MandateGrant) -> bool:
    day: date = today()
    return row.revoked_at is not None or row.until < day


@blueprint.post("/account/mandates/<grant_id>/revoke")
@policy(RESIDENT)
def revoke_mandate(grant_id: str) -> Response:
    """Take it back, or give it up."""
    with writing() as session:
        granting.revoke(session, current_actor(), now(), grant_id)
    return redirect("/account/mandates", 303)
