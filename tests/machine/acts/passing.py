"""The clock and the workers: hours, days, months; jobs done, one or all; a worker that dies with a job in its hands."""

from datetime import timedelta

from procedures.jobs import claim
from tests.machine.acts import act
from tests.machine.world import World


@act(4)
def minutes_pass(world: World, which: int, how: int) -> str:
    """Up to an hour."""
    world.moves(timedelta(minutes=1 + how))
    return "moved"


@act(3)
def hours_pass(world: World, which: int, how: int) -> str:
    """Up to two days and a half."""
    world.moves(timedelta(hours=1 + how))
    return "moved"


@act(2, by_itself=True)
def days_pass(world: World, which: int, how: int) -> str:
    """Day by day, up to a week; the worker works every day."""
    for _ in range(1 + how % 7):
        world.moves(timedelta(days=1))
        world.works()
    return "moved"


@act(1, by_itself=True)
def months_pass(world: World, which: int, how: int) -> str:
    """What was left alone lapses; what is over long enough is forgotten."""
    for _ in range(1 + how % 3):
        world.moves(timedelta(days=31))
        world.works()
    return "moved"


@act(7, by_itself=True)
def the_worker_works(world: World, which: int, how: int) -> str:
    """Everything that is due."""
    return str(world.works())


@act(4, by_itself=True)
def one_job_is_done(world: World, which: int, how: int) -> str:
    """One alone, so that others meet what is half done."""
    return str(world.works(1))


@act(2)
def a_worker_dies(world: World, which: int, how: int) -> str:
    """It had taken a job; nobody does that before its lease is over."""
    with world.database.write() as session:
        job = claim(session, world.clock(), "the dead")
    return job.kind if job else "nothing to do"
