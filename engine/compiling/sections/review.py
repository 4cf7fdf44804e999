"""The examination: office, stages, grounds for refusal, what clerks fill in."""

from typing import Any

from engine.compiling.formulas import Formulas
from engine.compiling.tables import derived
from engine.expressions import NUMBER, TEXT, Type
from engine.language.kinds import Part
from engine.model import CheckItem, Correction, ReadyMessage, RefusalReason, Review, Stage


def build(part: Part | None, formulas: Formulas) -> Review | None:
    """The review, or None for a procedure that is confirmed at once; clerk's fields come later, and see all answers."""
    if part is None:
        return None
    office, days = _derived(part, "office", TEXT, "", formulas), _derived(part, "standard_days", NUMBER, 1, formulas)
    stages = part.get("stages", {})
    return Review(
        office=office,
        standard_days=days,
        stages=tuple(
            Stage(
                name, stage.get("title"), stage.get("role", "clerk"), another_person=stage.get("another_person", False)
            )
            for name, stage in stages.items()
            if "title" in stage.values
        ),
        refusal_reasons=tuple(
            RefusalReason(reason.get("code", ""), reason.get("title"), reason.get("law", ""))
            for reason in part.get("refusal_reasons", ())
            if "title" in reason.values
        ),
        appeal=part.get("appeal"),
        correction=_correction(part.get("correction")),
        messages=tuple(
            ReadyMessage(message.get("id"), message.get("title"), message.get("text"))
            for message in part.get("messages", ())
            if message.values.keys() >= {"id", "title", "text"}
        ),
    )


def checklist(part: Part, formulas: Formulas) -> tuple[CheckItem, ...]:
    """What staff tick off; its conditions see all answers and what staff filled in."""
    return tuple(
        CheckItem(
            id=item.get("id"),
            title=item.get("title"),
            law=item.get("law", ""),
            stage=item.get("stage", ""),
            when=formulas.condition(item.get("when")),
            required=item.get("required", True),
        )
        for item in part.get("checklist", ())
        if item.values.keys() >= {"id", "title"}
    )


def _correction(part: Part | None) -> Correction:
    """How corrections are asked for, with what is usual where nothing is written."""
    usual = Correction()
    if part is None:
        return usual
    return Correction(
        days=part.get("days", usual.days),
        remind_days=part.get("remind_days", usual.remind_days),
        lapses=part.get("unanswered") == "lapse",
        law=part.get("law", ""),
        reasons=tuple(part.get("reasons", ())),
    )


def _derived(part: Part, key: str, wanted: Type, blank: Any, formulas: Formulas) -> Any:
    """What was written plainly, or the expression or table that gives it."""
    written = part.get(key, blank)
    if not isinstance(written, Part):
        return written
    found = derived(written, formulas, wanted)
    return blank if found is None else found
