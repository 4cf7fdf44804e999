"""The examination: office, stages, grounds for refusal, what clerks fill in."""

from engine.language.kinds import Part
from engine.model import Field, RefusalReason, Review, Stage


def build(part: Part | None, clerk_fields: tuple[Field, ...]) -> Review | None:
    """The review, or None for a procedure that is confirmed at once."""
    if part is None:
        return None
    stages = part.get("stages", {})
    return Review(
        office=part.get("office", ""),
        standard_days=part.get("standard_days", 1),
        stages=tuple(
            Stage(name, stage.get("title"), stage.get("role", "clerk"))
            for name, stage in stages.items()
            if "title" in stage.values
        ),
        refusal_reasons=tuple(
            RefusalReason(reason.get("code", ""), reason.get("title"), reason.get("law", ""))
            for reason in part.get("refusal_reasons", ())
            if "title" in reason.values
        ),
        appeal=part.get("appeal"),
        clerk_fields=clerk_fields,
    )
