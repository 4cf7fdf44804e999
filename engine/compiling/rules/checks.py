"""Checks over several fields of a step, a group or an item, and where each is told."""

from collections.abc import Iterable, Iterator

from engine.compiling.formulas import Formulas, free_names
from engine.compiling.rules import codes
from engine.language.kinds import FormulaSource, Part
from engine.model import Check
from engine.problems import Suggestion


def build(part: Part, beside: Iterable[str], formulas: Formulas) -> tuple[Check, ...]:
    """The checks of `part`; `beside` are the fields that stand there, whose names are all known by now."""
    return tuple(_checks(part, list(beside), formulas))


def _checks(part: Part, beside: list[str], formulas: Formulas) -> Iterator[Check]:
    for one in part.get("checks", ()):
        source = one.get("that")
        that, names = formulas.condition(source), _named(source, formulas)
        at = _written(one, beside, formulas) if one.wrote("at") else _last_asked(names, beside)
        if source is not None and that is not None and not at and not one.wrote("at"):
            formulas.report.add(codes.CHECKS_NOTHING, source, source.path)
        if that is not None and at and "error" in one.values:
            yield Check(that=that, error=one.get("error"), at=at, names=names, law=one.get("law"))


def _named(source: FormulaSource | None, formulas: Formulas) -> frozenset[str]:
    """The fields that the expression names, itself or through what it calls by name."""
    used = set(free_names(source.text)) if source else set()
    through = {field for name in used for field in formulas.named.rests_on.get(name, ())}
    return frozenset(used | through) - formulas.named.sources.keys()


def _written(one: Part, beside: list[str], formulas: Formulas) -> tuple[str, ...]:
    at: tuple[str, ...] = one.get("at", ())
    for name in at:
        if name not in beside:
            advice = Suggestion.among(name, beside)
            formulas.report.add(codes.NOT_ASKED_HERE, one.place("at"), one.at("at"), name=name, advice=advice)
    return tuple(name for name in at if name in beside)


def _last_asked(names: frozenset[str], beside: list[str]) -> tuple[str, ...]:
    return tuple(name for name in beside if name in names)[-1:]
