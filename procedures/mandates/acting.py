"""For whom a draft is, and whether the mandate is there when it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from engine.model import Procedure
from procedures.actors import Actor
from procedures.attachments import own_draft
from procedures.audit import record
from procedures.errors import MandateMissing
from procedures.mandates.granting import holds
from procedures.models import Acting, Attachment, MandateGrant, Submission
from procedures.storing.fixed import Fixed
from procedures.submitting.files import describe

PAPER = "#mandate"
"""The `field_id` of a mandate on paper; no question can be called this."""

_END = Fixed(delete(Acting.__table__).where(Acting.__table__.c.application_id == bindparam("case_id")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """For whom: as what one acts, the principal's name and address as written, the relation or registration number."""

    kind: str
    name: str
    address: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """What a draft says. `grant` is the one that was chosen, `papers` the mandate on paper; `shown`: it suffices."""

    statement: Statement
    grant: MandateGrant | None
    papers: Sequence[dict[str, Any]]
    shown: bool


def state_for(session: Session, actor: Actor, now: datetime, application_id: str, statement: Statement | None) -> None:
    """Say for whom the draft is; None: for oneself. A mandate that was shown for another person counts no more.

    Raises `NotFound`, `AlreadySubmitted`.
    """
    own_draft(session, actor, application_id)
    row = session.get(Acting, application_id)
    if statement is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(Acting(application_id=application_id, stated_at=now, **_facts(statement)))
    else:
        if row.name != statement.name or row.kind != statement.kind:
            row.grant_id = None
        for name, value in _facts(statement).items():
            setattr(row, name, value)
        row.stated_at = now
    session.flush()
    record(session, actor, now, "acting.stated", application_id)


def _facts(statement: Statement) -> dict[str, str]:
    return {name: getattr(statement, name) for name in ("kind", "name", "address", "relation")}


def choose_grant(session: Session, actor: Actor, application_id: str, grant_id: str) -> None:
    """Use this mandate; whether it holds is judged when it is sent. Raises `NotFound`, `AlreadySubmitted`."""
    own_draft(session, actor, application_id)
    row = session.get(Acting, application_id)
    if row is not None:
        row.grant_id = grant_id
        session.flush()


def of_draft(session: Session, actor: Actor, procedure: Procedure, application_id: str, day: date) -> State | None:
    """For whom the draft is; None for oneself, and where the procedure takes nothing on behalf of others."""
    rule = procedure.representation
    row = session.get(Acting, application_id) if rule else None
    if rule is None or row is None:
        return None
    granted = session.get(MandateGrant, row.grant_id) if row.grant_id else None
    query = select(Attachment).where(Attachment.application_id == application_id, Attachment.field_id == PAPER)
    papers = [describe(paper) for paper in session.scalars(query.order_by(Attachment.position))]
    valid = holds(granted, actor, procedure.id, procedure.sign_in.assurance, day)
    by_grant, by_paper = rule.needs in {"grant", "either"} and valid, rule.needs in {"mandate_file", "either"}
    shown = row.kind in rule.by and (by_grant or (by_paper and bool(papers)))
    said = Statement(kind=row.kind, name=row.name, address=row.address, relation=row.relation)
    return State(said, granted, papers, shown)


def require(
    session: Session, actor: Actor, procedure: Procedure, application_id: str, day: date
) -> dict[str, Any] | None:
    """For whom and by which mandate, as it is frozen; None for oneself. Raises `MandateMissing`.

    {kind, name, address, relation} with `files` (as files are frozen) or `grant` {id, by, name, level, at, until}.
    """
    state = of_draft(session, actor, procedure, application_id, day)
    if state is None:
        return None
    if not state.shown:
        raise MandateMissing
    frozen: dict[str, Any] = _facts(state.statement)
    given = state.grant
    if given is not None and holds(given, actor, procedure.id, procedure.sign_in.assurance, day) and given.granted_at:
        frozen["grant"] = {
            "id": given.id,
            "by": given.granted_by,
            "name": given.granted_as,
            "level": given.level,
            "at": given.granted_at.astimezone(UTC).isoformat(),
            "until": given.until.isoformat(),
        }
    else:
        frozen["files"] = list(state.papers)
    return frozen


def of_last_round(session: Session, application_id: str) -> dict[str, Any] | None:
    """For whom the newest submission was made: a correction is for the same person, by the same mandate."""
    query = select(Submission.applicant).where(Submission.application_id == application_id)
    who = session.scalars(query.order_by(Submission.round.desc()).limit(1)).one_or_none()
    return who.get("for") if who else None


def papers(represented: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The mandate, where it is a paper: frozen and kept with every round like the files that the answers name."""
    return list(represented.get("files", ())) if represented else []


def end(session: Session, application_id: str) -> None:
    """The draft is over: what it said is frozen with the submission, or gone."""
    _END.change(session, {"case_id": application_id})
