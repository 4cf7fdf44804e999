"""Examples: that one changed is enough to know; what it shows is for its author."""

from collections.abc import Iterator

from engine.model import Procedure, Scenario
from engine.versions.comparing.changes import Change, Spot
from engine.versions.comparing.naming import part_name
from engine.versions.comparing.walking import Walk
from engine.versions.equality import same


def _scenarios(_walk: Walk, spot: Spot, old: Procedure, new: Procedure) -> Iterator[Change]:
    before, after = ({one.name: one for one in version.scenarios} for version in (old, new))
    for name in [*before, *(name for name in after if name not in before)]:
        was, now = before.get(name), after.get(name)
        here = spot.below("scenarios").below(name, part_name(now or was))
        if was is None or now is None:
            yield Change("added" if was is None else "removed", here, "none")
        elif _given(was) != _given(now) or was.expect != now.expect or not same(was.answers, now.answers):
            yield Change("example", here, "none")


def _given(scenario: Scenario) -> tuple[object, ...]:
    """What happens besides the answers: on which days, and what was decided."""
    return scenario.on, scenario.paid_on, scenario.issued_on, scenario.granted


RULES = {("Procedure", "scenarios"): _scenarios}
