"""A dozen deaths on SQLite, every point reached, and the harness's own parts."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.browser.stack import free_ports
from tests.crash import points
from tests.crash.control import Control
from tests.crash.killing import Killing, reached
from tests.crash.naming import Points
from tests.crash.system import System, standing
from tests.crash.upgrading.earlier import steps
from tests.databases import Source

ENOUGH = 60
KILLS = 12
SEED = 20261128


@pytest.fixture(scope="module")
def system(sqlite_source: Source, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """One whole for all of this."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TETSUZUKI_DATA_DIR", "")  # what the system sets is forgotten afterwards
        with standing(tmp_path_factory.mktemp("crash"), sqlite_source.lend(), free_ports(1)[0]) as whole:
            yield whole


@pytest.fixture(scope="module")
def found(system: System) -> dict[str, list[str]]:
    """What each story passes."""
    return reached(system, SEED)


@pytest.mark.timeout(300)
def test_every_point_of_the_list_is_reached(found: dict[str, list[str]]) -> None:
    passed = {point for story in found.values() for point in story}
    assert len(points.listed()) >= ENOUGH
    assert [point for point in points.listed() if point not in passed] == []


def test_points_are_of_every_kind() -> None:
    """Before and after commits, provider calls, renames, claims, webhook answers, papers, mails."""
    for what in ("commit", "provider open_checkout", "provider create_refund", "file rename", "claim", "done", "pdf"):
        names = [point for point in points.listed() if f" : {what} : " in point]
        assert {name.rpartition(" : ")[2] for name in names} == {"before", "after"}, what
    for name in ("hooks.stripe : answer", "job notice.send : mail", "job webhook.send : webhook"):
        assert {f"{name} : before", f"{name} : after"} <= set(points.listed()), name


def test_every_migration_since_the_earlier_release_has_its_points() -> None:
    known = set(points.listed())
    places = ("", " : statement", " : commit")
    wanted = {f"migrate : {one}{at} : {when}" for one in steps() for at in places for when in ("before", "after")}
    assert wanted <= known, f"Add to tests/crash/points.txt (sorted): {sorted(wanted - known)}"


@pytest.mark.timeout(300)
def test_a_dozen_deaths_break_no_promise(system: System, found: dict[str, list[str]]) -> None:
    tally = Killing(system, found, Random(SEED)).run(KILLS)
    assert tally.violations == [], system.log()[-3000:]
    assert tally.killed >= KILLS
    assert tally.acknowledged > KILLS


def test_the_armed_point_is_passed_so_often_as_it_was_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deaths: list[int] = []
    monkeypatch.setattr("os.kill", lambda _pid, number: deaths.append(number))
    ours, theirs = Control.open(tmp_path), Control.open(tmp_path)
    ours.arm("a : commit : after", skip=1)
    for point in ("a : commit : before", "a : commit : after"):
        theirs.passing(point)
    assert (deaths, ours.armed) == ([], "a : commit : after")
    theirs.passing("a : commit : after")
    assert (deaths, ours.armed, ours.killed()) == ([9], None, ["a : commit : after"])
    theirs.passing("a : commit : after")
    assert len(deaths) == 1


def test_steps_are_named_by_what_runs() -> None:
    said: list[str] = []
    points = Points(said.append)
    with points.step("nobody's"):
        pass
    with points.doing("job x"):
        points.name_commit("claim")
        for _ in range(4):
            with points.commit():
                pass
        with pytest.raises(OSError, match="full"), points.step("pdf"):
            raise OSError("full")
    assert said[::2] == [
        *(f"job x : {what} : before" for what in ("claim", "commit", "commit 2", "commit 3 and on")),
        "job x : pdf : before",
    ]
