"""What may stand at the top of the repository, how full a folder may be, and what no tracked file may say."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.house.tree import Module

FOLDERS = frozenset({"engine", "procedures", "payments", "web", "migrations", "tests", "procedure_specs", "docs"})
FILES = frozenset({"pyproject.toml", "README.md", "Makefile", "LICENSE"})
DOZEN = 12

# One letter stands in brackets, so that this file does not find itself.
LEAKS = {
    "the host of a package registry": re.compile(
        r"pyp[i]\.org|python[h]osted|registry[.]npmjs|deb[.]debian|https?://[^\s\"']*/s[i]mple\b"
    ),
    "an index option": re.compile(r"--(?:extra-)?index[-]url[= ]"),
    "a path of somebody's machine": re.compile(r"(?<![\w.<])/(?:work|root|home/\w+|Users/\w+)/"),
}
TEXT = re.compile(r"\.(?:py|md|toml|txt|in|ya?ml|json|html|css|js|sh|cfg|ini|typ|mako)$|(?:^|/)(?:Makefile|run|\.\w+)$")


def strangers(paths: Iterable[str]) -> list[str]:
    """Top-level names that have no place there."""
    tops = {(path.split("/", 1)[0], "/" in path) for path in paths}
    return [
        f"{name}: nothing else stands at the top. Put it into one of {', '.join(sorted(FOLDERS))}."
        for name, is_folder in sorted(tops)
        if not name.startswith(".") and name not in (FOLDERS if is_folder else FILES)
    ]


def crowded(paths: Sequence[str]) -> list[str]:
    """Folders of source past two dozen modules: past one dozen they get rooms, and this is where it must happen."""
    folders = Counter(str(Path(path).parent) for path in paths if path.endswith(".py"))
    return [
        f"{folder}: {count} modules in one folder. Past a dozen, group them into sub-packages by what they are about."
        for folder, count in sorted(folders.items())
        if count > 2 * DOZEN and not folder.startswith(("tests", "migrations"))
    ]


CHANCE = frozenset({"time", "now", "today", "uuid4", "new_id", "random", "randint", "token_hex", "token_urlsafe"})


def named_by_chance(modules: Iterable[Module]) -> list[str]:
    """Cases of tests that are others in each process: they cannot be shared out, nor named again."""
    return [
        f"{module.path}:{call.lineno}: a case by clock or chance. Read the clock inside the test."
        for module in modules
        for function in module.functions()
        for decorator in function.decorator_list
        for call in ast.walk(decorator)
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in CHANCE
    ]


def leaks(root: Path, paths: Iterable[str]) -> list[str]:
    """Lines that name a registry or a machine."""
    return [
        f"{path}:{number}: {what}. Remove it; what differs between machines belongs into their own settings."
        for path in paths
        if TEXT.search(path) and (root / path).is_file()
        for number, line in enumerate((root / path).read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        for what, pattern in LEAKS.items()
        if pattern.search(line)
    ]
