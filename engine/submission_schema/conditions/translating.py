"""Walks an expression's tree; what JSON Schema cannot say of it stays open."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from engine.submission_schema.conditions import constants
from engine.submission_schema.conditions.operands import MIRRORED, Answer, Length, Number, Operand
from engine.submission_schema.conditions.quantities import Items
from engine.submission_schema.conditions.truth import (
    UNSAID,
    Truth,
    all_of,
    any_of,
    certain,
    chosen,
    constant,
    of_answer,
)
from engine.submission_schema.formulas import Formula, both
from engine.submission_schema.reach import Reach

Comprehension = ast.GeneratorExp | ast.ListComp
COUNTED = constant(value=True)


@dataclass(frozen=True, slots=True)
class Translator:
    """`names` are the answers that an expression can name where it stands, `condition` gives the named conditions."""

    names: Mapping[str, Reach | None]
    condition: Callable[[str], Truth | None]

    def truth(self, node: ast.expr) -> Truth:
        """When it is known to be true, and when known to be false."""
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                return self.truth(inner).denied
            case ast.BoolOp(op=op, values=values):
                return (all_of if isinstance(op, ast.And) else any_of)([self.truth(value) for value in values])
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return chosen(self.truth(test), self.truth(body), self.truth(orelse))
        return self._single(node)

    def _single(self, node: ast.expr) -> Truth:
        """What is not put together of conditions."""
        match node:
            case ast.Constant(value=bool() as value):
                return constant(value)
            case ast.Compare():
                return self._compared(node)
            case ast.Call(func=ast.Name(id=name), args=[argument]):
                return self._called(name, argument)
            case ast.Name(id=name) if name not in self.names:
                return self.condition(name) or UNSAID
        return self._affirmed(self.reach(node))

    def reach(self, node: ast.expr) -> Reach | None:
        """The answer that is named."""
        match node:
            case ast.Name(id=name):
                return self.names.get(name)
            case ast.Attribute(value=owner, attr=name):
                reach = self.reach(owner)
                return None if reach is None else reach.inner(name)
        return None

    def _affirmed(self, reach: Reach | None) -> Truth:
        known = reach is not None and reach.type.kind == "boolean"
        return of_answer(reach, {"const": True}) if reach is not None and known else UNSAID

    def _compared(self, node: ast.Compare) -> Truth:
        sides = [node.left, *node.comparators]
        links = zip(node.ops, sides, sides[1:], strict=False)
        return all_of([self._link(type(op).__name__, left, right) for op, left, right in links])

    def _link(self, op: str, left: ast.expr, right: ast.expr) -> Truth:
        if op in {"In", "NotIn"} and (reach := self.reach(right)):
            truth = self._contained(reach, left)
            return truth.denied if op == "NotIn" else truth
        for side, other, way in ((left, right, op), (right, left, MIRRORED.get(op, op))):
            operand = None if side is right and op in {"In", "NotIn"} else self._operand(side)
            if operand is not None:
                try:
                    return operand.compared(way, constants.written(other))
                except ValueError:
                    return UNSAID
        return UNSAID

    def _contained(self, reach: Reach, node: ast.expr) -> Truth:
        """`'a' in kinds`, or a part of a text."""
        try:
            value = constants.written(node)
        except ValueError:
            return UNSAID
        if reach.type.kind == "text" and isinstance(value, str):
            return of_answer(reach, {"pattern": _literally(value)})
        if reach.type.kind != "list" or reach.type.element.kind in {"record", "list", "anything"}:
            return UNSAID
        json = constants.number(value) if reach.type.element.kind == "number" else value
        known = json is not None and not isinstance(json, list) and self._items(reach, "x") is not None
        return of_answer(reach, {"contains": {"const": json}}) if known else UNSAID

    def _operand(self, node: ast.expr) -> Operand | None:
        match node:
            case ast.Call(func=ast.Name(id="len"), args=[ast.Name() | ast.Attribute() as inner]):
                reach = self.reach(inner)
                return Length(reach) if reach is not None and reach.type.kind in {"list", "text"} else None
            case ast.Call(func=ast.Name(id="count" | "len" as name), args=[argument]):
                items = self._quantified(argument, counting=name == "len")
                return None if items is None else Number(items)
        reach = self.reach(node)
        return None if reach is None else Answer(reach)

    def _called(self, name: str, argument: ast.expr) -> Truth:
        if name == "answered":
            return self._answered(argument)
        if name not in {"any", "all"}:
            return UNSAID
        if isinstance(argument, ast.List | ast.Tuple | ast.Set):
            return (any_of if name == "any" else all_of)([self.truth(part) for part in argument.elts])
        items = self._quantified(argument)
        if items is None:
            return UNSAID
        return items.any() if name == "any" else items.all()

    def _answered(self, argument: ast.expr) -> Truth:
        if isinstance(argument, ast.Name) and argument.id not in self.names:
            truth = self.condition(argument.id)
            return UNSAID if truth is None else certain(truth.known)
        reach = self.reach(argument)
        return UNSAID if reach is None else Truth(reach.known, reach.unknown)

    def _quantified(self, node: ast.expr, *, counting: bool = False) -> Items | None:
        """The items of a list of truth values, or of a comprehension. `counting`: whatever they are."""
        if not isinstance(node, Comprehension):
            reach = self.reach(node)
            item = None if reach is None else self._items(reach, "x")
            if reach is None or item is None:
                return None
            return Items(reach, item.level, COUNTED, COUNTED if counting else self._affirmed(item))
        loop = node.generators[0]
        reach = self.reach(loop.iter)
        item = None if reach is None else self._items(reach, ast.unparse(loop.target))
        if reach is None or item is None or not isinstance(loop.target, ast.Name):
            return None
        inner = replace(self, names={**self.names, loop.target.id: item})
        test = all_of([inner.truth(one) for one in loop.ifs])
        if not counting:
            return Items(reach, item.level, test, inner.truth(node.elt))
        return _Counted(reach, item.level, test, COUNTED) if inner.reach(node.elt) == item else None

    def _items(self, reach: Reach, name: str) -> Reach | None:
        depth = sum(1 for one in self.names.values() if one is not None and not one.steps)
        return reach.item((*reach.level, *reach.steps, "*", f"{name}{depth}"))


@dataclass(frozen=True, slots=True)
class _Counted(Items):
    """`len([d for d in dogs if …])`: unknown while it is unknown of one whether it counts."""

    def told(self, number: Formula) -> Formula:
        """Every item has to tell."""
        return both(self.all_tested, number)


def _literally(text: str) -> str:
    """The pattern that finds just this text, in every dialect."""
    return "".join(f"\\{sign}" if sign in ".^$*+?()[]{}|\\/" else sign for sign in text)
