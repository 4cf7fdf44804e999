"""The applicant's side of a pay link: made, shown again, taken back."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from payments.checkouts.attempts import lock_charge
from payments.demands.reading import waiting_for_payment
from payments.links.tokens import Tokens, token_hash
from payments.models import PayLink
from procedures import audit
from procedures.actors import Actor
from procedures.errors import NotFound
from procedures.models import Application, new_id


def share(session: Session, actor: Actor, now: datetime, application_id: str, tokens: Tokens) -> str:
    """The token of the link for what the actor's case owes; the same one until it is taken back.

    Raises `NotFound`: no such case, somebody else's, or nothing to pay (any more).
    """
    charge_id = _owed(session, actor, now, application_id)
    charge = lock_charge(session, charge_id)
    if charge.status != "demanded":
        raise NotFound(application_id)
    if token := shared(session, charge_id, tokens):
        return token
    _revoke(session, now, charge_id)  # one made with an earlier secret cannot be shown any more
    link_id = new_id()
    token = tokens.of(link_id)
    session.add(PayLink(id=link_id, charge_id=charge_id, token_hash=token_hash(token), created_at=now))
    session.flush()
    audit.record(session, actor, now, "charge.share", application_id)
    return token


def shared(session: Session, charge_id: str, tokens: Tokens) -> str | None:
    """The token of the link that is out for a charge; None where there is none."""
    query = select(PayLink.id, PayLink.token_hash).where(PayLink.charge_id == charge_id, PayLink.revoked_at.is_(None))
    link = session.execute(query).one_or_none()
    token = tokens.of(link.id) if link else ""
    return token if link and token_hash(token) == link.token_hash else None


def take_back(session: Session, actor: Actor, now: datetime, application_id: str) -> None:
    """Let the link of what the actor's case owes lead nowhere. Raises `NotFound` as `share` does."""
    charge_id = _owed(session, actor, now, application_id)
    if _revoke(session, now, charge_id):
        audit.record(session, actor, now, "charge.unshare", application_id)


def _revoke(session: Session, now: datetime, charge_id: str) -> bool:
    this = update(PayLink).where(PayLink.charge_id == charge_id, PayLink.revoked_at.is_(None))
    return bool(session.execute(this.values(revoked_at=now)).rowcount)


def _owed(session: Session, actor: Actor, now: datetime, application_id: str) -> str:
    owner = session.execute(select(Application.owner).where(Application.id == application_id)).scalar_one_or_none()
    charge = waiting_for_payment(session, application_id) if owner == actor.owner_key else None
    if charge is None or charge.due_at <= now:
        raise NotFound(application_id)
    return charge.id
