"""Who writes into sealed columns, found in the syntax trees: what is given without a word of whose it is."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tests.house.tree import Module

Columns = Mapping[str, frozenset[str]]
"""The columns of each mapped class that has sealed ones."""


@dataclass(frozen=True)
class Place:
    """One value on its way into a sealed column of a class."""

    kind: str
    column: str
    line: int
    owned: bool


@dataclass
class Writers:
    """What one module writes. `sealed` and `all_columns` by the names of mapped classes."""

    module: Module
    sealed: Columns
    all_columns: Columns
    bound: dict[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def names(self) -> dict[str, str]:
        """What stands for a class or its table in this module: imported, or `x = Class.__table__`."""
        if not any(name in self.module.text for name in self.sealed):
            return {}
        imported = {name.rpartition(".")[2] for _, name in self.module.imports()}
        found = {name: name for name in imported if name in self.sealed}
        for node in ast.walk(self.module.tree):
            if isinstance(node, ast.Assign):
                for target, value in _pairs(node.targets[0], node.value):
                    if isinstance(target, ast.Name) and (kind := self._table(value, found)):
                        found[target.id] = kind
        return found

    def kinds(self) -> dict[str, bool]:
        """The classes whose rows the module writes past the ORM; whether each time by `sealed_row` as a whole."""
        found: dict[str, bool] = {}
        for statement in _statements(self.module.tree):
            whole = _sealed_rows(statement)
            for kind in self._written(statement):
                fixed = statement.targets[0] if isinstance(statement, ast.Assign) and not whole else None
                whole_here = self._always_whole(fixed.id) if isinstance(fixed, ast.Name) else bool(whole)
                found[kind] = found.get(kind, True) and whole_here
        return found

    def _written(self, statement: ast.AST) -> Iterator[str]:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and _called(node) in {"insert", "update", "insert_new"}:
                on = [*node.args, *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
                yield from (kind for one in on if (kind := self._table(one, self.names)))

    def _always_whole(self, statement: str) -> bool:
        """Whether whatever runs the statement with this name gives it a row of `sealed_row`."""
        runs = [
            node
            for node in ast.walk(self.module.tree)
            if isinstance(node, ast.Call) and _called(node) in {"change", "all", "one_or_none", "execute", "values"}
            if any(isinstance(part, ast.Name) and part.id == statement for part in ast.walk(node))
        ]
        return bool(runs) and all(map(_sealed_rows, runs))

    def objects(self) -> set[str]:
        """The classes of which the module makes objects: those say themselves whose they are."""
        calls = (node for node in ast.walk(self.module.tree) if isinstance(node, ast.Call))
        return {kind for node in calls if isinstance(node.func, ast.Name) and (kind := self.names.get(node.func.id))}

    def places(self) -> Iterator[Place]:
        """Every value that goes into a sealed column by a statement."""
        kinds = {kind for kind, whole in self.kinds().items() if not whole} if self.names else set()
        if not kinds:
            return
        passing_on = {"values"} | {one.name for one in self.module.functions() if one.args.kwarg}
        for scope in self._scopes():
            for node in _within(scope):
                if isinstance(node, ast.Call) and _called(node) in passing_on:
                    for given in node.keywords:
                        yield from self._keyword(kinds, scope, given)
        for scope in self._scopes():
            for node in _within(scope):
                if isinstance(node, ast.Dict):
                    yield from self._row(kinds, scope, node)

    def _keyword(self, kinds: set[str], scope: ast.AST, given: ast.keyword) -> Iterator[Place]:
        for kind in kinds:
            if given.arg in self.sealed[kind]:
                if isinstance(given.value, ast.Call) and _called(given.value) == "bindparam":
                    self.bound[ast.literal_eval(given.value.args[0])] = (kind, given.arg or "")
                else:
                    yield Place(kind, given.arg or "", given.value.lineno, _owned(given.value, scope))

    def _row(self, kinds: set[str], scope: ast.AST, row: ast.Dict) -> Iterator[Place]:
        """A dict whose keys are columns of a class, or names by which a statement takes values."""
        given = {key.value: value for key, value in zip(row.keys, row.values, strict=True) if _word(key)}
        for kind in kinds:
            if given.keys() <= self.all_columns[kind]:
                for name in given.keys() & self.sealed[kind]:
                    yield Place(kind, name, row.lineno, _owned(given[name], scope) or _sealed_whole(row, scope))
        for name in given.keys() & self.bound.keys():
            yield Place(*self.bound[name], row.lineno, _owned(given[name], scope))

    def _scopes(self) -> list[ast.AST]:
        return [self.module.tree, *self.module.functions()]

    def _table(self, node: ast.AST, names: Mapping[str, str]) -> str | None:
        if isinstance(node, ast.Attribute) and node.attr == "__table__":
            node = node.value
        return names.get(node.id) if isinstance(node, ast.Name) else None


def _word(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Constant) and isinstance(key.value, str)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        yield from zip(target.elts, value.elts, strict=True)
    else:
        yield target, value


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    """Each statement alone: of those with a body, what stands before it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.While):
            yield node.test
        elif isinstance(node, ast.For):
            yield node.iter
        elif isinstance(node, ast.With):
            yield from (item.context_expr for item in node.items)
        elif isinstance(node, ast.stmt) and not hasattr(node, "body"):
            yield node


def _sealed_rows(node: ast.AST) -> list[ast.Call]:
    return [part for part in ast.walk(node) if isinstance(part, ast.Call) and _called(part) == "sealed_row"]


def _within(scope: ast.AST) -> Iterator[ast.AST]:
    """What stands in a function, or in a module outside its functions; not inside `of(…)`."""
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, ast.FunctionDef):
            yield child
            if not _is_of(child):
                yield from _within(child)


def _owned(value: ast.expr, scope: ast.AST) -> bool:
    """`of(…)`, nothing at all, or what was given one of them in the same function: a name, or a name's `["key"]`."""
    if isinstance(value, ast.Constant):
        return value.value is None
    if isinstance(value, ast.Name):
        told = [given for name, given in _given(scope) if name == value.id]
        return bool(told) and all(not isinstance(one, ast.Name) and _owned(one, scope) for one in told)
    if isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name) and _word(value.slice):
        rows = [given for name, given in _given(scope) if name == value.value.id and isinstance(given, ast.Dict)]
        found = [at for row in rows for key, at in zip(row.keys, row.values, strict=True) if _same(key, value.slice)]
        return bool(found) and all(not isinstance(one, ast.Subscript) and _owned(one, scope) for one in found)
    return _is_of(value)


def _is_of(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "of"


def _given(scope: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Each name with what is put into it, also what is added."""
    for node in _within(scope):
        if isinstance(node, ast.Assign | ast.AugAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            for one, value in _pairs(target, node.value):
                if isinstance(one, ast.Name):
                    yield one.id, value


def _same(key: ast.expr | None, other: ast.expr) -> bool:
    return isinstance(key, ast.Constant) and isinstance(other, ast.Constant) and key.value == other.value


def _sealed_whole(row: ast.Dict, scope: ast.AST) -> bool:
    """Whether the row, or the name it was put into, goes through `sealed_row` in the same function."""
    inside = [part for call in _sealed_rows(scope) for argument in call.args[2:] for part in ast.walk(argument)]
    names = {part.id for part in inside if isinstance(part, ast.Name)}
    return row in inside or any(name in names and row in ast.walk(value) for name, value in _given(scope))
