"""The operator: what was given up while Stripe was silent for days gets a new start, by the button of its line."""

from sqlalchemy import select

from procedures.models import Job
from tests.machine.acts import act
from tests.machine.world import World

SILENT = "ProviderUnavailable"


def given_up(world: World) -> list[str]:
    """Jobs that died of that silence; of others a person must know why they did."""
    query = select(Job.id).where(Job.state == "dead", Job.error.startswith(SILENT))
    with world.database.read() as session:
        return list(session.scalars(query.order_by(Job.created_at, Job.id)))


@act(12, when=given_up)
def gives_a_new_start(world: World, which: int, how: int) -> str:
    """Pressed twice now and then, which starts it once."""
    waiting = given_up(world)
    page = world.browser("ono").get("/operator")
    for number, job in enumerate(waiting):
        for _ in range(1 + (number == which)):
            answer = world.press("ono", page, form=f"/operator/jobs/{job}/retry")
            assert answer.status_code == 303, f"{job} gets no new start: {answer.status_code}"
    assert not given_up(world)
    return f"started {len(waiting)}"
