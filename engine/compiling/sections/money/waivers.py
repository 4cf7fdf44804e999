"""The reductions, and how those that are asked for are decided."""

from engine.compiling.sections.money import codes
from engine.compiling.sections.money.forms import known_lines
from engine.compiling.sections.money.source import Source, rounding
from engine.compiling.series import yen
from engine.expressions import Expression
from engine.language.kinds import FormulaSource, Part
from engine.model import RefusalReason, Waiver, WaiverDecision
from engine.model.fees import DOWN

OF_YEN = {"ja": "yen で書いた減免", "en": "a reduction by “yen”"}


def build(name: str, part: Part, source: Source) -> Waiver | None:
    """One reduction; None with a problem where something that it cannot do without is wrong."""
    who = source.formulas.condition(part.get("when"))
    asked = _asked(part, source)
    when = who or (None if part.wrote("when") else asked)
    rounded = rounding(part, source.report)
    if part.wrote("percent") == part.wrote("yen"):
        _refuse(part, source)
        return None
    decision = _decision(part, source, who) if asked is not None else None
    half = part.wrote("asked") and decision is None
    if when is None or half or "title" not in part.values or not {"percent", "yen"} & part.values.keys():
        return None
    needs = part.get("needs", ())
    return Waiver(
        id=name,
        title=part.get("title"),
        law=part.get("law"),
        when=when,
        why=source.tell(when),
        percent=part.get("percent"),
        yen=yen(part, "yen", source.report),
        rounding=rounded or DOWN,
        lines=known_lines(part, source),
        needs=(needs,) if isinstance(needs, str) else needs,
        decision=decision,
    )


def _asked(part: Part, source: Source) -> Expression | None:
    """The question with which it is asked for, as a condition: whatever is no yes-or-no question is a problem."""
    name = part.get("asked")
    if name is None:
        return None
    place = part.place("asked")
    return source.formulas.condition(FormulaSource(name, place.line, place.col, part.at("asked"), exact=False))


def _decision(part: Part, source: Source, who: Expression | None) -> WaiverDecision | None:
    written: Part | None = part.get("decision")
    if written is None or not {"reasons", "appeal"} <= written.values.keys():
        return None
    return WaiverDecision(
        asked=part.get("asked"),
        who=who,
        parts=_parts(part, written, source),
        days=written.get("days", 10),
        two_people=written.get("two_people", False),
        reasons=tuple(
            RefusalReason(reason.get("code", ""), reason.get("title"), reason.get("law", ""))
            for reason in written.get("reasons")
            if "title" in reason.values
        ),
        appeal=written.get("appeal"),
    )


def _parts(part: Part, written: Part, source: Source) -> tuple[int, ...]:
    """The per cent that may be granted instead of the whole, each less than that."""
    parts: tuple[int, ...] = written.get("parts", ())
    place, path = written.place("parts"), written.at("parts")
    if parts and part.wrote("yen"):
        source.report.add(codes.USELESS_KEY, place, path, key="parts", form=OF_YEN)
        return ()
    most = part.get("percent", 100)
    for percent in parts:
        if percent >= most:
            source.report.add(codes.PART_NOT_LESS, place, path, part=percent, whole=most)
    return tuple(percent for percent in parts if percent < most)


def _refuse(part: Part, source: Source) -> None:
    if part.wrote("yen"):
        source.report.add(codes.TWO_PRICES, part.place("yen"), part.at("yen"), one="percent", other="yen")
    else:
        source.report.add(codes.NO_PRICE, part.node, part.path, names="percent, yen")
