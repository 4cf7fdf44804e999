"""What staff fill in and tick off in the stages of an examination: what is asked, and what is still missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.expressions import Scope
from engine.journey import Journey, holds, keep, walk
from engine.model import CheckItem, Field, Procedure, Stage
from engine.validation import check_fields


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps somebody from leaving a stage: a field that is empty or wrong, or an item that is not ticked."""

    stage: Stage
    what: Field | CheckItem


def filling(
    procedure: Procedure, answers: Mapping[str, Any], filled: Mapping[str, Any], submitted_on: date, today: date
) -> Journey:
    """The questions to staff as a journey of one step for each stage.

    Conditions of the procedure are those of the day of submission, as the case was; `today` written in a question to
    staff is the day on which it is asked.
    """
    applied = walk(procedure, answers, submitted_on)
    scope = Scope({}, today, procedure.named, outer=applied.scope, around=applied.scope)
    shown, kept = set(), {}
    for field in (field for step in procedure.examined.steps for field in step.fields):
        if holds(field.when, scope):
            shown.add(field.id)
            if field.id in filled:
                kept[field.id] = keep(field, filled[field.id], scope)
    return Journey(procedure.examined, procedure.examined.steps, frozenset(shown), kept, scope, today)


def to_tick(procedure: Procedure, journey: Journey, stage: str) -> tuple[CheckItem, ...]:
    """The items of the checklist that concern this case in a stage. One whose condition is not known stays away."""
    review = procedure.review
    items = review.checklist if review else ()
    return tuple(
        item for item in items if review and review.stage_of(item) == stage and holds(item.when, journey.scope)
    )


def missing(
    procedure: Procedure, journey: Journey, ticked: frozenset[str], role: str, *, fields: bool = True
) -> Iterator[Missing]:
    """What is still to be done in the stages of `role`, in the order of the screens.

    Without `fields` only the checklist counts: a refusal needs no number that an approval would give.
    """
    for stage in procedure.review.stages if procedure.review else ():
        if stage.role != role:
            continue
        items = to_tick(procedure, journey, stage.id)
        yield from (Missing(stage, item) for item in items if item.required and item.id not in ticked)
        if fields:
            step = procedure.examined.step_by_id[f"review.{stage.id}"]
            wrong = {failure.path[0] for failure in check_fields(step.fields, journey.answers, journey, journey.today)}
            yield from (Missing(stage, field) for field in step.fields if field.id in wrong)
