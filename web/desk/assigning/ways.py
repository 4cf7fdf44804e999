"""The ways in which one case goes into other hands, with what each asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.lifecycle import Status
from procedures.actors import Actor
from procedures.assigning.hands import HELD
from procedures.authority import may
from procedures.cases import CaseView


@dataclass(frozen=True, slots=True)
class Way:
    """One way. `action` is its row in the table of authority; `target` is what is chosen: person, office or nothing."""

    id: str
    action: str
    target: str = ""

    @property
    def key(self) -> str:
        """As wordings name it."""
        return self.id.replace("-", "_")


WAYS: Mapping[str, Way] = {
    way.id: way
    for way in (
        Way("take-over", "case.take_over"),
        Way("give-back", "case.give_back"),
        Way("assign", "case.assign", "person"),
        Way("transfer", "case.transfer", "office"),
    )
}


def open_to(case: CaseView, actor: Actor) -> list[Way]:
    """The ways that this person can go with the case as it stands."""
    if Status(case.status) not in HELD:
        return []
    return [way for way in WAYS.values() if may(actor, way.action, case.office) and _fits(way, case, actor)]


def _fits(way: Way, case: CaseView, actor: Actor) -> bool:
    """Whose it is decides: the own is given back, another's taken over; a colleague's only managers transfer."""
    mine = case.claimed_by_id == actor.id
    if way.id == "take-over":
        return case.claimed_by_id is not None and not mine
    if way.id == "give-back":
        return mine
    return way.id == "assign" or mine or case.claimed_by_id is None or may(actor, "case.transfer_any", case.office)
