"""The checks of a compiled procedure: each a file in `rules/` or in one of its rooms, found by being there."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from engine.checks import rules
from engine.checks.subject import Subject

Check = Callable[[Subject], None]


@cache
def registered() -> tuple[Check, ...]:
    """Every `check` of the modules in `rules/`, in the order of their names."""
    modules = walk_packages(rules.__path__, f"{rules.__name__}.")
    names = sorted(module.name for module in modules if not module.ispkg)
    return tuple(import_module(name).check for name in names)


def run(subject: Subject) -> None:
    """Run them all; what they find is in the subject's report."""
    for check in registered():
        check(subject)
