"""Values that follow from the answers: calculated ones, and what other sections say by an expression or a table."""

from collections.abc import Iterator, Mapping
from keyword import iskeyword

from engine.compiling import codes
from engine.compiling.formulas import RESERVED, Formulas, NamedSource, condition
from engine.compiling.tables.building import build
from engine.expressions import Expression, Type
from engine.expressions.errors import named as named_type
from engine.language.codes import MISSING_KEY
from engine.language.kinds import FormulaSource, Part
from engine.language.procedure.calculated import CALCULATED
from engine.model import Calculated
from engine.problems import Report
from engine.tables import Table


def named(part: Part, report: Report) -> dict[str, NamedSource]:
    """The conditions and calculated values of a procedure; a name that both have is reported."""
    conditions: Mapping[str, FormulaSource] = part.get("conditions", {})
    values: Mapping[str, FormulaSource | Part] = part.get("calculated", {})
    for name, source in values.items():
        place = source if isinstance(source, FormulaSource) else source.node
        if name in RESERVED or iskeyword(name):
            report.add(codes.RESERVED_NAME, place, source.path, name=name)
        if name in conditions:
            report.add(codes.NAME_CLASH, place, source.path, name=name)
    found = {name: calculated(name, source) for name, source in values.items()}
    return found | {name: condition(source) for name, source in conditions.items()}


def calculated(name: str, source: FormulaSource | Part) -> NamedSource:
    """A calculated value, which is compiled when what it rests on is known."""
    inner = (source,) if isinstance(source, FormulaSource) else formulas_of(source)
    place = source if isinstance(source, FormulaSource) else source.node
    return NamedSource(place, source.path, tuple(inner), lambda formulas: _compile(name, source, formulas))


def _compile(name: str, source: FormulaSource | Part, formulas: Formulas) -> Calculated | None:
    if isinstance(source, FormulaSource):
        value = formulas.compile(source)
        return None if value is None else Calculated(id=name, value=value)
    found = derived(source, formulas)
    if found is None:
        return None
    show = source.get("show", False)
    if show and not source.wrote("title"):
        meaning = CALCULATED.more["title"].doc.by_language()
        formulas.report.add(MISSING_KEY, source.node, source.at("title"), key="title", meaning=meaning)
    return Calculated(
        id=name,
        value=found,
        title=source.get("title"),
        unit=source.get("unit"),
        shown=bool(show),
        steps=show if isinstance(show, tuple) else (),
    )


def derived(part: Part, formulas: Formulas, wanted: Type | None = None) -> Expression | Table | None:
    """The expression or table of a value, of the type that is wanted; None with a problem."""
    table: Part | None = part.get("table")
    found = formulas.compile(part.get("value")) if table is None else build(table, formulas)
    if found is None or wanted is None or found.type.fits(wanted):
        return found
    place, path = part.place("value" if table is None else "table"), part.path
    formulas.report.add(codes.WRONG_RESULT, place, path, expected=named_type(wanted), type=named_type(found.type))
    return None


def formulas_of(part: Part) -> Iterator[FormulaSource]:
    """Every expression in a value of that kind."""
    if isinstance(part.get("value"), FormulaSource):
        yield part.get("value")
    table: Part | None = part.get("table")
    if table is not None:
        axes: Mapping[str, FormulaSource] = table.get("on", {})
        yield from axes.values()
        default = table.get("otherwise")
        for row in (*table.get("rows", ()), *([default] if default else ())):
            if row.calculate is not None:
                yield row.calculate
