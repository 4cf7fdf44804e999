"""The checks of a compiled procedure: each a file in `rules/`, found by being there."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from engine.checks import rules
from engine.checks.subject import Subject

Check = Callable[[Subject], None]


@cache
def registered() -> tuple[Check, ...]:
    """Every `check` of the modules in `rules/`, in the order of their names."""
    names = sorted(module.name for module in iter_modules(rules.__path__))
    return tuple(import_module(f"{rules.__name__}.{name}").check for name in names)


def run(subject: Subject) -> None:
    """Run them all; what they find is in the subject's report."""
    for check in registered():
        check(subject)
