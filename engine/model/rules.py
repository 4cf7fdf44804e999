"""Rules over the answers: stops, warnings, checks over several fields."""

from dataclasses import dataclass

from engine.expressions import Expression
from engine.model.text import Text


@dataclass(frozen=True, slots=True)
class Link:
    """An address outside, and what it is called."""

    url: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Once `when` is known true, one cannot apply: why, and what to do instead.

    `step` is the step that it belongs to; None for one of the procedure, which is judged after every step it speaks of.
    """

    id: str
    step: str | None
    when: Expression
    reason: Text
    instead: Text
    link: Link | None = None
    law: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A warning: pointed out once `when` is known true, to the applicant and to the clerk; it stops nobody."""

    id: str
    step: str | None
    when: Expression
    text: Text
    law: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What must not be known false of several answers. `at` are the fields beside it where `error` is shown.

    `names` are all fields that it speaks of, also through conditions.
    """

    that: Expression
    error: Text
    at: tuple[str, ...]
    names: frozenset[str]
    law: str | None = None
