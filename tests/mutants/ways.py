"""What may be changed in code that decides, by kind of code: each way answers places and what stands there instead."""

import ast
from collections.abc import Callable, Iterator

Place = ast.expr | ast.stmt
Change = tuple[Place, str] | tuple[Place, str, Place]
"""A place, and what stands there instead; where something in it is left out, also that."""
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
CALCULATED = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "+",
    ast.FloorDiv: "*",
    ast.Mod: "*",
    ast.BitAnd: "|",
    ast.BitOr: "&",
    ast.BitXor: "&",
}
ANSWERED = ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Call | ast.IfExp | ast.Name | ast.Attribute | ast.Subscript


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
        yield node, word.join(parts[:place] + parts[place + 1 :]), node.values[place]


def _not(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Not):
        yield node, f"({ast.unparse(node.operand)})"


def _calculation(node: ast.BinOp) -> Iterator[Change]:
    if type(node.op) in CALCULATED and not isinstance(node.left, ast.Constant | ast.JoinedStr):
        yield node, f"({ast.unparse(node.left)}) {CALCULATED[type(node.op)]} ({ast.unparse(node.right)})"


def _constant(node: ast.Constant) -> Iterator[Change]:
    """The other truth; one more, one less."""
    if isinstance(node.value, bool):
        yield node, str(not node.value)
    elif isinstance(node.value, int):
        yield node, str(node.value + 1)
        yield node, str(node.value - 1)


def _condition(node: ast.If | ast.IfExp) -> Iterator[Change]:
    """A branch that is never taken, or always."""
    yield node.test, "False"
    yield node.test, "True"


def _loop(node: ast.While) -> Iterator[Change]:
    yield node.test, "False"


def _chosen(node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> Iterator[Change]:
    """All of them, and not only those that are meant."""
    for part in node.generators:
        for test in part.ifs:
            yield test, "True"


def _call(node: ast.Expr) -> Iterator[Change]:
    """A statement that only calls is not carried out."""
    if isinstance(node.value, ast.Call | ast.YieldFrom | ast.Yield):
        yield node, "pass"


def _left_out(node: ast.stmt) -> Iterator[Change]:
    """A statement is not carried out."""
    yield node, "pass"


def _set(node: ast.Assign) -> Iterator[Change]:
    """What a thing is told, attribute or item, is not told; names are left, which would be missed anyhow."""
    targets = [part for one in node.targets for part in (one.elts if isinstance(one, ast.Tuple) else [one])]
    if all(isinstance(one, ast.Attribute | ast.Subscript) for one in targets):
        yield node, "pass"


def _returned(node: ast.Return) -> Iterator[Change]:
    if isinstance(node.value, ANSWERED):
        yield node, "return None"


def _quantifier(node: ast.Call) -> Iterator[Change]:
    """Any instead of all, and the other way; what is said by name is not said."""
    other = {"any": "all", "all": "any", "min": "max", "max": "min"}
    if isinstance(node.func, ast.Name) and node.func.id in other:
        yield node.func, other[node.func.id]
    for place, said in enumerate(node.keywords):
        if said.arg is not None:
            left = [*map(ast.unparse, node.args), *_said(node.keywords[:place] + node.keywords[place + 1 :])]
            yield node, f"{ast.unparse(node.func)}({', '.join(left)})", said.value


def _said(keywords: list[ast.keyword]) -> list[str]:
    return [f"{one.arg}={ast.unparse(one.value)}" if one.arg else f"**{ast.unparse(one.value)}" for one in keywords]


def _listed(node: ast.Tuple | ast.List | ast.Set) -> Iterator[Change]:
    """Each of several that are listed left out in turn: a row of a table, a kind that counts."""
    if isinstance(getattr(node, "ctx", ast.Load()), ast.Store):
        return
    for place in range(len(node.elts)):
        left = [ast.unparse(one) for one in node.elts[:place] + node.elts[place + 1 :]]
        yield node, _display(node, left), node.elts[place]


def _paired(node: ast.Dict) -> Iterator[Change]:
    """Each entry left out in turn: a column of a row, an answer of a table."""
    pairs = [
        f"{ast.unparse(key)}: {ast.unparse(value)}" if key else f"**{ast.unparse(value)}"
        for key, value in zip(node.keys, node.values, strict=True)
    ]
    for place in range(len(pairs)):
        yield node, f"{{{', '.join(pairs[:place] + pairs[place + 1 :])}}}", node.keys[place] or node.values[place]


def _display(node: ast.Tuple | ast.List | ast.Set, parts: list[str]) -> str:
    inside = ", ".join(parts)
    if isinstance(node, ast.List):
        return f"[{inside}]"
    if isinstance(node, ast.Set):
        return f"{{{inside}}}" if parts else "set()"
    return f"({inside},)" if parts else "()"


WAYS: dict[type[ast.AST], Callable[..., Iterator[Change]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _both,
    ast.UnaryOp: _not,
    ast.BinOp: _calculation,
    ast.Constant: _constant,
    ast.If: _condition,
    ast.IfExp: _condition,
    ast.While: _loop,
    ast.ListComp: _chosen,
    ast.SetComp: _chosen,
    ast.DictComp: _chosen,
    ast.GeneratorExp: _chosen,
    ast.Expr: _call,
    ast.Assign: _set,
    ast.AugAssign: _left_out,
    ast.Raise: _left_out,
    ast.Continue: _left_out,
    ast.Break: _left_out,
    ast.Return: _returned,
    ast.Call: _quantifier,
    ast.Tuple: _listed,
    ast.List: _listed,
    ast.Set: _listed,
    ast.Dict: _paired,
}
