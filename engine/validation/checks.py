"""Checks over several answers: each is broken only if known false, and told at a question that is there."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from engine.expressions import Scope
from engine.model import Check, Field


def broken(
    checks: Iterable[Check], scope: Scope, beside: Iterable[Field], faulty: Collection[str]
) -> Iterator[tuple[Check, str]]:
    """Each broken check with every field at which to tell it.

    `beside` are the fields that are shown there, in their order; a check that names a `faulty` one is passed over:
    that has been told already, and its answer will change.
    """
    asked = [field.id for field in beside if field.type.control != "note"]
    for check in checks:
        if check.names.isdisjoint(faulty) and check.that.evaluate(scope) is False:
            yield from ((check, place) for place in places(check, asked))


def places(check: Check, beside: Sequence[str]) -> tuple[str, ...]:
    """Where its author says; where that is not shown, at the last field it names, or at the first of all."""
    written = tuple(place for place in check.at if place in beside)
    named = [name for name in beside if name in check.names]
    return written or tuple(named[-1:] or beside[:1])
