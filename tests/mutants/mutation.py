"""Mutants of a module: its text with one small thing changed, wherever something can be changed that decides."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tests.mutants.ways import WAYS, Place

LEFT_OUT = "left out"
"""What a mutant has in place of one of several."""


@dataclass(frozen=True)
class Mutant:
    """The text of a module in which `old`, from `line` to `last`, reads `new`.

    `inside` is the function or class, '' for the module itself. `later`: it runs when a function is called, not when
    the module is loaded. `place` counts those that would have one name.
    """

    line: int
    last: int
    inside: str
    later: bool
    old: str
    new: str
    text: str
    place: int = 1

    @property
    def name(self) -> str:
        """By which it is known while the lines above it come and go: where it stands, and what was changed."""
        return f"{self.inside}: {self.old} → {self.new}" + (f" ({self.place})" if self.place > 1 else "")


def mutants(text: str, functions: frozenset[str] = frozenset()) -> list[Mutant]:
    """Every mutant of the module's code, each once; of these functions alone where some are named."""
    tree = ast.parse(text)
    found: dict[str, Mutant] = {}
    for node, inside, later in _walk(tree, "", later=False):
        way = WAYS.get(type(node))
        if way is None or (functions and not functions & set(inside.split("."))):
            continue
        for place, new, *left_out in way(node):
            mutant = _mutant(text, place, inside, new, left_out, later=later)
            found.setdefault(mutant.text, mutant)
    return _numbered(mutant for mutant in found.values() if mutant.text != text)


def _numbered(found: Iterable[Mutant]) -> list[Mutant]:
    often: Counter[str] = Counter()
    numbered = []
    for mutant in found:
        often[mutant.name] += 1
        numbered.append(replace(mutant, place=often[mutant.name]))
    return numbered


def _walk(node: ast.AST, inside: str, *, later: bool) -> Iterator[tuple[ast.AST, str, bool]]:
    """The code below, with the name of what it is in, and whether it runs later; no annotations, no imports."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "type_comment", "decorator_list"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.Import | ast.ImportFrom | ast.JoinedStr):
                continue
            if _is_type_checking(child) or _is_names(child):
                continue
            within = inside
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                within = f"{inside}.{child.name}" if inside else child.name
            body = name == "body" and isinstance(node, ast.FunctionDef)
            yield child, within, later or body
            yield from _walk(child, within, later=later or body)


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _is_names(node: ast.AST) -> bool:
    """What types and `__all__` say is for readers and checkers, and decides nothing."""
    if isinstance(node, ast.Assign):
        value = node.value
        typed = isinstance(value, ast.Subscript) and ast.unparse(value.value) in {"Literal", "Callable"}
        return typed or ast.unparse(node.targets[0]) == "__all__"
    return False


def _mutant(text: str, place: Place, inside: str, new: str, left_out: list[Place], *, later: bool) -> Mutant:
    octets = text.encode()
    start, end = _span(octets, place)
    written = new if isinstance(place, ast.stmt) or new.isidentifier() else f"({new})"
    changed = (octets[:start] + written.encode() + octets[end:]).decode()
    [shown] = left_out or [place]
    first, last = _span(octets, shown)
    old = " ".join(octets[first:last].decode().split())
    told = LEFT_OUT if left_out else new
    return Mutant(shown.lineno, shown.end_lineno or shown.lineno, inside, later, old, told, changed)


def _span(octets: bytes, place: Place) -> tuple[int, int]:
    starts = [0]
    for line in octets.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    start = starts[place.lineno - 1] + place.col_offset
    return start, starts[(place.end_lineno or place.lineno) - 1] + (place.end_col_offset or 0)
