"""The command line: finds the command and imports only what that one needs."""

import argparse
import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword

from web.cli.speech import language_of_terminal, tell

COMMANDS = (
    "check",
    "test",
    "explain",
    "schema",
    "diff",
    "import",
    "publish",
    "office",
    "role",
    "demo",
    "serve",
    "worker",
    "migrate",
    "searchterms",
    "encrypt",
    "keys",
    "inventory",
    "doctor",
    "backup",
    "restore",
    "reconcile",
    "close",
    "client",
)
"""In the order of the help; each is a module of `web.cli.commands`."""

FINE, PROBLEMS, WRONG_USE = 0, 1, 2
RARELY = 50_000
"""Loading and compiling make many small objects and few circles: Python need not look for those all the time. A
quarter of what starting costs."""


class WrongUse(Exception):
    """The command cannot do this; the message says what to do instead. Exit code 2."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 fine, 1 problems found, 2 wrong use."""
    gc.set_threshold(RARELY)
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser(words).parse_args(words)
    try:
        return options.run(options)
    except WrongUse as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output (head, less) has seen enough
        return FINE


def module_of(command: str) -> str:
    """The module of a command; one that is a word of Python carries a `_`."""
    return f"web.cli.commands.{command}{'_' if iskeyword(command) else ''}"


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    language = language_of_terminal()
    parser = argparse.ArgumentParser(prog="tetsuzuki", description=tell("about", language))
    commands = parser.add_subparsers(dest="command", metavar=tell("command", language), required=True)
    wanted = next((word for word in words if word in COMMANDS), None)
    for name in COMMANDS:
        told = tell(f"{name}_help", language)
        command = commands.add_parser(name, help=told, description=told)
        if name == wanted:
            module = import_module(module_of(name))
            module.arguments(command)
            command.set_defaults(run=module.run)
    return parser
