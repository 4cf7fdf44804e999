"""Every event from every status by every kind of person: what the table says happens, and nothing else leaves a trace."""

import random
from collections import Counter
from itertools import product

import pytest

from engine.lifecycle import TRANSITIONS, Event, Fact, Status
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


def wrong(kind: str, source: Status, event: Event, found: Outcome) -> str | None:
    """What is not as the table says."""
    allowed = targets(kind, source, event)
    if allowed and not (event in HELD and kind not in {"clerk with the case", "system"}):
        if found.refused or found.status not in allowed:
            return f"is possible, and yet: {found.refused or found.status}"
        if found.history is None or found.history[:3] != (source, event, found.status):
            return f"has another history: {found.history}"
        return None
    if found.written or found.status is not source:
        return f"is not possible, and left a trace: {found}"
    if allowed and found.refused != "Conflict":
        return f"is for the clerk who has the case, and yet: {found.refused}"
    if not found.refused and not (event is Event.CLAIM and kind == "clerk with the case"):  # one's own again
        return "is not possible, and nobody was told"
    return None


def tried(trial: Trial, attempts: list[tuple[str, Status, Event]]) -> list[str]:
    found = []
    for kind, source, event in attempts:
        if problem := wrong(kind, source, event, trial.attempt(kind, source, event)):
            found.append(f"{event} from {source} by {kind} {problem}")
    return found


@pytest.mark.sqlite_only
def test_everybody_tries_everything(trial: Trial) -> None:
    assert {status: trial.desk_status(case) for status, case in trial.standing.items()} == {
        status: status for status in Status
    }
    assert tried(trial, EVERYTHING) == []


@pytest.mark.postgresql_only
def test_a_sample_on_the_other_database(trial: Trial) -> None:
    chosen = random.Random(20260501)  # noqa: S311 - the same sample each time
    possible = [one for one in EVERYTHING if targets(*one)]
    assert tried(trial, [*chosen.sample(possible, 25), *chosen.sample(EVERYTHING, 75)]) == []


def test_the_attempts_are_not_all_of_one_kind() -> None:
    """Every row that needs no undecided reduction is tried by somebody who may, and by many who may not."""
    rows = {(row.source, row.event) for row in TRANSITIONS if Fact.FEE_UNDECIDED not in row.given}
    by_row = Counter((source, event) for kind, source, event in EVERYTHING if targets(kind, source, event))
    assert set(by_row) == rows
    assert all(count < len(KINDS) / 2 for count in by_row.values())
    assert len(EVERYTHING) == len(KINDS) * len(Status) * len(Event)
