"""Whether every wording that is asked for exists, in Japanese and English, and every wording is asked for."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

from tests.house.tree import Module

Catalogue = Mapping[str, Mapping[str, str]]
NEEDED = ("ja", "en")
KEY = re.compile(r"[a-z_]+(?:\.[A-Za-z0-9_-]+)+")
MAY_DIFFER = frozenset({"answers.day", "answers.month"})  # months are numbers in Japanese and names in English
IN_TEMPLATE = re.compile(
    r"""(?P<say>\bsay(?:_in)?\(\s*)?(["'])(?P<key>[a-z_]+\.[A-Za-z0-9_.-]*)\2(?P<joined>\s*(?:~|\+|%))?"""
)


@dataclass
class Uses:
    """Which wordings the code asks for: whole keys with the place, and beginnings of keys that are put together."""

    keys: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)  # those handed straight to say()
    beginnings: set[str] = field(default_factory=set)

    def cover(self, key: str) -> bool:
        """Whether something may ask for `key`."""
        return key in self.keys or any(key.startswith(beginning) for beginning in self.beginnings)


def untranslated(catalogue: Catalogue) -> list[str]:
    """Keys without Japanese or English, or whose languages take different parameters."""
    found = []
    for key, wording in sorted(catalogue.items()):
        if missing := [language for language in NEEDED if not str(wording.get(language) or "").strip()]:
            found.append(f"{key}: no wording in {', '.join(missing)}. Add it to the catalogue.")
        parameters = {language: parameters_of(text) for language, text in wording.items()}
        if len(set(parameters.values())) > 1 and key not in MAY_DIFFER:
            found.append(f"{key}: languages take different parameters {parameters}. Make them the same.")
    return found


def unknown(catalogue: Catalogue, uses: Uses) -> list[str]:
    """Keys handed to `say` that the catalogue does not have."""
    return [
        f"{place}: the catalogue has no {key}. Add it with ja and en, or correct the key."
        for key, place in sorted(uses.said.items())
        if key not in catalogue
    ]


def unused(catalogue: Catalogue, uses: Uses) -> list[str]:
    """Wordings nobody asks for."""
    return [f"{key}: nothing asks for it. Remove it from the catalogue." for key in catalogue if not uses.cover(key)]


def uses_in(modules: Iterable[Module], templates: Iterable[Path], areas: Iterable[str]) -> Uses:
    """Everything in code and templates that looks like a key of one of the areas."""
    uses, known = Uses(), frozenset(areas)
    for module in modules:
        _read_module(module, known, uses)
    for path in templates:
        _read_template(path, known, uses)
    return uses


def _read_module(module: Module, areas: frozenset[str], uses: Uses) -> None:
    for node in ast.walk(module.tree):
        place = f"{module.path}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call) and _name(node.func) == "say" and node.args:
            uses.said.update(dict.fromkeys(_constants(node.args[0]), place))
        for key, whole in _keys(node, areas):
            if whole:
                uses.keys[key] = place
            else:
                uses.beginnings.add(key)


def _read_template(path: Path, areas: frozenset[str], uses: Uses) -> None:
    for match in IN_TEMPLATE.finditer(path.read_text(encoding="utf-8")):
        key = match["key"]
        if key.split(".", 1)[0] not in areas:
            continue
        if match["joined"] or key.endswith((".", "_", "-")):
            uses.beginnings.add(key)
        else:
            uses.keys[key] = path.name
            if match["say"]:
                uses.said[key] = path.name


def _keys(node: ast.AST, areas: frozenset[str]) -> Iterator[tuple[str, bool]]:
    match node:
        case ast.Constant(value=str(text)) if KEY.fullmatch(text) and text.split(".", 1)[0] in areas:
            yield text, True
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), _, *_]) if text.split(".", 1)[0] in areas:
            yield text, False
        case ast.BinOp(left=ast.Constant(value=str(text))) if "." in text and text.split(".", 1)[0] in areas:
            yield text, False


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def parameters_of(text: object) -> frozenset[str]:
    """The names that a wording has filled in."""
    return frozenset(name for _, name, _, _ in Formatter().parse(str(text)) if name)
