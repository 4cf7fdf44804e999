"""What every module owes its reader: a docstring that states its duty, and annotated arguments."""

from collections.abc import Iterator, Sequence

from tests.house.tree import Function, Module


def silent_modules(modules: Sequence[Module]) -> list[str]:
    """Modules that do not open with one line, ending in a full stop, that states their duty."""
    return [
        f"{module.path}: open it with one line in triple quotes that states its single duty and ends with a full stop."
        for module in modules
        if not module.duty.endswith((".", "?", "!"))
    ]


def unannotated(modules: Sequence[Module]) -> list[str]:
    """Arguments and returns without a type."""
    return [
        f"{module.path}:{node.lineno}: {node.name}() says no type for {', '.join(missing)}. Annotate it."
        for module in modules
        for node in module.functions()
        if (missing := list(_missing(node)))
    ]


def _missing(node: Function) -> Iterator[str]:
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    if positional and positional[0].arg in {"self", "cls"}:
        del positional[0]
    others = [a for a in (arguments.vararg, arguments.kwarg) if a]
    yield from (a.arg for a in [*positional, *arguments.kwonlyargs, *others] if a.annotation is None)
    if node.returns is None:
        yield "what it returns"
