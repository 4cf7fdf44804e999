"""Proposing a decision (起案), as the clerk who has the case."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from engine.lifecycle import Event, Status, Who, target
from procedures import library, lifecycle
from procedures.actors import Actor
from procedures.decisions import finding, outcomes, stages, writing
from procedures.decisions.outcomes import Outcome
from procedures.errors import Conflict, NothingGranted
from procedures.examining.completing import require_complete


def propose(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    outcome: Outcome,
    reason_codes: Sequence[str] = (),
    text: str = "",
    granted: str = "",
) -> str:
    """Propose a decision; returns the proposal's id. `granted` says what a partial approval grants.

    What is refused, wholly or in part, needs at least one code of the procedure's list (理由の提示, 行政手続法第8条),
    else `NoLawfulReason`. Raises `NotFound`, `Conflict` (somebody else has the case), `AlreadyDecided`,
    `TransitionRefused`, `NothingGranted`, and `ExaminationIncomplete` while something required is missing.
    """
    case = finding.locked(session, actor, "case.propose", application_id)
    finding.refuse_decided(session, case)
    if case.claimed_by is not None and case.claimed_by != actor.id:
        raise Conflict(finding.name(session, case.claimed_by), case.claimed_at)
    target(Status(case.status), Event.PROPOSE, Who.CLERK)
    procedure = library.by_digest(session, case.digest)
    outcomes.reasons(procedure, outcome, reason_codes)
    if outcome == "partly" and not granted:
        raise NothingGranted
    require_complete(session, now, case, procedure, "clerk", outcome)
    lifecycle.apply(session, actor, now, application_id, Event.PROPOSE, who=Who.CLERK)
    part, at = (granted if outcome == "partly" else None), stages.lying_at(stages.first(procedure))
    return writing.keep_proposal(session, actor, now, case, outcome, reason_codes, text, granted=part, **at)
