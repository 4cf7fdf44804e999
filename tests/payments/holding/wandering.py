"""One order of a play's events at random, by itself: what the explorer merges is walked in full."""

from random import Random

from tests.payments.holding.exploring import Happening, Play
from tests.payments.holding.snapshot import books
from tests.payments.holding.stage import Stage, ids_of


def wander(stage: Stage, play: Play, chance: Random) -> object:
    """Walk it to its end and go back; answers what then stood in the books. A wrong end raises, with the way."""
    way: list[str] = []
    with stage.going_back(), ids_of(Random(1)):
        try:
            play.begins(stage)
            left = list(play.happenings)
            while left:
                one = left.pop(chance.randrange(len(left)))
                way.append(_happen(stage, one, left, chance))
            by_name = {happening.name: happening.do for happening in play.happenings}
            stage.calms_down(lambda stage, name: by_name[name](stage))
            play.ends(stage)
        except BaseException as wrong:
            wrong.add_note(f"{play.name}: {'; '.join(way)}")
            raise
        return books(stage.database.connection)


def _happen(stage: Stage, one: Happening, left: list[Happening], chance: Random) -> str:
    modes = ["once", "twice", "never", "dies", "dies", *["late"] * one.may_be_late, *["meets"] * bool(left)]
    mode, number, after = chance.choice(modes), chance.randint(1, 4), chance.random() < 0.5
    stage.passes()
    if mode == "late":
        stage.keeps_for_later(one.name)
    elif mode == "dies":
        with stage.at_commit(number, after=after):
            one.do(stage)
        stage.passes()
        one.do(stage)
    elif mode == "meets":
        other = left.pop(chance.randrange(len(left)))
        with stage.at_answer(number, lambda: other.do(stage)):
            one.do(stage)
        return f"{one.name} meets {other.name} at answer {number}"
    else:
        for _ in range({"never": 0, "once": 1, "twice": 2}[mode]):
            stage.passes()
            one.do(stage)
    return f"{one.name} {mode}" + (f" at {number}" if mode == "dies" else "")
