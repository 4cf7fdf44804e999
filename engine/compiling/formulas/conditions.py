"""Named conditions: what they rest on, whether they run in circles, and when they can be compiled."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.compiling import codes
from engine.compiling.formulas.names import free_names
from engine.expressions import Expression
from engine.language.kinds import FormulaSource
from engine.problems import Report


@dataclass(slots=True)
class Conditions:
    """The named conditions of a procedure and those compiled so far.

    `order` puts each after those it uses; `rests_on` holds for each every field it uses directly or through others;
    `broken` are those that run in circles or use one that does.
    """

    sources: Mapping[str, FormulaSource]
    order: list[str] = field(default_factory=list)
    rests_on: dict[str, frozenset[str]] = field(default_factory=dict)
    compiled: dict[str, Expression] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def ordered(self) -> dict[str, Expression]:
        """The compiled conditions, each after those it uses."""
        return {name: self.compiled[name] for name in self.order if name in self.compiled}


def gather(sources: Mapping[str, FormulaSource], report: Report) -> Conditions:
    """Look at all conditions at once; those in a circle are reported and marked broken."""
    conditions = Conditions(sources)
    direct = {name: tuple(free_names(source.text)) for name, source in sources.items()}
    for name in sources:
        _visit(name, direct, conditions, report)
    return conditions


def _visit(start: str, direct: Mapping[str, tuple[str, ...]], conditions: Conditions, report: Report) -> None:
    """Depth first with an own stack: a long chain of conditions must not exhaust Python's."""
    way = [start] if start not in conditions.rests_on else []
    on_way = set(way)
    waiting = {name: [used for used in direct[name] if used in direct] for name in way}
    while way:
        name = way[-1]
        if not waiting[name]:
            _finish(name, direct, conditions)
            on_way.discard(way.pop())
            continue
        used = waiting[name].pop(0)
        if used in on_way:
            _report_circle([*way[way.index(used) :], used], conditions, report)
        elif used not in conditions.rests_on:
            way.append(used)
            on_way.add(used)
            waiting[used] = [other for other in direct[used] if other in direct]


def _finish(name: str, direct: Mapping[str, tuple[str, ...]], conditions: Conditions) -> None:
    fields: set[str] = set()
    for used in direct[name]:
        if used not in direct:
            fields.add(used)
        elif used in conditions.rests_on:
            fields |= conditions.rests_on[used]
        if used in conditions.broken:
            conditions.broken.add(name)
    conditions.rests_on[name] = frozenset(fields)
    conditions.order.append(name)


def _report_circle(circle: list[str], conditions: Conditions, report: Report) -> None:
    conditions.broken |= set(circle)
    source = conditions.sources[circle[0]]
    report.add(codes.CONDITION_CYCLE, source, source.path, circle=" → ".join(circle))
