"""From text to a syntax tree of bounded size, with places counted in characters."""

import ast
import re
import warnings
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from engine.expressions.errors import ExpressionError, error

MAX_CHARACTERS = 1_000
MAX_NODES = 300
MAX_DEPTH = 40
KEPT = 2_000  # of what was read last: the same condition stands at many places
BARE_DATE = re.compile(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*")


@dataclass(frozen=True, slots=True)
class Source:
    """An expression's text, on one line, and its tree."""

    text: str
    tree: ast.expr

    def offset(self, node: ast.AST) -> int:
        """Where `node` begins, in characters: `ast` counts columns in UTF-8 bytes."""
        first = node.elt if isinstance(node, ast.GeneratorExp) else node  # whose own place is the bracket before it
        octets: int = getattr(first, "col_offset", 0)
        return len(self.text.encode()[:octets].decode())

    def code(self, node: ast.AST) -> str:
        """The text of `node` as written."""
        return ast.get_source_segment(self.text, node) or ast.unparse(node)


@lru_cache(KEPT)
def read(text: str) -> Source:
    """The tree of `text`, which nobody may change. Raises `ExpressionError` for what is no expression, or too large."""
    if len(text) > MAX_CHARACTERS:
        raise _too_long()
    line = re.sub(r"[\r\n\t]", " ", text)
    if BARE_DATE.fullmatch(line):
        day = line.strip()
        constant = ast.Constant(day)
        constant.lineno, constant.col_offset = 1, line.index(day)
        return Source(line, constant)
    margin = len(line) - len(line.lstrip(" "))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Python warns of in a text, we take as it is written
            tree = ast.parse(line[margin:], mode="eval").body
    except SyntaxError as problem:
        place = problem.offset - 1 if problem.offset else len(line)  # 0: it ends too early
        raise _unreadable(problem.msg, min(margin + place, len(line))) from None
    except (ValueError, RecursionError, MemoryError) as problem:
        raise _unreadable(str(problem), 0) from None
    _measure(tree)
    return _placed(line, tree, margin)


def _placed(line: str, tree: ast.expr, margin: int) -> Source:
    """Python wants no spaces before an expression; places count them."""
    for node in ast.walk(tree) if margin else ():
        if isinstance(node, ast.expr):
            node.col_offset += margin
            node.end_col_offset = (node.end_col_offset or 0) + margin
    return Source(line, tree)


def _measure(tree: ast.expr) -> None:
    """Refuse trees that are too large or too deep: what follows descends into them."""
    nodes, depth = 0, 0
    below: list[ast.AST] = [tree]
    while below:
        nodes, depth = nodes + len(below), depth + 1
        if nodes > MAX_NODES or depth > MAX_DEPTH:
            raise _too_long()
        below = [child for node in below for child in ast.iter_child_nodes(node)]


def written_date(source: Source) -> date | None:
    """The day, where the whole expression is a date."""
    value = source.tree.value if isinstance(source.tree, ast.Constant) else None
    if not isinstance(value, str) or not BARE_DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        what, fix = "expressions.bad_date", "expressions.bad_date_fix"
        raise error(what, fix, 0, value=value) from None


def _too_long() -> ExpressionError:
    what, fix = "expressions.too_long", "expressions.too_long_fix"
    return error(what, fix, 0, limit=MAX_CHARACTERS, nodes=MAX_NODES, depth=MAX_DEPTH)


def _unreadable(detail: str, offset: int) -> ExpressionError:
    return error("expressions.syntax", "expressions.syntax_fix", offset, detail=detail)
