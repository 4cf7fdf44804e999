"""/desk/assigning: how each office gives its cases out, and what everybody has in hand."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, redirect, request
from sqlalchemy.orm import Session

from procedures.actors import EVERYWHERE, Actor
from procedures.assigning import automatic, presence, switches
from procedures.assigning.loads import Hand, hands_of
from procedures.authority import may, offices_where
from procedures.errors import NotFound
from procedures.people import offices
from web.access import MAY, policy
from web.context import current_actor, now, reading, today, writing
from web.desk.frame import READER, blueprint, just_done, show

HERE = "/desk/assigning"


@dataclass(frozen=True, slots=True)
class OfficePage:
    """One office: whether it gives out by itself, its clerks with what they have, who is away until when."""

    id: str
    automatic: bool
    managed: bool
    hands: list[Hand]
    away: Mapping[str, presence.Away]
    lying: int


@blueprint.get(HERE)
@policy(READER)
def show_assigning() -> Response:
    """Every office that this person works in; managers may change what they manage."""
    actor = current_actor()
    with reading() as session:
        pages = [_office(session, actor, office) for office in _own(session, actor)]
    return show("assigning/office.html", offices=pages, shares=switches.SHARES, done=just_done())


@blueprint.post(HERE + "/<office>")
@policy(MAY("assigning.settle"))
def settle_assigning(office: str) -> Response:
    """Switch the office on or off (`automatic`), or settle somebody's share (`person`, `percent`)."""
    form, actor = request.form, current_actor()
    with writing() as session:
        if "automatic" in form:
            switches.switch(session, actor, now(), office, automatic=form["automatic"] == "on")
        else:
            percent = form.get("percent", "")
            if percent not in {str(one) for one in switches.SHARES}:
                raise NotFound(percent)
            switches.share(session, actor, now(), office, form.get("person", ""), int(percent))
    return redirect(f"{HERE}?done=assigning_settled#office-{office}", 303)


def _own(session: Session, actor: Actor) -> list[str]:
    """The offices whose cases one may read, those of everywhere by name."""
    mine = offices_where(actor, "case.read")
    return [one.id for one in offices.all_known(session)] if EVERYWHERE in mine else sorted(mine)


def _office(session: Session, actor: Actor, office: str) -> OfficePage:
    hands = hands_of(session, office)
    away = {one.person_id: one for one in presence.to_come(session, [hand.id for hand in hands], today())[::-1]}
    return OfficePage(
        id=office,
        automatic=switches.is_automatic(session, office),
        managed=may(actor, "assigning.settle", office),
        hands=hands,
        away={id: one for id, one in away.items() if one.covers(today())},
        lying=automatic.lying(session, office),
    )
