"""Named conditions and calculated values: what they rest on, whether they run in circles, when they can be compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.compiling import codes
from engine.compiling.formulas.names import free_names
from engine.language.kinds import FormulaSource
from engine.problems import Place, Report

if TYPE_CHECKING:
    from engine.compiling.formulas.compiling import Formulas


@dataclass(frozen=True, slots=True)
class NamedSource:
    """One of them before it is compiled: its place, the expressions in it, and how it is compiled.

    `compile` gives something with a `type`, or None with a problem.
    """

    place: Place
    path: str
    formulas: tuple[FormulaSource, ...]
    compile: Callable[[Formulas], Any]

    def uses(self) -> Iterator[str]:
        """The names in its expressions, in the order of the source, some more than once."""
        for formula in self.formulas:
            yield from free_names(formula.text)


def condition(source: FormulaSource) -> NamedSource:
    """A named condition: one expression that is true or false."""
    return NamedSource(source, source.path, (source,), lambda formulas: formulas.condition(source))


@dataclass(slots=True)
class Named:
    """The named things of a procedure and those compiled so far.

    `order` puts each after those it uses; `rests_on` holds for each every field it uses directly or through others;
    `broken` are those that run in circles or use one that does.
    """

    sources: Mapping[str, NamedSource]
    order: list[str] = field(default_factory=list)
    rests_on: dict[str, frozenset[str]] = field(default_factory=dict)
    compiled: dict[str, Any] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def ordered(self, among: Mapping[str, object]) -> dict[str, Any]:
        """The compiled ones of `among`, each after those it uses."""
        return {name: self.compiled[name] for name in self.order if name in self.compiled and name in among}


def gather(sources: Mapping[str, NamedSource], report: Report) -> Named:
    """Look at all of them at once; those in a circle are reported and marked broken."""
    named = Named(sources)
    direct = {name: tuple(dict.fromkeys(source.uses())) for name, source in sources.items()}
    for name in sources:
        _visit(name, direct, named, report)
    return named


def _visit(start: str, direct: Mapping[str, tuple[str, ...]], named: Named, report: Report) -> None:
    """Depth first with an own stack: a long chain of names must not exhaust Python's."""
    way = [start] if start not in named.rests_on else []
    on_way = set(way)
    waiting = {name: [used for used in direct[name] if used in direct] for name in way}
    while way:
        name = way[-1]
        if not waiting[name]:
            _finish(name, direct, named)
            on_way.discard(way.pop())
            continue
        used = waiting[name].pop(0)
        if used in on_way:
            _report_circle([*way[way.index(used) :], used], named, report)
        elif used not in named.rests_on:
            way.append(used)
            on_way.add(used)
            waiting[used] = [other for other in direct[used] if other in direct]


def _finish(name: str, direct: Mapping[str, tuple[str, ...]], named: Named) -> None:
    fields: set[str] = set()
    for used in direct[name]:
        if used not in direct:
            fields.add(used)
        elif used in named.rests_on:
            fields |= named.rests_on[used]
        if used in named.broken:
            named.broken.add(name)
    named.rests_on[name] = frozenset(fields)
    named.order.append(name)


def _report_circle(circle: list[str], named: Named, report: Report) -> None:
    named.broken |= set(circle)
    source = named.sources[circle[0]]
    report.add(codes.CONDITION_CYCLE, source.place, source.path, circle=" → ".join(circle))
