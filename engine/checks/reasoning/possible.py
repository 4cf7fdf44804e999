"""Whether any answers could make a condition true."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from engine.checks.reasoning.domains import Domain, of_comparison, of_field, of_length
from engine.checks.reasoning.references import OPPOSITE, Comparison, Scope, field_of, pairs
from engine.expressions import Expression

# A case: what each field must be, by path (`len:` before the path of a list whose length is meant).
Case = Mapping[str, Domain]
Cases = list[Case]

MOST_CASES = 64
"""Beyond this the question is left open, and an open question is never reported."""

OPEN: Cases = [{}]
NEVER: Cases = []


@dataclass(slots=True)
class Reasoner:
    """Reasons about the conditions of one procedure. `shown_when` gives a field's own conditions, outermost first."""

    conditions: Mapping[str, Expression]
    shown_when: Mapping[str, tuple[tuple[Expression, Scope], ...]]
    top: Scope

    def possible(self, demands: tuple[tuple[Expression, Scope], ...]) -> bool:
        """Whether all demands can hold at once, given what must be answered for them to be known."""
        cases = OPEN
        for expression, scope in demands:
            cases = _both(cases, self._true(expression.syntax.tree, scope))
        return any(self._reachable(case) for case in cases)

    def _reachable(self, case: Case) -> bool:
        """Whether the fields that a case rests on can be asked in that very case."""
        seen: set[str] = set()
        cases: Cases = [case]
        while True:
            paths = {path.removeprefix("len:") for one in cases for path in one} - seen
            if not cases or not paths:
                return bool(cases)
            for path in sorted(paths):
                seen.add(path)
                for expression, scope in self.shown_when.get(path, ()):
                    cases = _both(cases, self._true(expression.syntax.tree, scope))

    def _true(self, node: ast.expr, scope: Scope) -> Cases:
        if isinstance(node, ast.BoolOp):
            parts = [self._true(value, scope) for value in node.values]
            return _all(parts) if isinstance(node.op, ast.And) else _any(parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._false(node.operand, scope)
        if isinstance(node, ast.Constant):
            return OPEN if node.value else NEVER
        if isinstance(node, ast.Compare):
            return _all([self._compared(one) for one in pairs(node, scope)])
        return self._named(node, scope, truth=True)

    def _false(self, node: ast.expr, scope: Scope) -> Cases:
        if isinstance(node, ast.BoolOp):
            parts = [self._false(value, scope) for value in node.values]
            return _any(parts) if isinstance(node.op, ast.And) else _all(parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._true(node.operand, scope)
        if isinstance(node, ast.Constant):
            return NEVER if node.value else OPEN
        if isinstance(node, ast.Compare):
            links = list(pairs(node, scope))
            if len(links) < len(node.ops):
                return OPEN
            return _any([self._compared(_denied(one)) for one in links])
        return self._named(node, scope, truth=False)

    def _named(self, node: ast.expr, scope: Scope, *, truth: bool) -> Cases:
        asked = field_of(node, scope)
        if asked is not None:
            return self._case(asked.path, of_field(asked).meet(Domain(values=frozenset({truth}))))
        if isinstance(node, ast.Name) and node.id in self.conditions:
            inner = self.conditions[node.id].syntax.tree
            return self._true(inner, self.top) if truth else self._false(inner, self.top)
        return OPEN

    def _compared(self, one: Comparison) -> Cases:
        if one.counted:
            return self._narrowed(f"len:{one.field.path}", of_length(one.field), one)
        whole = of_field(one.field)
        if whole.values is not None and not set(one.values) <= whole.values:
            return OPEN  # an option that does not exist has a problem of its own
        return self._narrowed(one.field.path, whole, one)

    def _narrowed(self, key: str, whole: Domain, one: Comparison) -> Cases:
        if one.operator == "in":
            return self._case(key, whole.meet(Domain(values=frozenset(one.values))))
        if one.operator == "not in":
            return self._case(key, whole.meet(Domain(excluded=frozenset(one.values))))
        if one.operator not in OPPOSITE:
            return OPEN
        return self._case(key, whole.meet(of_comparison(one.operator, one.values[0])))

    @staticmethod
    def _case(key: str, domain: Domain) -> Cases:
        return NEVER if domain.empty else [{key: domain}]


def _denied(one: Comparison) -> Comparison:
    return Comparison(one.field, OPPOSITE.get(one.operator, "is"), one.values, one.counted)


def _all(parts: list[Cases]) -> Cases:
    cases = OPEN
    for part in parts:
        cases = _both(cases, part)
    return cases


def _any(parts: list[Cases]) -> Cases:
    cases = [case for part in parts for case in part]
    return cases if len(cases) <= MOST_CASES else OPEN


def _both(one: Cases, other: Cases) -> Cases:
    if len(one) * len(other) > MOST_CASES:
        return one if len(one) <= len(other) else other
    met = [_meet(left, right) for left in one for right in other]
    return [case for case in met if case is not None]


def _meet(one: Case, other: Case) -> Case | None:
    merged = dict(one)
    for key, domain in other.items():
        merged[key] = merged[key].meet(domain) if key in merged else domain
        if merged[key].empty:
            return None
    return merged
