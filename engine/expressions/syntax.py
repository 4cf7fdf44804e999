"""From text to a syntax tree of bounded size, with places counted in characters."""

import ast
import re
from dataclasses import dataclass
from datetime import date

from engine.expressions.errors import ExpressionError, error

MAX_CHARACTERS = 1_000
MAX_NODES = 300
BARE_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Source:
    """An expression's text and tree."""

    text: str
    tree: ast.expr

    def offset(self, node: ast.AST) -> int:
        """Where `node` begins, in characters: `ast` counts lines, and columns in UTF-8 bytes."""
        lines = self.text.split("\n")
        line: int = getattr(node, "lineno", 1)
        octets: int = getattr(node, "col_offset", 0)
        before = sum(len(other) + 1 for other in lines[: line - 1])
        return before + len(lines[line - 1].encode()[:octets].decode())

    def code(self, node: ast.AST) -> str:
        """The text of `node` as written."""
        return ast.get_source_segment(self.text, node) or ast.unparse(node)


def read(text: str) -> Source:
    """The tree of `text`. Raises `ExpressionError` for what is not an expression or is too large."""
    if len(text) > MAX_CHARACTERS:
        raise _too_long()
    stripped = text.strip()
    if BARE_DATE.fullmatch(stripped):
        stripped = f"'{stripped}'"
    try:
        tree = ast.parse(stripped, mode="eval").body
    except SyntaxError as problem:
        raise _unreadable(problem.msg, (problem.offset or 1) - 1) from None
    except (ValueError, RecursionError, MemoryError) as problem:
        raise _unreadable(str(problem), 0) from None
    if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
        raise _too_long()
    return Source(stripped, tree)


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
    return error(what, fix, 0, limit=MAX_CHARACTERS, nodes=MAX_NODES)


def _unreadable(detail: str, offset: int) -> ExpressionError:
    return error("expressions.syntax", "expressions.syntax_fix", offset, detail=detail)
