"""Whose turn it is: who has least to do for their share of the work, then who has waited longest."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

IN_HAND, WAITING_FOR_OTHERS = 2, 1
"""What a case weighs: one that is being examined, and one that is with its applicant or with an approver."""
WHOLE = 100
"""Percent of somebody who takes a full share."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could get a case.

    `load` is the weight of all that they have, `percent` their share of the work, `last` the number of the move that
    brought them a case last (0: none yet).
    """

    person_id: str
    load: int = 0
    percent: int = WHOLE
    last: int = 0

    @property
    def turn(self) -> tuple[Fraction, int, str]:
        """Smaller comes first: what they would have for their share, how long they have waited, and never a tie."""
        return Fraction((self.load + IN_HAND) * WHOLE, self.percent), self.last, self.person_id

    def with_one_more(self, move: int) -> "Candidate":
        """After getting a case by the move of this number."""
        return replace(self, load=self.load + IN_HAND, last=move)


def choose(candidates: Iterable[Candidate]) -> Candidate | None:
    """Who gets the next case; the same for the same candidates in any order. None where nobody takes any."""
    return min((one for one in candidates if one.percent > 0), key=lambda one: one.turn, default=None)
