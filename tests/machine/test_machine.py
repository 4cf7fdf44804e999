"""A sample of the machine on both databases at once; `python -m tests.machine` goes on for longer."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from procedures.models import Application, Office
from tests.databases import PostgresqlDatabases, Source
from tests.machine.acts import acts
from tests.machine.ground import Ground, make_seal, postgresql_ground, sqlite_ground
from tests.machine.machine import run
from tests.machine.model import by_itself
from tests.machine.playing import BY_NAME, Move, Tally, Worlds, fewest, goes_wrong, worlds_on
from tests.machine.snapshot import differences, snapshot
from tests.machine.world import World

CLAIMED: list[Move] = [("starts", 7, 0), ("answers", 0, 0), ("sends", 0, 0), ("claims", 0, 0)]
"""A business's notice, sent and claimed."""


@pytest.fixture(scope="module")
def seal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Whose keys are made once."""
    return make_seal(tmp_path_factory.mktemp("seal") / "seal")


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory, compiled_once: None) -> Ground:
    """Of files."""
    return sqlite_ground(tmp_path_factory.mktemp("ground"))


@pytest.fixture(scope="module")
def postgresql(postgresql_source: Source, compiled_once: None) -> Ground:
    """Of a server's databases."""
    assert isinstance(postgresql_source, PostgresqlDatabases)
    return postgresql_ground(postgresql_source)


def played(worlds: Worlds, moves: list[Move]) -> None:
    for name, which, how in moves:
        worlds.play(BY_NAME[name], which, how)


def sabotaged(name: str, harm: Callable[[World], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """After this act, that happens, too."""
    honest = BY_NAME[name]

    def does(world: World, which: int, how: int) -> str:
        came = honest.do(world, which, how)
        harm(world)
        return came

    monkeypatch.setitem(BY_NAME, name, replace(honest, do=does))


def test_everything_holds_and_both_databases_come_to_the_same(sqlite: Ground, postgresql: Ground, seal: Path) -> None:
    tally = Tally()
    run([sqlite, postgresql], seal, 20260501, tally, runs=2, length=12)
    assert tally.acts.total() > 12
    assert tally.answers[303] > 5


def test_the_same_seed_leads_to_the_same_ids_and_another_to_others(sqlite: Ground, seal: Path) -> None:
    found = []
    for seed, moves in (("7", CLAIMED), ("7", CLAIMED), ("8", CLAIMED[:1])):
        with worlds_on([sqlite], seal, seed, Tally()) as worlds:
            played(worlds, moves)
            found.append(snapshot(worlds.worlds[0]))
    first, again, other = found
    assert list(differences(first, again)) == []
    assert first["application"]
    assert first["audit_event"]
    assert any(line.startswith("application only first") for line in differences(first, other))


def test_a_status_that_nobody_gave_is_found_with_the_fewest_moves(
    sqlite: Ground, seal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decides_alone(world: World) -> None:
        with world.database.write() as session:
            session.execute(update(Application).where(Application.status == "draft").values(status="approved"))

    sabotaged("answers", decides_alone, monkeypatch)
    moves = [("minutes_pass", 0, 3), *CLAIMED[:2]]
    assert "it must be draft" in str(goes_wrong([sqlite], seal, "7", moves))
    assert fewest([sqlite], seal, "7", moves) == CLAIMED[:2]


def test_what_one_database_alone_does_is_found(
    sqlite: Ground, postgresql: Ground, seal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgets(world: World) -> None:
        if world.kind == "postgresql":
            with world.database.write() as session:
                session.execute(update(Office).values(name_en="elsewhere"))

    sabotaged("starts", forgets, monkeypatch)
    wrong = str(goes_wrong([sqlite, postgresql], seal, "7", CLAIMED[:1]))
    assert "the databases differ" in wrong
    assert "elsewhere" in wrong


def test_what_goes_wrong_is_told_with_its_moves(sqlite: Ground, seal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def sabotage(_world: World, _act: object) -> None:
        raise AssertionError("sabotage")

    monkeypatch.setattr("tests.machine.playing.holds", sabotage)
    with pytest.raises(AssertionError, match="starts"):
        run([sqlite], seal, 1, Tally(), runs=1, length=2)


def test_each_act_says_what_it_does() -> None:
    assert all(one.do.__doc__ for one in acts())


def test_only_time_and_money_move_a_case_by_itself() -> None:
    assert by_itself("decision_proposed") == {"decision_proposed"}
    assert by_itself("awaiting_issue_fee") == {"awaiting_issue_fee", "approved", "lapsed"}
    assert "withdrawn" not in by_itself("draft")
