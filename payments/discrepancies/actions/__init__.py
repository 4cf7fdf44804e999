"""What can be done about a discrepancy: each way a module here. A new way is a new module, found by its `NAME`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from sqlalchemy.orm import Session

from payments.models import Discrepancy
from procedures.actors import Actor

HELD = frozenset(
    {
        "unknown_charge",
        "wrong_amount",
        "wrong_reference",
        "paid_twice",
        "paid_after_lapse",
        "paid_after_withdrawal",
        "paid_without_case",
    }
)
"""Kinds of which the money lies in suspense: it must go somewhere before they are over."""
UNPOSTED = frozenset({"not_recorded", "unknown_transaction"})
"""Kinds of which the money moved at the provider and stands nowhere in the ledger yet."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that the action can be about, as the form offers it; `yen` where an amount helps to tell it apart."""

    value: str
    title: str
    yen: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """An approved proposal that is carried out: who approved it, when, what it is about, and what the form gave."""

    actor: Actor
    now: datetime
    discrepancy: Discrepancy
    proposal_id: str
    target: str

    @property
    def source(self) -> str:
        """The name under which its posting is made, once."""
        return f"resolution:{self.proposal_id}"


class Action(Protocol):
    """A module of this folder. `NEEDS_TARGET`: one of its choices must be chosen."""

    NAME: str
    ORDER: int
    NEEDS_TARGET: bool

    def fits(self, session: Session, discrepancy: Discrepancy) -> bool:
        """Whether it can be done about this one, as things stand."""
        ...

    def choices(self, session: Session, discrepancy: Discrepancy) -> Sequence[Choice]:
        """What it can be about; empty where it is about the discrepancy alone."""
        ...

    def carry_out(self, session: Session, step: Step) -> int | None:
        """Do it, in the caller's transaction; answers the posting's id where it makes one.

        Raises `ResolutionRefused` where things changed since it was proposed.
        """
        ...


@cache
def actions() -> Mapping[str, Action]:
    """Every action by its name, in the order in which they are offered."""
    found: list[Action] = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    ordered = sorted(found, key=lambda module: module.ORDER)
    by_name = {module.NAME: module for module in ordered}
    if len(by_name) != len(ordered):
        raise ValueError("two actions have one name")
    return by_name


def fitting(session: Session, discrepancy: Discrepancy) -> list[Action]:
    """What can be done about this one."""
    return [action for action in actions().values() if action.fits(session, discrepancy)]
