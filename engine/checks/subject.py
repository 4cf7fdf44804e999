"""What a check looks at: the compiled procedure, its source with places, and where problems go."""

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from functools import cached_property

from engine.checks.reasoning.possible import Reasoner
from engine.checks.reasoning.references import Scope
from engine.expressions import BOOLEAN, Expression
from engine.fees.forms import Tabled
from engine.model import Check, FeeLine, Field, Procedure, Review
from engine.problems import Code, Report
from engine.problems.report import Parameter
from engine.source import MappingNode
from engine.source.nodes import find
from engine.tables import Table

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A `when` of the procedure with all that must hold before it is asked at all."""

    path: Path
    demands: tuple[tuple[Expression, Scope], ...]
    what: str  # step, field, option, fee_line, waiver, stop, warning


@dataclass(frozen=True, slots=True)
class PlacedField:
    """A field with its place in the source and what surrounds it."""

    path: Path
    field: Field
    scope: Scope
    demands: tuple[tuple[Expression, Scope], ...]  # the conditions under which it is asked, outermost first


@dataclass(frozen=True, slots=True)
class PlacedCheck:
    """A check over several fields with its place, the fields it can name, and when it is made at all."""

    path: Path
    check: Check
    scope: Scope
    demands: tuple[tuple[Expression, Scope], ...]


@dataclass(frozen=True)
class Subject:
    """One procedure under examination. Where something did not compile, it is not in `procedure`.

    `templates` are the sources of its papers' templates by name; None where they are not at hand.
    """

    procedure: Procedure
    root: MappingNode
    report: Report
    _: KW_ONLY
    templates: Mapping[str, str] | None = None

    def problem(self, code: Code, path: Path, **parameters: Parameter) -> None:
        """Report at `path`, or at the nearest place above it that was written."""
        self.report.add(code, find(self.root, path), ".".join(map(str, path)), **parameters)

    @cached_property
    def reasoner(self) -> Reasoner:
        """What can be, given the fields and their conditions."""
        shown_when = {placed.field.path: placed.demands for placed in self.fields}
        values = {name: one.value for name, one in self.procedure.calculated.items()}
        truths = {name: one for name, one in values.items() if isinstance(one, Expression) and one.type == BOOLEAN}
        return Reasoner({**self.procedure.conditions, **truths}, shown_when, self.top)

    @cached_property
    def top(self) -> Mapping[str, Field]:
        """The procedure's fields by id."""
        return self.procedure.fields

    @cached_property
    def with_staff(self) -> Mapping[str, Field]:
        """The same, with the fields that staff fill in."""
        review = self.procedure.review
        return {**self.top, **{one.id: one for one in (review.clerk_fields if review else ())}}

    @cached_property
    def fields(self) -> tuple[PlacedField, ...]:
        """Every field, also those inside objects and lists, outermost first."""
        return tuple(self._fields())

    def _fields(self) -> Iterator[PlacedField]:
        for step in self.procedure.steps:
            outer = _demand(step.when, self.top)
            for field in step.fields:
                yield from _placed(("steps", step.id, "fields", field.id), field, self.top, outer)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every `when`: of steps, fields, options, fee lines, waivers, stops and warnings."""
        return tuple(self._conditions())

    def _conditions(self) -> Iterator[Condition]:
        for step in self.procedure.steps:
            if step.when is not None:
                yield Condition(("steps", step.id, "when"), _demand(step.when, self.top), "step")
        for placed in self.fields:
            if placed.field.when is not None:
                yield Condition((*placed.path, "when"), placed.demands, "field")
            for option in placed.field.options:
                if option.when is not None:
                    demands = (*placed.demands, (option.when, placed.scope))
                    yield Condition((*placed.path, "options", str(option.value), "when"), demands, "option")
        yield from self._rules()
        fees = self.procedure.fees
        for line in fees.lines if fees else ():
            if line.when is not None:
                demands = _demand(line.when, self.seen_by(line))
                yield Condition(("fees", "lines", line.id, "when"), demands, "fee_line")
        for waiver in fees.waivers if fees else ():
            yield Condition(("fees", "waivers", waiver.id, "when"), _demand(waiver.when, self.top), "waiver")
        yield from self._of_certificates()

    def _of_certificates(self) -> Iterator[Condition]:
        for kind in self.procedure.certificates:
            if kind.when is not None:
                yield Condition(("certificates", kind.id, "when"), _demand(kind.when, self.with_staff), "certificate")

    def _rules(self) -> Iterator[Condition]:
        """Of a step's rule, the condition of the step is demanded too: elsewhere it is not looked at."""
        for kind, rules in (("stop", self.procedure.stops), ("warning", self.procedure.warnings)):
            for rule in rules:
                within = () if rule.step is None else ("steps", rule.step)
                step = self.procedure.step_by_id.get(rule.step or "")
                demands = (*_demand(step.when if step else None, self.top), (rule.when, self.top))
                yield Condition((*within, f"{kind}s", rule.id, "when"), demands, kind)

    @cached_property
    def checks(self) -> tuple[PlacedCheck, ...]:
        """Every check over several fields, of steps first, then of groups and items."""
        return tuple(self._checks())

    def _checks(self) -> Iterator[PlacedCheck]:
        for step in self.procedure.steps:
            demands = _demand(step.when, self.top)
            for index, check in enumerate(step.checks):
                yield PlacedCheck(("steps", step.id, "checks", index), check, self.top, demands)
        for placed in self.fields:
            for path, holder in _holders(placed.path, placed.field):
                scope = {**placed.scope, **{one.id: one for one in holder.properties}}
                for index, check in enumerate(holder.checks):
                    yield PlacedCheck((*path, "checks", index), check, scope, placed.demands)

    @cached_property
    def expressions(self) -> tuple[tuple[Path, Expression, Scope], ...]:
        """Every expression with its place and the fields it can name."""
        return tuple(self._expressions())

    def _last_days(self) -> Iterator[tuple[Path, Expression, Scope]]:
        for kind in self.procedure.certificates:
            if kind.valid_until is not None:
                yield ("certificates", kind.id, "valid", "until"), kind.valid_until, self.with_staff

    def _named_expressions(self) -> Iterator[tuple[Path, Expression, Scope]]:
        yield from self._last_days()
        for name, expression in self.procedure.conditions.items():
            yield ("conditions", name), expression, self.top
        for path, table in self.procedure.tables.items():
            yield from ((path, expression, self.top) for expression in table.expressions())
        for name, calculated in self.procedure.calculated.items():
            if isinstance(calculated.value, Expression):
                yield ("calculated", name), calculated.value, self.top
        review = self.procedure.review
        if review is not None:
            for key, value in (("office", review.office), ("standard_days", review.standard_days)):
                if isinstance(value, Expression):
                    yield ("review", key, "value"), value, self.top
            yield from self._examination(review)

    def _examination(self, review: Review) -> Iterator[tuple[Path, Expression, Scope]]:
        """What staff fill in and tick off: it sees every answer, and what is filled in above it."""
        seen: dict[str, Field] = dict(self.top)
        for field in review.clerk_fields:
            path: Path = ("review", "clerk_fields", field.id)
            spoken = {"when": field.when, "optional": field.optional, **field.limits}
            yield from (((*path, key), one, dict(seen)) for key, one in spoken.items() if isinstance(one, Expression))
            seen[field.id] = field
        for number, item in enumerate(review.checklist):
            if item.when is not None:
                yield ("review", "checklist", number, "when"), item.when, seen

    def _expressions(self) -> Iterator[tuple[Path, Expression, Scope]]:
        yield from self._named_expressions()
        for condition in self.conditions:
            expression, scope = condition.demands[-1]
            yield condition.path, expression, scope
        for check in self.checks:
            yield (*check.path, "that"), check.check.that, check.scope
        for placed in self.fields:
            if isinstance(placed.field.optional, Expression):
                yield (*placed.path, "optional"), placed.field.optional, placed.scope
            for keyword, limit in placed.field.limits.items():
                yield (*placed.path, keyword), limit, placed.scope
        fees = self.procedure.fees
        if fees is not None:
            yield ("fees", "pay_by"), fees.pay_by, self.top
            for line in fees.lines:
                for path, expression in line.price.expressions():
                    yield ("fees", "lines", line.id, *path), expression, self.seen_by(line)

    def seen_by(self, line: FeeLine) -> Mapping[str, Field]:
        """The fields that the expressions of a line can name: by groups, also what the items of one share."""
        listed = None if line.groups is None else self.top.get(line.groups.list)
        if line.groups is None or listed is None or listed.items is None:
            return self.top
        shared = {field.id: field for field in listed.items.properties}
        return {**self.top, **{name: shared[name] for name in line.groups.by or shared}}

    @cached_property
    def insides(self) -> tuple["Inside", ...]:
        """The same for each fee line that has a table, which by groups sees more than other tables do."""
        fees = self.procedure.fees
        return tuple(
            Inside(self.procedure, self.root, self.report, ("fees", "lines", line.id, "table"), line.price.table, line)
            for line in (fees.lines if fees else ())
            if isinstance(line.price, Tabled)
        )


@dataclass(frozen=True)
class Inside(Subject):
    """A procedure as the table of one fee line sees it."""

    path: Path
    table: Table
    line: FeeLine

    @cached_property
    def top(self) -> Mapping[str, Field]:
        """The procedure's fields, and those of an item or that a group shares."""
        return Subject(self.procedure, self.root, self.report).seen_by(self.line)


def _demand(expression: Expression | None, scope: Scope) -> tuple[tuple[Expression, Scope], ...]:
    return () if expression is None else ((expression, scope),)


def _placed(
    path: Path, field: Field, scope: Scope, outer: tuple[tuple[Expression, Scope], ...]
) -> Iterator[PlacedField]:
    demands = (*outer, *_demand(field.when, scope))
    yield PlacedField(path, field, scope, demands)
    for place, holder in _holders(path, field):
        inner = {**scope, **{one.id: one for one in holder.properties}}
        for one in holder.properties:
            yield from _placed((*place, "properties", one.id), one, inner, demands)


def _holders(path: Path, field: Field) -> Iterator[tuple[Path, Field]]:
    """The field itself and, of a list, what stands for an item: where properties may be."""
    yield path, field
    if field.items is not None:
        yield (*path, "items"), field.items
