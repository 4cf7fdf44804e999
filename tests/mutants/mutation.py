"""Mutants of a module: its text with one small thing changed, wherever something can be changed that decides."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True)
class Mutant:
    """The text of a module in which `old` at `line` reads `new`; `inside` is the function, '' for the module itself."""

    line: int
    inside: str
    old: str
    new: str
    text: str

    @property
    def name(self) -> str:
        """By which it is known while the lines above it come and go: where it stands, and what was changed."""
        return f"{self.inside}: {self.old} → {self.new}"


N = TypeVar("N", bound=ast.AST)
Change = tuple[ast.expr | ast.stmt, str]
COMPARED = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
}
CALCULATED = {ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.BitAnd: "|", ast.BitOr: "&", ast.BitXor: "&"}


def _compare(node: ast.Compare) -> Iterator[Change]:
    """Every comparison the other way; at a border, with or without it."""
    if len(node.ops) == 1:
        left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
        yield node, f"{left} {COMPARED[type(node.ops[0])]} {right}"


def _both(node: ast.BoolOp) -> Iterator[Change]:
    """Each condition left out in turn."""
    word = " and " if isinstance(node.op, ast.And) else " or "
    parts = [f"({ast.unparse(part)})" for part in node.values]
    for place in range(len(parts)):
        yield node, word.join(parts[:place] + parts[place + 1 :])


def _not(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Not):
        yield node, f"({ast.unparse(node.operand)})"


def _calculation(node: ast.BinOp) -> Iterator[Change]:
    if type(node.op) in CALCULATED and not isinstance(node.left, ast.Constant | ast.JoinedStr):
        yield node, f"({ast.unparse(node.left)}) {CALCULATED[type(node.op)]} ({ast.unparse(node.right)})"


def _constant(node: ast.Constant) -> Iterator[Change]:
    if isinstance(node.value, bool):
        yield node, str(not node.value)
    elif isinstance(node.value, int):
        yield node, str(node.value + 1)


def _condition(node: ast.If | ast.IfExp) -> Iterator[Change]:
    """A branch that is never taken, or always."""
    yield node.test, "False"
    yield node.test, "True"


def _call(node: ast.Expr) -> Iterator[Change]:
    """A statement that only calls is not carried out."""
    if isinstance(node.value, ast.Call):
        yield node, "pass"


def _raise(node: ast.Raise) -> Iterator[Change]:
    yield node, "pass"


def _returned(node: ast.Return) -> Iterator[Change]:
    if isinstance(node.value, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Call):
        yield node, "return None"


def _quantifier(node: ast.Call) -> Iterator[Change]:
    """Any instead of all, and the other way."""
    other = {"any": "all", "all": "any", "min": "max", "max": "min"}
    if isinstance(node.func, ast.Name) and node.func.id in other:
        yield node.func, other[node.func.id]


WAYS: dict[type[ast.AST], Callable[..., Iterator[Change]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _both,
    ast.UnaryOp: _not,
    ast.BinOp: _calculation,
    ast.Constant: _constant,
    ast.If: _condition,
    ast.IfExp: _condition,
    ast.Expr: _call,
    ast.Raise: _raise,
    ast.Return: _returned,
    ast.Call: _quantifier,
}


def mutants(text: str, functions: frozenset[str] = frozenset()) -> list[Mutant]:
    """Every mutant of the module's code, each once; of these functions alone where some are named."""
    tree = ast.parse(text)
    found: dict[str, Mutant] = {}
    for node, inside in _walk(tree, ""):
        way = WAYS.get(type(node))
        if way is None or (functions and not functions & set(inside.split("."))):
            continue
        for place, new in way(node):
            mutant = _mutant(text, place, inside, new)
            found.setdefault(mutant.text, mutant)
    return [mutant for mutant in found.values() if mutant.text != text]


def _walk(node: ast.AST, inside: str) -> Iterator[tuple[ast.AST, str]]:
    """The code below, with the name of the function it is in; no annotations, no decorators, no imports."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "type_comment", "decorator_list"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.Import | ast.ImportFrom | ast.JoinedStr):
                continue
            if _is_type_checking(child):
                continue
            within = inside
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                within = f"{inside}.{child.name}" if inside else child.name
            yield child, within
            yield from _walk(child, within)


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _mutant(text: str, place: ast.expr | ast.stmt, inside: str, new: str) -> Mutant:
    octets = text.encode()
    starts = [0]
    for line in octets.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    start = starts[place.lineno - 1] + place.col_offset
    end = starts[(place.end_lineno or place.lineno) - 1] + (place.end_col_offset or 0)
    old = octets[start:end].decode()
    written = new if isinstance(place, ast.stmt) or new.isidentifier() else f"({new})"
    changed = (octets[:start] + written.encode() + octets[end:]).decode()
    return Mutant(place.lineno, inside, " ".join(old.split()), new, changed)
