"""A system at the API: submits under a key, twice under the same, reads, asks for a pay link, withdraws."""

from tests.machine.acts import act
from tests.machine.acts.filling import NAMES
from tests.machine.model import Case
from tests.machine.world import IDS, World

OWNER = "system"
WAIT = 429
"""A process takes its share of a minute at once, and each step forgets the rest of it: many in a minute must wait."""


@act(3)
def a_system_submits(world: World, which: int, how: int) -> str:
    """A permit; under the same key again it is the same case; wrong answers are told with their place."""
    system = world.api()
    copies = 99 if how % 6 == 0 else how % 3
    key = f"key-{world.step}"
    answer = system.submit("permit", {"name": NAMES[how % len(NAMES)], "copies": copies}, key)
    if answer.status_code == WAIT:
        return "told to wait"
    if copies == 99:
        assert answer.status_code == 422, answer.text
        return "refused"
    assert answer.status_code in {200, 201}, answer.text
    id = answer.get_json()["id"]
    status = "awaiting_fee" if copies else "received"
    world.cases.append(Case(id, OWNER, "permit", status, accepted={"copies": str(copies)}))
    if how % 2:
        again = system.submit("permit", {"name": NAMES[how % len(NAMES)], "copies": copies}, key)
        assert again.status_code == WAIT or again.get_json()["id"] == id, "one key, two cases"
    return status


def _sent(world: World) -> list[Case]:
    return [case for case in world.cases if case.owner == OWNER and not case.gone]


@act(2, when=_sent)
def a_system_reads(world: World, which: int, how: int) -> str:
    """Its own case, a case that is not its own, what was decided."""
    cases, system = _sent(world), world.api()
    paths = (f"/submissions/{cases[which % len(cases)].id}", f"/cases/{cases[which % len(cases)].id}", "/cases")
    path = paths[how % 3]
    return f"{IDS.sub('…', path)} {system.get(path).status_code}"


@act(2, when=_sent, by_itself=True)
def a_system_withdraws(world: World, which: int, how: int) -> str:
    """Or asks for a link to pay."""
    cases, system = _sent(world), world.api()
    case = cases[which % len(cases)]
    way = "withdrawal" if how % 4 == 0 else "pay-link"
    headers = {"Idempotency-Key": f"{way}-{world.step}"}
    answer = system.post(f"/submissions/{case.id}/{way}", json={}, headers=headers)
    if way == "withdrawal" and answer.status_code in {200, 201, 204} and world.standing()[case.id] == "withdrawn":
        case.status = "withdrawn"
    return f"{way} {case.status} {answer.status_code}"
