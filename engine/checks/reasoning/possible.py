"""Whether any answers could make a condition true."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.checks.reasoning.domains import Domain, of_comparison, of_field, of_length
from engine.checks.reasoning.references import OPPOSITE, Comparison, Scope, field_of, pairs
from engine.expressions import Expression

# A case: what each field must be, by path (`len:` before the path of a list whose length is meant).
Case = Mapping[str, Domain]
Cases = list[Case]
Demands = tuple[tuple[Expression, Scope], ...]

MOST_CASES = 64
MOST_FIELDS = 40
MOST_WORK = 20_000
"""Beyond these many alternatives, fields behind fields, and comparisons in all, a question is left open."""

OPEN: Cases = [{}]
NEVER: Cases = []


@dataclass(slots=True)
class Reasoner:
    """Reasons about the conditions of one procedure. `shown_when` gives a field's own conditions, outermost first.

    It may call something possible that is not, never the other way round.
    """

    conditions: Mapping[str, Expression]
    shown_when: Mapping[str, Demands]
    top: Scope
    known: dict[int, tuple[Expression, Cases]] = field(default_factory=dict)
    work: int = 0

    def possible(self, demands: Demands, besides: ast.expr | None = None) -> bool:
        """Whether all demands can hold at once, given what must be answered for them to be known.

        `besides`: a condition over the fields at the top that must hold too.
        """
        cases = self._demanded(OPEN, demands)
        if besides is not None:
            cases = self._both(cases, self._true(besides, self.top))
        return any(self._reachable(case) for case in cases)

    def certain(self, demands: Demands) -> bool:
        """Whether the last demand surely holds where the others do, once what it rests on is answered."""
        *before, (expression, scope) = demands
        cases = self._both(self._demanded(OPEN, tuple(before)), self._false(expression.syntax.tree, scope))
        return not self.exhausted and not any(self._reachable(case) for case in cases)

    @property
    def exhausted(self) -> bool:
        """Whether it has stopped looking: from here on everything is called possible."""
        return self.work > MOST_WORK

    def _reachable(self, case: Case) -> bool:
        """Whether the fields that a case rests on can be asked in that very case."""
        seen: set[str] = set()
        cases: Cases = [case]
        while cases:
            paths = {path.removeprefix("len:") for one in cases for path in one} - seen
            if not paths or len(seen) > MOST_FIELDS:
                return True
            for path in sorted(paths):
                seen.add(path)
                cases = self._demanded(cases, self.shown_when.get(path, ()))
        return False

    def _demanded(self, cases: Cases, demands: Demands) -> Cases:
        for expression, scope in demands:
            key = id(expression)  # not its text: the same text inside and outside of a list is two questions
            if key not in self.known:
                self.known[key] = expression, self._true(expression.syntax.tree, scope)
            cases = self._both(cases, self.known[key][1])
        return cases

    def _true(self, node: ast.expr, scope: Scope) -> Cases:
        if isinstance(node, ast.BoolOp):
            parts = [self._true(value, scope) for value in node.values]
            return self._all(parts) if isinstance(node.op, ast.And) else _any(parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._false(node.operand, scope)
        if isinstance(node, ast.Constant):
            return OPEN if node.value else NEVER
        if isinstance(node, ast.Compare):
            return self._all([_compared(one) for one in pairs(node, scope)])
        return self._named(node, scope, truth=True)

    def _false(self, node: ast.expr, scope: Scope) -> Cases:
        if isinstance(node, ast.BoolOp):
            parts = [self._false(value, scope) for value in node.values]
            return _any(parts) if isinstance(node.op, ast.And) else self._all(parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._true(node.operand, scope)
        if isinstance(node, ast.Constant):
            return NEVER if node.value else OPEN
        if isinstance(node, ast.Compare):
            links = list(pairs(node, scope))
            if len(links) < len(node.ops):
                return OPEN
            return _any([_compared(_denied(one)) for one in links])
        return self._named(node, scope, truth=False)

    def _named(self, node: ast.expr, scope: Scope, *, truth: bool) -> Cases:
        asked = field_of(node, scope)
        if asked is not None:
            return _case(asked.path, of_field(asked).meet(Domain(values=frozenset({truth}))))
        if isinstance(node, ast.Name) and node.id in self.conditions and self._affordable():
            inner = self.conditions[node.id].syntax.tree
            return self._true(inner, self.top) if truth else self._false(inner, self.top)
        return OPEN

    def _all(self, parts: list[Cases]) -> Cases:
        cases = OPEN
        for part in parts:
            cases = self._both(cases, part)
        return cases

    def _both(self, one: Cases, other: Cases) -> Cases:
        """The cases that are in both; where that is too much work, those of the simpler side, which are more."""
        if len(one) * len(other) > MOST_CASES or not self._affordable(sum(map(len, one)) * len(other)):
            return min(one, other, key=len)
        met = [_meet(left, right) for left in one for right in other]
        return [case for case in met if case is not None]

    def _affordable(self, work: int = 1) -> bool:
        self.work += work + 1
        return not self.exhausted


def _compared(one: Comparison) -> Cases:
    if one.counted:
        return _narrowed(f"len:{one.field.path}", of_length(one.field), one)
    whole = of_field(one.field)
    if whole.values is not None and not set(one.values) <= whole.values:
        return OPEN  # an option that does not exist has a problem of its own
    return _narrowed(one.field.path, whole, one)


def _narrowed(key: str, whole: Domain, one: Comparison) -> Cases:
    if one.operator == "in":
        return _case(key, whole.meet(Domain(values=frozenset(one.values))))
    if one.operator == "not in":
        return _case(key, whole.meet(Domain(excluded=frozenset(one.values))))
    if one.operator not in OPPOSITE:
        return OPEN
    return _case(key, whole.meet(of_comparison(one.operator, one.values[0])))


def _case(key: str, domain: Domain) -> Cases:
    return NEVER if domain.empty else [{key: domain}]


def _denied(one: Comparison) -> Comparison:
    return Comparison(one.field, OPPOSITE.get(one.operator, "is"), one.values, one.counted)


def _any(parts: list[Cases]) -> Cases:
    cases = [case for part in parts for case in part]
    return cases if len(cases) <= MOST_CASES else OPEN


def _meet(one: Case, other: Case) -> Case | None:
    merged = dict(one)
    for key, domain in other.items():
        merged[key] = merged[key].meet(domain) if key in merged else domain
        if merged[key].empty:
            return None
    return merged
