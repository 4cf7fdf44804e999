"""How long modules and functions may be, and how long most of them should be."""

from collections.abc import Sequence
from statistics import median, quantiles

from tests.house.tree import Module

MODULE_LINES = 300
FUNCTION_LINES = 50
MEDIAN_MODULE = 90
MOST_MODULES = 200  # nine in ten
MOST_FUNCTIONS = 28  # nine in ten


def long_modules(modules: Sequence[Module]) -> list[str]:
    """Modules past the limit."""
    return [
        f"{module.path}: {module.lines} lines, at most {MODULE_LINES}. "
        "Find the second duty in it and give that a module of its own."
        for module in modules
        if module.lines > MODULE_LINES
    ]


def long_functions(modules: Sequence[Module]) -> list[str]:
    """Functions past the limit, decorators not counted."""
    return [
        f"{module.path}:{node.lineno}: {node.name}() has {length} lines, at most {FUNCTION_LINES}. "
        "Give its parts names and call them."
        for module in modules
        for node in module.functions()
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]


def missed_aims(modules: Sequence[Module]) -> list[str]:
    """Aims over the whole tree that do not hold, with the longest pieces to begin with."""
    by_length = sorted(modules, key=lambda module: -module.lines)
    lengths = [module.lines for module in modules]
    functions = sorted(
        (
            ((node.end_lineno or node.lineno) - node.lineno + 1, f"{module.path}:{node.lineno} {node.name}")
            for module in modules
            for node in module.functions()
        ),
        reverse=True,
    )
    longest = ", ".join(f"{module.path} ({module.lines})" for module in by_length[:8])
    missed = []
    if median(lengths) > MEDIAN_MODULE:
        missed.append(
            f"half of the modules are over {median(lengths):.0f} lines, aim {MEDIAN_MODULE}. Split: {longest}"
        )
    if (at := ninetieth(lengths)) > MOST_MODULES:
        missed.append(f"one module in ten is over {at:.0f} lines, aim {MOST_MODULES}. Split: {longest}")
    if functions and (at := ninetieth([length for length, _ in functions])) > MOST_FUNCTIONS:
        worst = ", ".join(f"{name} ({length})" for length, name in functions[:12])
        missed.append(f"one function in ten is over {at:.0f} lines, aim {MOST_FUNCTIONS}. Split: {worst}")
    return missed


def ninetieth(lengths: Sequence[int]) -> float:
    """The length that nine in ten do not exceed."""
    return quantiles(lengths, n=10, method="inclusive")[-1] if len(lengths) > 1 else float(lengths[0])
