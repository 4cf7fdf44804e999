"""Reductions that a case asked for, as the desk's templates need them."""

from dataclasses import dataclass

from procedures.actors import Actor
from procedures.authority import may
from procedures.cases import CaseView
from procedures.reading.casefile import KeptFile
from procedures.waiving.reading import Asked, prices
from web.context import TOKYO


@dataclass(frozen=True, slots=True)
class Grant:
    """One thing that may be decided: per cent (0 refuses it), and what the fee is then. `whole` is all there is."""

    percent: int
    yen: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Waiver:
    """One reduction. `next` says what this person can do: decide, propose, approve, own, wait; "" nothing.

    `files` are its evidence.
    """

    asked: Asked
    grants: tuple[Grant, ...]
    files: tuple[KeptFile, ...]
    next: str

    @property
    def proposed(self) -> Grant | None:
        """What was proposed."""
        return next((grant for grant in self.grants if grant.percent == self.asked.percent), None)


def waivers_of(case: CaseView, actor: Actor) -> tuple[Waiver, ...]:
    """All of a case for this actor, oldest first."""
    return tuple(_waiver(case, actor, one) for one in case.waivers)


def _waiver(case: CaseView, actor: Actor, one: Asked) -> Waiver:
    submitted = case.submitted_at.astimezone(TOKYO).date()
    totals = prices(case.procedure, case.answers, submitted, case.waivers, one) if one.waits else {}
    grants = tuple(Grant(percent, yen, percent == one.waiver.whole) for percent, yen in totals.items())
    files = tuple(file for file in case.files if file.field_id in one.waiver.needs)
    return Waiver(one, grants, files, _next(case, actor, one))


def _next(case: CaseView, actor: Actor, one: Asked) -> str:
    if not one.waits or case.status == "correction_requested":
        return ""
    if one.state == "proposed":
        if not may(actor, "waiver.decide", case.office):
            return "wait"
        return "own" if one.proposed_by_id == actor.id else "approve"
    if not may(actor, "waiver.propose", case.office) or case.claimed_by_id not in {None, actor.id}:
        return ""
    return "propose" if one.people > 1 else "decide"
