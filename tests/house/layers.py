"""Who may import whom, and what `engine` must never touch."""

import ast
import sys
from collections.abc import Iterator, Sequence

from tests.house.tree import LAYERS, Module

ENGINE_MAY_USE = frozenset(
    {
        *("yaml", "jsonschema", "jsonschema_specifications", "referencing", "re2"),
        *("holidays", "email_validator", "phonenumbers"),
    }
)
IMPURE = frozenset(
    {
        *("asyncio", "ftplib", "http", "imaplib", "multiprocessing", "os", "random", "secrets", "select", "shelve"),
        *("shutil", "signal", "smtplib", "socket", "socketserver", "sqlite3", "ssl", "subprocess", "tempfile"),
        *("threading", "time", "urllib", "webbrowser", "xmlrpc"),
    }
)
CLOCK = frozenset({"now", "utcnow", "today"})  # methods of datetime and date


def wrong_ways(modules: Sequence[Module]) -> list[str]:
    """Imports against the layers."""
    return [
        f"{module.path}:{line}: {module.package} imports {name}, which stands above it "
        f"({' → '.join(LAYERS)}). Move what it needs down, or take it as an argument."
        for module in modules
        for line, name in module.imports()
        if (target := name.split(".", 1)[0]) in LAYERS
        and module.package in LAYERS
        and LAYERS.index(target) < LAYERS.index(module.package)
    ]


def impurities(modules: Sequence[Module]) -> list[str]:
    """What `engine` imports or calls that is not a pure function of its arguments."""
    pure = ENGINE_MAY_USE | {"engine"} | (frozenset(sys.stdlib_module_names) - IMPURE)
    found = []
    for module in modules:
        found += [
            f"{module.path}:{line}: engine imports {name}. Do that outside and pass the result in."
            for line, name in module.imports()
            if name.split(".", 1)[0] not in pure
        ]
        found += [
            f"{module.path}:{line}: engine calls {name}. Take the value as an argument (`today`, `source` …)."
            for line, name in _calls(module)
        ]
    return found


def _calls(module: Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id="open" | "print" | "input" as name):
                yield node.lineno, f"{name}()"
            case ast.Attribute(value=ast.Name(id="date" | "datetime" as kind), attr=name) if name in CLOCK:
                yield node.lineno, f"{kind}.{name}()"
