"""What nobody has: cases of people who left their office fall, and whatever lies about is assigned."""

from collections.abc import Sequence
from datetime import timedelta

from procedures.assigning.asking import ask_everywhere
from procedures.assigning.automatic import assign_everywhere
from procedures.assigning.leaving import let_fall
from procedures.periodics import Means, Periodic, in_portions


def tasks(_means: Means) -> Sequence[Periodic]:
    """Letting fall, assigning, and asking."""
    return (
        Periodic("case.let_fall", timedelta(minutes=10), in_portions(let_fall)),
        Periodic("case.assign_lying", timedelta(minutes=5), assign_everywhere),
        Periodic("proposal.ask_waiting", timedelta(minutes=5), ask_everywhere),
    )
