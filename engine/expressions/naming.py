"""Which names an expression takes from outside."""

import ast
from functools import lru_cache

KEPT = 2_000  # trees: those that `engine.expressions.syntax` keeps


@lru_cache(KEPT)
def free_names(tree: ast.expr) -> frozenset[str]:
    """The names it uses but does not bind in a comprehension, functions left out."""
    nodes = list(ast.walk(tree))
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    names = [node for node in nodes if isinstance(node, ast.Name) and id(node) not in called]
    bound = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return frozenset(node.id for node in names) - bound
