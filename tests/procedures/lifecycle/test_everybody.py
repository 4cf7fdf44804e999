"""Every event from every status by every kind of person: what the table says happens, nothing else leaves a trace."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import product

import pytest

from engine.lifecycle import TRANSITIONS, Event, Fact, Status, Who
from tests.procedures.corrections.conftest import CorrectionDesk, desk
from tests.procedures.lifecycle.attempts import Outcome, Trial
from tests.procedures.lifecycle.people import KINDS, capacities, enrol
from tests.procedures.lifecycle.standing import cases

__all__ = ["desk"]

EVERYTHING = list(product(KINDS, Status, Event))
OF_THE_CASE = frozenset({Fact.REVIEWED, Fact.EXAMINED})
"""What holds of the cases here; whether a fee is due, the services say."""
HELD = frozenset({Event.REQUEST_CORRECTION, Event.RESUME, Event.PROPOSE})
"""What only the clerk does who has the case: the table knows roles, the services know whose case it is."""


@pytest.fixture
def trial(desk: CorrectionDesk) -> Trial:
    enrol(desk.database, desk.now)
    return Trial(desk, cases(desk))


def targets(kind: str, source: Status, event: Event) -> set[Status]:
    """Where the table lets this person take such a case."""
    return {
        row.target
        for row in TRANSITIONS
        if (row.source, row.event) == (source, event)
        and row.who & capacities(kind)
        and row.given <= OF_THE_CASE | {Fact.FEE_DUE}
        and not row.unless & OF_THE_CASE
    }


def guard(kind: str, event: Event) -> str | None:
    """What keeps somebody from what their role alone would allow."""
    if event in HELD and kind not in {"clerk with the case", "system"}:
        return "Conflict"
    by_clerk_alone = capacities(kind) == {Who.CLERK}
    return "NotFound" if event is Event.SEND_BACK and by_clerk_alone else None  # the stage is an approver's


def wrong(kind: str, source: Status, event: Event, found: Outcome) -> str | None:
    """What is not as the table says."""
    allowed, kept_from = targets(kind, source, event), guard(kind, event)
    if allowed and kept_from is None:
        whole = found.history is not None and found.history[:3] == (source, event, found.status)
        as_told = not found.refused and found.status in allowed and whole
        return None if as_told else f"is possible, and yet: {found}"
    if found.written:
        return f"is not possible, and left a trace: {found}"
    if allowed:
        return None if found.refused == kept_from else f"is refused for another reason: {found}"
    own_again = event is Event.CLAIM and kind == "clerk with the case"
    return None if found.refused or own_again else "is not possible, and nobody was told"


def tried(trial: Trial, attempts: Iterable[tuple[str, Status, Event]]) -> list[str]:
    """What is wrong of these attempts; those that are not possible share a transaction."""
    together: dict[tuple[str, Status, Event | None], list[Event]] = defaultdict(list)
    for kind, source, event in attempts:
        together[kind, source, event if targets(kind, source, event) else None].append(event)
    return [
        f"{event} from {source} by {kind} {problem}"
        for (kind, source, _), events in together.items()
        for event, outcome in trial.attempts(kind, source, events).items()
        if (problem := wrong(kind, source, event, outcome))
    ]


@pytest.mark.sqlite_only
def test_everybody_tries_everything(trial: Trial) -> None:
    assert {status: trial.desk_status(case) for status, case in trial.standing.items()} == {
        status: status for status in Status
    }
    assert not (found := tried(trial, EVERYTHING)), "\n".join(found)


@pytest.mark.postgresql_only
def test_a_sample_on_the_other_database(trial: Trial) -> None:
    chosen = random.Random(20260501)
    possible = [one for one in EVERYTHING if targets(*one)]
    sample = dict.fromkeys([*chosen.sample(possible, 20), *chosen.sample(EVERYTHING, 40)])
    assert tried(trial, sample) == []


def test_the_attempts_are_not_all_of_one_kind() -> None:
    """Every row that needs no undecided reduction is tried by somebody who may, and by many who may not."""
    rows = {(row.source, row.event) for row in TRANSITIONS if Fact.FEE_UNDECIDED not in row.given}
    by_row = Counter((source, event) for kind, source, event in EVERYTHING if targets(kind, source, event))
    assert set(by_row) == rows
    assert all(count < len(KINDS) / 2 for count in by_row.values())
    assert len(EVERYTHING) == len(KINDS) * len(Status) * len(Event)
