"""Whether a proposal waits for somebody: their turn at its stage, not one of their own, not one they passed."""

from datetime import date

from sqlalchemy import BindParameter, ColumnElement, and_, literal, or_, select

from procedures.actors import EVERYWHERE, Actor
from procedures.models import Application, Deputy, Endorsement, Proposal

Posts = tuple[tuple[str, tuple[str, ...]], ...]
"""Roles at stages, each with its offices."""

Me = str | BindParameter[str]
Day = date | BindParameter[date]


def posts_of(actor: Actor) -> Posts:
    """Where the actor works at stages; empty for those who only look on, such as managers and auditors."""
    held = ((role, actor.offices_as(role)) for role in ("approver", "clerk"))
    return tuple((role, tuple(sorted(offices))) for role, offices in held if offices)


def waits_for(me: Me, today: Day, posts: Posts) -> ColumnElement[bool]:
    """A case with an open proposal that `me` may act on today, in person or for somebody who is away (代決).

    One that somebody else is asked for by name waits for them alone; who only looks on sees all of them.
    """
    open_here = and_(Proposal.application_id == Application.id, Proposal.state == "open")
    theirs = and_(open_here, Proposal.proposed_by != me, ~_passed_by(me))
    if not posts:
        return select(Proposal.id).where(theirs).exists()
    absent = select(Deputy.absent).where(
        Deputy.deputy == me, Deputy.ended_at.is_(None), Deputy.from_on <= today, Deputy.until_on >= today
    )
    turn = or_(Proposal.asked.is_(None), Proposal.asked == me, Proposal.asked.in_(absent))
    return select(Proposal.id).where(theirs, turn, or_(*(_at(*post) for post in posts), absent.exists())).exists()


def _at(role: str, offices: tuple[str, ...]) -> ColumnElement[bool]:
    if EVERYWHERE in offices:
        return Proposal.role == role
    return and_(Proposal.role == role, Application.office.in_([literal(office) for office in offices]))


def _passed_by(me: Me) -> ColumnElement[bool]:
    mine = or_(Endorsement.by == me, Endorsement.stood_in_for == me)
    this = and_(Endorsement.proposal_id == Proposal.id, Endorsement.undone_at.is_(None))
    return select(Endorsement.id).where(this, mine).correlate(Proposal).exists()
