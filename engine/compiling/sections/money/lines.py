"""The lines of the bill."""

from collections.abc import Mapping

from engine.compiling.formulas import Formulas
from engine.compiling.sections.money import codes
from engine.compiling.sections.money.forms import price
from engine.compiling.sections.money.source import Source, rounding
from engine.compiling.series import yen
from engine.expressions import Type
from engine.language.kinds import Part
from engine.model import FeeLine, Groups
from engine.problems import Suggestion


def build(name: str, part: Part, source: Source, rate_on: str) -> FeeLine | None:
    """One line; None with a problem where something that it cannot do without is wrong."""
    groups, inner = _groups(part, source)
    found = price(part, inner)
    when = inner.formulas.condition(part.get("when"))
    share = part.get("percent")
    rounded = rounding(part, source.report) or (rounding(share, source.report) if share else None)
    least, most = (yen(part, key, source.report) for key in ("minimum", "maximum"))
    tariff = source.tariffs.rates.get(part.get("tariff", ""))
    if found is None or "title" not in part.values or (part.wrote("when") and when is None):
        return None
    return FeeLine(
        id=name,
        title=part.get("title"),
        law=part.get("law") or (tariff.law if tariff else ""),
        account=part.get("account", ""),
        unit=part.get("unit") or (tariff.unit if tariff else None),
        when=when,
        price=found,
        rounding=rounded,
        least=least,
        most=most,
        groups=groups,
        rate_on=part.get("rate_on", rate_on),
    )


def _groups(part: Part, source: Source) -> tuple[Groups | None, Source]:
    """How the items of a list are grouped, and what expressions see inside a group."""
    grouped: Part | None = part.get("per_group")
    if part.wrote("per_group") and part.wrote("per_item"):
        place, path = part.place("per_item"), part.at("per_item")
        source.report.add(codes.TWO_PRICES, place, path, one="per_group", other="per_item")
    if grouped is not None:
        return _by(grouped, source)
    listed = part.get("per_item")
    properties = None if listed is None else _properties(part, "per_item", listed, source)
    if listed is None or properties is None:
        return None, source
    return Groups(list=listed), source.within(_seeing(properties, source.formulas))


def _by(grouped: Part, source: Source) -> tuple[Groups | None, Source]:
    listed, by = grouped.get("list"), grouped.get("by", ())
    properties = None if listed is None else _properties(grouped, "list", listed, source)
    if properties is None:
        return None, source
    for index, name in enumerate(by):
        if name not in properties:
            advice = Suggestion.among(name, properties)
            path = f"{grouped.at('by')}.{index}"
            source.report.add(codes.NOT_IN_LIST, grouped.place("by"), path, name=name, list=listed, advice=advice)
    known = tuple(name for name in by if name in properties)
    groups = Groups(list=listed, by=known, together=grouped.get("show") == "together")
    return groups, source.within(_seeing({name: properties[name] for name in known}, source.formulas))


def _properties(part: Part, key: str, name: str, source: Source) -> Mapping[str, Type] | None:
    """What each item of the list `name` holds; None where there is no such list, or it is wrong itself."""
    names = source.formulas.names
    if name in names.broken:
        return None
    found = names.types.get(name)
    if found is None or found.kind != "list" or found.element.kind != "record":
        lists = [other for other, type in names.types.items() if type.kind == "list"]
        advice = Suggestion.among(name, lists)
        source.report.add(codes.NOT_A_LIST, part.place(key), part.at(key), name=name, advice=advice)
        return None
    return found.element.properties


def _seeing(properties: Mapping[str, Type], formulas: Formulas) -> Formulas:
    """Expressions that see these beside all answers; of the same spelling, those of the item."""
    names = formulas.names.within((), "")
    for name, type in properties.items():
        names.see(name, type)
    return formulas.within(names)


def check_circles(lines: tuple[FeeLine, ...], parts: Mapping[str, Part], source: Source) -> None:
    """A line cannot rest on itself, not even through others."""
    rests_on = {line.id: line.price.rests_on() for line in lines}
    settled: set[str] = set()
    while ready := [name for name, others in rests_on.items() if name not in settled and settled.issuperset(others)]:
        settled.update(ready)
    circle = [name for name in rests_on if name not in settled and rests_on.keys() >= set(rests_on[name])]
    if circle:
        part = parts[circle[0]]
        source.report.add(codes.LINE_CYCLE, part.place("percent"), part.at("percent"), circle=" → ".join(circle))
