"""Reads a source tree for the house tests: modules with their syntax trees, and what git tracks."""

import ast
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from io import StringIO
from itertools import chain
from pathlib import Path
from tokenize import COMMENT, ENCODING, NEWLINE, NL, STRING, generate_tokens

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("web", "payments", "procedures", "engine")  # each imports only what stands to its right
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file. `path` is relative to the root, with slashes."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text, filename=self.path)

    @property
    def duty(self) -> str:
        """The first line of its docstring; empty where there is none. Nothing after it is read."""
        skipped = {COMMENT, ENCODING, NEWLINE, NL}
        first = next(token for token in generate_tokens(StringIO(self.text).readline) if token.type not in skipped)
        said = ast.literal_eval(first.string) if first.type == STRING and not first.string.startswith("f") else ""
        return said.strip().partition("\n")[0] if isinstance(said, str) else ""

    @property
    def package(self) -> str:
        """The top-level folder."""
        return self.path.split("/", 1)[0]

    @property
    def lines(self) -> int:
        """How many lines the file has, whatever stands in them."""
        return self.text.count("\n")

    def functions(self) -> Iterator[Function]:
        """Every function and method, also those inside others."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node

    def imports(self) -> Iterator[tuple[int, str]]:
        """Line and dotted name of every import, also those inside functions; `from a import b` gives `a.b`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield node.lineno, alias.name
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    yield node.lineno, f"{node.module}.{alias.name}"


def modules(packages: Sequence[str] = LAYERS) -> list[Module]:
    """The Python files of `packages`, sorted by path; read, and parsed if need be, once a process."""
    return sorted(chain.from_iterable(map(_modules, packages)), key=lambda module: module.path)


@cache
def _modules(package: str) -> tuple[Module, ...]:
    files = (path for path in (ROOT / package).rglob("*.py") if "__pycache__" not in path.parts)
    return tuple(Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in files)


def tracked(root: Path = ROOT) -> list[str]:
    """Every path that git tracks, relative to the root."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True)
    return [path for path in listing.stdout.split("\0") if path]


def expect_none(found: Sequence[str]) -> None:
    """Fail with every finding in full, one a line; each says how to mend itself."""
    if found:
        pytest.fail("\n".join(["", *found]), pytrace=False)
