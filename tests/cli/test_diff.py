"""`tetsuzuki diff`: files and published versions, in words and as JSON, with an exit code that says what to do."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_specs import spoil

Command = Callable[..., tuple[int, str, str]]
DOGS = Path("procedure_specs/hokeniryo/dog-registration.yaml")


@pytest.fixture
def amended(folder: Path) -> Path:
    """The dog registration of half a year later, which lets three dogs be registered at once."""
    later = folder / DOGS.with_name("dog-registration-later.yaml")
    later.write_bytes((folder / DOGS).read_bytes())
    spoil(later, "version: 2026-04-01", "version: 2026-10-01")
    spoil(later, "maxItems: 5", "maxItems: 3")
    return later


@pytest.fixture
def published(tetsuzuki: Command) -> None:
    assert tetsuzuki("migrate")[0] == 0
    assert tetsuzuki("publish")[0] == 0


@pytest.mark.parametrize(("language", "said"), [("ja", "5 → 3"), ("en", "Most items became stricter: 5 → 3")])
def test_two_files(tetsuzuki: Command, amended: Path, language: str, said: str) -> None:
    code, out, told = tetsuzuki("diff", DOGS, amended, "--language", language)
    assert (code, told) == (0, "")
    assert said in out
    assert "2026-04-01" in out.splitlines()[0]
    assert "2026-10-01" in out.splitlines()[0]


def test_a_file_is_compared_with_what_is_published(tetsuzuki: Command, published: None, amended: Path) -> None:
    code, out, _ = tetsuzuki("diff", amended)
    assert code == 0
    assert "version 2026-04-01 → version 2026-10-01" in out
    assert "There is no difference." in tetsuzuki("diff", DOGS)[1]


def test_published_versions_are_named_by_their_day(tetsuzuki: Command, published: None, amended: Path) -> None:
    assert tetsuzuki("publish", amended)[0] == 0
    code, out, _ = tetsuzuki("diff", "dog-registration@2026-04-01", "dog-registration@2026-10-01")
    assert code == 0
    assert "5 → 3" in out
    code, _, told = tetsuzuki("diff", "dog-registration@2026-05-01", amended)
    assert code == 2
    assert "dog-registration@2026-04-01, dog-registration@2026-10-01" in told


def test_other_content_under_the_same_day_is_a_problem(tetsuzuki: Command, published: None, folder: Path) -> None:
    spoil(folder / DOGS, "maxItems: 5", "maxItems: 3")
    code, out, _ = tetsuzuki("diff", DOGS)
    assert code == 1
    assert "Give it a version later than 2026-04-01" in out
    code, _, told = tetsuzuki("publish", DOGS)
    assert code == 1
    assert "tetsuzuki diff" in told


def test_an_earlier_day_is_a_problem(tetsuzuki: Command, amended: Path) -> None:
    code, out, _ = tetsuzuki("diff", amended, DOGS)
    assert code == 1
    assert "earlier" in out


def test_another_procedure_is_a_problem(tetsuzuki: Command) -> None:
    code, out, _ = tetsuzuki("diff", DOGS, "water-service-start")
    assert code == 1
    assert "another procedure" in out


def test_json_for_programs(tetsuzuki: Command, amended: Path) -> None:
    found = json.loads(tetsuzuki("diff", DOGS, amended, "--format", "json")[1])
    assert (found["verdict"], found["publishable"], found["drafts_move_on"]) == ("newer", True, "2026-10-01")
    [change] = found["changes"]
    assert (change["kind"], change["path"]) == ("tightened", "steps.dogs.fields.dogs.maxItems")
    assert (change["before"], change["after"]) == ("5", "3")
    assert change["drafts"]["effect"] == "fits"
    assert change["open_cases"]["effect"] == "stay"


def test_differences_as_an_exit_code(tetsuzuki: Command, amended: Path) -> None:
    assert tetsuzuki("diff", DOGS, amended, "--exit-code")[0] == 1
    assert tetsuzuki("diff", DOGS, DOGS, "--exit-code")[0] == 0


def test_wrong_use(tetsuzuki: Command, folder: Path, amended: Path) -> None:
    assert tetsuzuki("diff")[0] == 2
    assert tetsuzuki("diff", "nowhere.yaml", amended)[0] == 2
    spoil(amended, "steps:", "stpes:")
    code, _, told = tetsuzuki("diff", DOGS, amended)
    assert code == 2
    assert "tetsuzuki check" in told


def test_what_is_not_published_has_nothing_to_be_compared_with(tetsuzuki: Command, amended: Path) -> None:
    assert tetsuzuki("diff", amended)[0] == 2
    assert tetsuzuki("migrate")[0] == 0
    code, _, told = tetsuzuki("diff", amended)
    assert code == 2
    assert "dog-registration is not published yet" in told
