"""What the examples visit together: steps, both sides of every condition, rule and check, fees, rows of tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.expressions import UNKNOWN, Expression, Scope
from engine.fees import FeeQuote
from engine.journey import Journey, inside
from engine.model import Caution, Check, Field, Procedure, Step, Stop

Path = tuple[str | int, ...]
SHOWN, HIDDEN = "shown", "hidden"
KEPT, BROKEN = "kept", "broken"


@dataclass(slots=True)
class Coverage:
    """What there is to visit, and what was: paths in the source, a condition once for each of its outcomes."""

    steps: dict[Path, bool] = field(default_factory=dict)
    branches: dict[tuple[Path, str], bool] = field(default_factory=dict)
    fee_lines: dict[Path, bool] = field(default_factory=dict)
    table_rows: dict[Path, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, procedure: Procedure) -> "Coverage":
        """Everything there is, unvisited."""
        coverage = cls()
        for step in procedure.steps:
            coverage.steps[("steps", step.id)] = False
            coverage._expect(("steps", step.id), step.when)
            coverage._expect_checks(("steps", step.id), step.checks)
            for path, one in _fields(("steps", step.id, "fields"), step.fields):
                coverage._expect(path, one.when)
                coverage._expect_checks(path, one.checks)
                coverage._expect_checks((*path, "items"), one.items.checks if one.items else ())
        for path, rule in _rules(procedure):
            coverage._expect(path, rule.when)
        for line in procedure.fees.lines if procedure.fees else ():
            for row in ((), *line.price.rows()):
                coverage.fee_lines[("fees", "lines", line.id, *row)] = False
        for waiver in procedure.fees.waivers if procedure.fees else ():
            coverage._expect(("fees", "waivers", waiver.id), waiver.when)
        for path, table in procedure.tables.items():
            coverage.table_rows.update({(*path, *row.path): False for row in table.every_row()})
        return coverage

    def _expect(self, path: Path, when: Expression | None) -> None:
        if when is not None:
            self.branches[(path, SHOWN)] = self.branches[(path, HIDDEN)] = False

    def _expect_checks(self, path: Path, checks: tuple[Check, ...]) -> None:
        for index in range(len(checks)):
            self.branches[((*path, "checks", index), KEPT)] = self.branches[((*path, "checks", index), BROKEN)] = False

    def visit(self, procedure: Procedure, journey: Journey, quote: FeeQuote | None) -> None:
        """Note what one journey visits. A condition counts only where its step is on the path, none after a stop."""
        on_path = {step.id for step in journey.steps}
        for step in _passed(procedure, journey):
            if step.id in on_path:
                self.steps[("steps", step.id)] = True
            self._judge(("steps", step.id), step.when, journey.scope)
            if step.id in on_path:
                self._visit_fields(("steps", step.id, "fields"), step.fields, journey.answers, journey.scope)
                self._visit_checks(("steps", step.id), step.checks, journey.scope)
        self._visit_rules(procedure, journey)
        for line in quote.lines if quote else ():
            for row in ((), *line.rows):
                self.fee_lines[("fees", "lines", line.id, *row)] = True
        for waiver in procedure.fees.waivers if procedure.fees else ():
            self._judge(("fees", "waivers", waiver.id), waiver.when, journey.scope)
        self._visit_tables(procedure, journey.scope)

    def _visit_tables(self, procedure: Procedure, scope: Scope) -> None:
        for path, table in procedure.tables.items():
            for row in table.deciding(scope):
                self.table_rows[(*path, *row.path)] = True

    def _visit_rules(self, procedure: Procedure, journey: Journey) -> None:
        """A rule that holds, or is known not to. What the answers do not tell counts for neither."""
        held = {id(rule) for rule in (*journey.stops, *(warned.caution for warned in journey.warnings))}
        for path, rule in _rules(procedure):
            if id(rule) in held:
                self.branches[(path, SHOWN)] = True
            elif rule.when.evaluate(journey.scope) is False:
                self.branches[(path, HIDDEN)] = True

    def _judge(self, path: Path, when: Expression | None, scope: Scope) -> bool:
        shown = when is None or when.evaluate(scope) is True
        if when is not None:
            self.branches[(path, SHOWN if shown else HIDDEN)] = True
        return shown

    def _visit_fields(self, path: Path, fields: tuple[Field, ...], answers: Mapping[str, Any], scope: Scope) -> None:
        for one in fields:
            here = (*path, one.id)
            if not self._judge(here, one.when, scope) or one.id not in answers:
                continue
            self._visit_inside((*here, "properties"), one, answers[one.id], scope)
            listed = answers[one.id] if one.items is not None and isinstance(answers[one.id], list) else []
            for item in listed:
                self._visit_inside((*here, "items", "properties"), one.items or one, item, scope)

    def _visit_inside(self, path: Path, holder: Field, answer: Any, scope: Scope) -> None:
        if holder.properties and isinstance(answer, Mapping):
            _, inner = inside(holder.properties, answer, scope)
            self._visit_fields(path, holder.properties, answer, inner)
            self._visit_checks(path[:-1], holder.checks, inner)

    def _visit_checks(self, path: Path, checks: tuple[Check, ...], scope: Scope) -> None:
        for index, check in enumerate(checks):
            kept = check.that.evaluate(scope)
            if kept is not UNKNOWN:
                self.branches[((*path, "checks", index), KEPT if kept else BROKEN)] = True

    def missing(self) -> Iterator[tuple[str, Path]]:
        """What was never visited: `step`, `fee_line`, `table_row`, `shown` or `hidden`, with its place."""
        yield from (("step", path) for path, seen in self.steps.items() if not seen)
        for (path, side), seen in self.branches.items():
            if not seen and not (side == SHOWN and path in self.steps):
                yield side, path
        yield from (("fee_line", path) for path, seen in self.fee_lines.items() if not seen)
        yield from (("table_row", path) for path, seen in self.table_rows.items() if not seen)

    def counts(self) -> dict[str, tuple[int, int]]:
        """Visited and all, for steps, branches, fee lines and rows of tables: what `tetsuzuki test` prints."""
        return {
            "steps": (sum(self.steps.values()), len(self.steps)),
            "branches": (sum(self.branches.values()), len(self.branches)),
            "fee_lines": (sum(self.fee_lines.values()), len(self.fee_lines)),
            "table_rows": (sum(self.table_rows.values()), len(self.table_rows)),
        }


def _rules(procedure: Procedure) -> Iterator[tuple[Path, Stop | Caution]]:
    for kind, rules in (("stops", procedure.stops), ("warnings", procedure.warnings)):
        for rule in rules:
            yield (*(("steps", rule.step) if rule.step else ()), kind, rule.id), rule


def _passed(procedure: Procedure, journey: Journey) -> tuple[Step, ...]:
    """The steps whose conditions were looked at: all, or those up to the one that a stop followed."""
    if not journey.stops:
        return procedure.steps
    return procedure.steps[: procedure.steps.index(journey.steps[-1]) + 1]


def _fields(path: Path, fields: tuple[Field, ...]) -> Iterator[tuple[Path, Field]]:
    for one in fields:
        here = (*path, one.id)
        yield here, one
        yield from _fields((*here, "properties"), one.properties)
        if one.items is not None:
            yield from _fields((*here, "items", "properties"), one.items.properties)
