"""The applicant's side of a pay link: made, shown again, taken back. A case has one, for all that it owes."""

from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from payments.demands.reading import payable
from payments.links.tokens import Tokens, token_hash
from payments.models import Charge, PayLink
from procedures import audit, lifecycle
from procedures.actors import Actor
from procedures.errors import NotFound
from procedures.models import Application, new_id


def share(session: Session, actor: Actor, now: datetime, application_id: str, tokens: Tokens) -> str:
    """The token of the link for what the actor's case owes; the same one until it is taken back.

    Raises `NotFound`: no such case, somebody else's, or nothing to pay (any more).
    """
    _check_own(session, actor, application_id)
    lifecycle.lock(session, application_id)
    owed = payable(session, application_id, now)
    if not owed:
        raise NotFound(application_id)
    if token := shared(session, application_id, tokens):
        return token
    _revoke(session, now, application_id)  # one made with an earlier secret cannot be shown any more
    link_id = new_id()
    token = tokens.of(link_id)
    session.add(PayLink(id=link_id, charge_id=owed[0].id, token_hash=token_hash(token), created_at=now))
    session.flush()
    audit.record(session, actor, now, "charge.share", application_id)
    return token


def shared(session: Session, application_id: str, tokens: Tokens) -> str | None:
    """The token of the link that is out for a case; None where there is none."""
    query = (
        select(PayLink.id, PayLink.token_hash)
        .where(PayLink.charge_id.in_(_charges(application_id)), PayLink.revoked_at.is_(None))
        .order_by(PayLink.created_at.desc())
        .limit(1)
    )
    link = session.execute(query).one_or_none()
    token = tokens.of(link.id) if link else ""
    return token if link and token_hash(token) == link.token_hash else None


def take_back(session: Session, actor: Actor, now: datetime, application_id: str) -> None:
    """Let the link of what the actor's case owes lead nowhere. Raises `NotFound` as `share` does."""
    _check_own(session, actor, application_id)
    if not payable(session, application_id, now):
        raise NotFound(application_id)
    if _revoke(session, now, application_id):
        audit.record(session, actor, now, "charge.unshare", application_id)


def _revoke(session: Session, now: datetime, application_id: str) -> bool:
    this = update(PayLink).where(PayLink.charge_id.in_(_charges(application_id)), PayLink.revoked_at.is_(None))
    return bool(session.execute(this.values(revoked_at=now).execution_options(synchronize_session=False)).rowcount)


def _charges(application_id: str) -> Select[tuple[str]]:
    return select(Charge.id).where(Charge.application_id == application_id)


def _check_own(session: Session, actor: Actor, application_id: str) -> None:
    owner = session.execute(select(Application.owner).where(Application.id == application_id)).scalar_one_or_none()
    if owner is None or owner != actor.owner_key:
        raise NotFound(application_id)
