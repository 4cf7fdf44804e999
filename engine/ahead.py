"""Steps that answers still to come may bring onto the path, and whose answers they wait for."""

from dataclasses import dataclass

from engine.expressions import Expression
from engine.journey import Journey
from engine.model import Field, Step
from engine.model.watched import fields_of, minds_silence


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step of which it is not known yet whether it is asked; `waits` are the steps that will tell."""

    step: Step
    waits: tuple[Step, ...]


def ahead(journey: Journey) -> tuple[Ahead, ...]:
    """Those steps in their order.

    A step whose condition rests on a question that these answers pass by will not come, and is not among them; neither
    is anything after an end.
    """
    if journey.stops:
        return ()
    found = []
    for step in journey.procedure.steps:
        fields = _open_questions(journey, step)
        others = (one for one in journey.procedure.steps if one is not step)
        waits = tuple(one for one in others if any(field.id in fields for field in one.fields))
        if waits:
            found.append(Ahead(step, waits))
    return tuple(found)


def _open_questions(journey: Journey, step: Step) -> frozenset[str]:
    """The unanswered questions on which it depends whether anything of this step is asked."""
    if step not in journey.steps:
        return _of(journey, step.when)
    if any(field.id in journey.shown for field in step.fields):
        return frozenset()
    return frozenset(id for field in step.fields for id in _of(journey, field.when))


def _of(journey: Journey, condition: Expression | None) -> frozenset[str]:
    """The questions that may still decide a condition; none where it is decided.

    What asks whether something was answered at all is not decided by silence.
    """
    if condition is None:
        return frozenset()
    holds = condition.evaluate(journey.scope)
    if holds is True or (holds is False and not minds_silence(condition, journey.procedure.named)):
        return frozenset()
    spoken_of = fields_of(condition, journey.procedure.named)
    return frozenset(id for id in spoken_of if _may_be_answered(journey, journey.procedure.fields.get(id)))


def _may_be_answered(journey: Journey, field: Field | None) -> bool:
    """Whether the question has no answer yet and is asked, or may come. Conditions speak of what stands before them."""
    if field is None or field.id in journey.answers:
        return False
    step = journey.procedure.step_of[field.id]
    if step not in journey.steps and not _of(journey, step.when):
        return False
    return field.id in journey.shown or step not in journey.steps or bool(_of(journey, field.when))
