"""What the examples visit together: steps, both sides of every condition, fee lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.expressions import Expression, Scope
from engine.fees import FeeQuote
from engine.journey import Journey, inside
from engine.model import Field, Procedure

Path = tuple[str | int, ...]
SHOWN, HIDDEN = "shown", "hidden"


@dataclass(slots=True)
class Coverage:
    """What there is to visit, and what was: paths in the source, a condition once for each of its outcomes."""

    steps: dict[Path, bool] = field(default_factory=dict)
    branches: dict[tuple[Path, str], bool] = field(default_factory=dict)
    fee_lines: dict[Path, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, procedure: Procedure) -> "Coverage":
        """Everything there is, unvisited."""
        coverage = cls()
        for step in procedure.steps:
            coverage.steps[("steps", step.id)] = False
            coverage._expect(("steps", step.id), step.when)
            for path, one in _fields(("steps", step.id, "fields"), step.fields):
                coverage._expect(path, one.when)
        for line in procedure.fees.lines if procedure.fees else ():
            coverage.fee_lines[("fees", "lines", line.id)] = False
        for waiver in procedure.fees.waivers if procedure.fees else ():
            coverage._expect(("fees", "waivers", waiver.id), waiver.when)
        return coverage

    def _expect(self, path: Path, when: Expression | None) -> None:
        if when is not None:
            self.branches[(path, SHOWN)] = self.branches[(path, HIDDEN)] = False

    def visit(self, procedure: Procedure, journey: Journey, quote: FeeQuote | None) -> None:
        """Note what one journey visits. A condition counts only where its step is on the path."""
        on_path = {step.id for step in journey.steps}
        for step in procedure.steps:
            if step.id in on_path:
                self.steps[("steps", step.id)] = True
            self._judge(("steps", step.id), step.when, journey.scope)
            if step.id in on_path:
                self._visit_fields(("steps", step.id, "fields"), step.fields, journey.answers, journey.scope)
        for line in quote.lines if quote else ():
            self.fee_lines[("fees", "lines", line.id)] |= line.count > 0
        for waiver in procedure.fees.waivers if procedure.fees else ():
            self._judge(("fees", "waivers", waiver.id), waiver.when, journey.scope)

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

    def missing(self) -> Iterator[tuple[str, Path]]:
        """What was never visited: `step`, `fee_line`, `shown` or `hidden`, with its place."""
        yield from (("step", path) for path, seen in self.steps.items() if not seen)
        for (path, side), seen in self.branches.items():
            if not seen and not (side == SHOWN and path in self.steps):
                yield side, path
        yield from (("fee_line", path) for path, seen in self.fee_lines.items() if not seen)

    def counts(self) -> dict[str, tuple[int, int]]:
        """Visited and all, for steps, branches and fee lines: what `tetsuzuki test` prints."""
        return {
            "steps": (sum(self.steps.values()), len(self.steps)),
            "branches": (sum(self.branches.values()), len(self.branches)),
            "fee_lines": (sum(self.fee_lines.values()), len(self.fee_lines)),
        }


def _fields(path: Path, fields: tuple[Field, ...]) -> Iterator[tuple[Path, Field]]:
    for one in fields:
        here = (*path, one.id)
        yield here, one
        yield from _fields((*here, "properties"), one.properties)
        if one.items is not None:
            yield from _fields((*here, "items", "properties"), one.items.properties)
