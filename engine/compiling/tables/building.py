"""Builds a table from its source: axes, cells, outputs, the order of the rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.compiling.formulas import Formulas
from engine.compiling.tables import codes
from engine.compiling.tables.cells import cell
from engine.compiling.tables.outputs import Output, common_type, output
from engine.compiling.tables.values import of_scalar
from engine.expressions import Expression, Type
from engine.expressions.errors import LANGUAGES, named
from engine.language.kinds import Part
from engine.language.tables import CALCULATE, GIVE, RowSource
from engine.problems import Suggestion
from engine.source import SequenceNode
from engine.tables import HITS, Axis, Cell, Row, Table
from engine.tables.narrowness import narrowest_first
from engine.tables.table import OTHERWISE

AXIS_KINDS = frozenset({"number", "date", "text", "boolean"})


def build(part: Part, formulas: Formulas) -> Table | None:
    """The table, or None with problems."""
    before = len(formulas.report)
    axes = _axes(part, formulas)
    sources: tuple[RowSource, ...] = part.get("rows", ())
    default: RowSource | None = part.get("otherwise")
    if len(axes) < len(part.get("on", ())) or not axes or not sources:
        return None
    cells = [_cells(source, axes, formulas) for source in sources]
    every = [*sources, default] if default else list(sources)
    outputs = [output(source, formulas) for source in every]
    given = [one for one in outputs if one is not None]
    if len(given) < len(outputs) or len(formulas.report) > before:
        return None
    type = common_type(given, formulas)
    return None if type is None else _table(part, formulas, axes, cells, given, type)


def _axes(part: Part, formulas: Formulas) -> list[Axis]:
    found = []
    for name, source in part.get("on", {}).items():
        value = formulas.compile(source)
        if name in {GIVE, CALCULATE} or (value is not None and value.type.kind not in AXIS_KINDS):
            type = "–" if value is None else named(value.type)
            formulas.report.add(codes.AXIS_TYPE, source, source.path, name=name, type=type)
        elif value is not None:
            found.append(Axis(name, value))
    return found


def _cells(source: RowSource, axes: Sequence[Axis], formulas: Formulas) -> Mapping[int, Cell]:
    places = {axis.name: place for place, axis in enumerate(axes)}
    found = {}
    for name, node in source.cells.items():
        path = f"{source.path}.{name}"
        if name not in places:
            key = source.node.pairs[name].key
            advice = Suggestion.among(name, [*places, GIVE, CALCULATE])
            formulas.report.add(codes.UNKNOWN_AXIS, key, path, name=name, advice=advice)
            continue
        read = cell(node, axes[places[name]].value.type, path, formulas.report)
        if read is not None:
            found[places[name]] = read
    return dict(sorted(found.items()))


def _table(
    part: Part, formulas: Formulas, axes: list[Axis], cells: list[Mapping[int, Cell]], outputs: list[Output], type: Type
) -> Table | None:
    hit = HITS[part.get("hit", "unique")]
    if hit.kinds and type.kind not in hit.kinds:
        names = [named(Type(kind)) for kind in sorted(hit.kinds)]
        expected = {language: " / ".join(name[language] for name in names) for language in LANGUAGES}
        formulas.report.add(codes.OUTPUT, part.place("hit"), part.at("hit"), found=named(type), expected=expected)
        return None
    rows = tuple(
        Row(index, held, one.value(type)) for index, (held, one) in enumerate(zip(cells, outputs, strict=False))
    )
    order = _order(part, formulas, hit.name == "priority", outputs[: len(cells)], type)
    if order is None:
        return None
    return Table(
        axes=tuple(axes),
        rows=narrowest_first(rows) if hit.name == "narrowest" else rows,
        hit=hit,
        type=hit.result(type),
        otherwise=Row(OTHERWISE, {}, outputs[-1].value(type)) if len(outputs) > len(cells) else None,
        order=order,
        types=_types(axes, outputs),
    )


def _types(axes: list[Axis], outputs: list[Output]) -> dict[str, Type]:
    expressions: list[Expression] = [axis.value for axis in axes]
    expressions += [one.calculated for one in outputs if one.calculated is not None]
    return {name: type for expression in expressions for name, type in expression.types.items()}


def _order(part: Part, formulas: Formulas, needed: bool, outputs: list[Output], type: Type) -> tuple[Any, ...] | None:  # noqa: FBT001 - the policy says it
    """The values from the foremost on; all outputs must be among them. Empty for the other policies."""
    place, path = part.place("order"), part.at("order")
    if not needed:
        if part.wrote("order"):
            formulas.report.add(codes.ORDER, place, path, values="–")
            return None
        return ()
    try:
        items = place.items if isinstance(place, SequenceNode) else []
        order = tuple(of_scalar(item, type.kind) for item in items)
    except ValueError:
        order = ()
    missing = [str(value) for value in dict.fromkeys(one.value(type) for one in outputs) if value not in order]
    if missing or any(one.calculated for one in outputs):
        formulas.report.add(codes.ORDER, place, path, values=", ".join(missing) or "–")
        return None
    return order
