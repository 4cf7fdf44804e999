"""`tetsuzuki close`: what it says, and its exit codes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from payments.discrepancies import note
from procedures.database import open_database

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def migrated(tetsuzuki: Command) -> None:
    assert tetsuzuki("migrate")[0] == 0


def test_a_day_is_closed_once(tetsuzuki: Command, migrated: None) -> None:
    assert tetsuzuki("close", "--day", "2026-05-01")[:2] == (0, "Closed: 2026-05-01\n")
    code, out, told = tetsuzuki("close", "--day", "2026-05-01")
    assert (code, out) == (1, "")
    assert "closed already" in told


def test_days_before_are_closed_when_asked_for(tetsuzuki: Command, migrated: None) -> None:
    tetsuzuki("close", "--day", "2026-05-01")
    code, _, told = tetsuzuki("close", "--day", "2026-05-03")
    assert code == 1
    assert "2026-05-02 is still open" in told
    code, out, _ = tetsuzuki("close", "--day", "2026-05-03", "--with-days-before")
    assert (code, out.split()) == (0, ["Closed:", "2026-05-02", "Closed:", "2026-05-03"])


def test_a_day_that_is_not_over_stays_open(tetsuzuki: Command, migrated: None) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date()
    code, _, told = tetsuzuki("close", "--day", str(tomorrow))
    assert code == 1
    assert "is not over" in told


def test_what_does_not_match_needs_a_reason(tetsuzuki: Command, migrated: None, folder: Path) -> None:
    database = open_database(f"sqlite:///{folder}/.data/tetsuzuki.db")
    with database.write() as session:
        note(session, datetime.now(UTC), "not_recorded", "txn_1", "-", "999", None)
    database.close()
    code, _, told = tetsuzuki("close", "--day", "2026-05-01")
    assert code == 1
    assert "Not resolved: 1" in told
    assert tetsuzuki("close", "--day", "2026-05-01", "--reason", "x" * 401)[0] == 2
    assert tetsuzuki("close", "--day", "2026-05-01", "--reason", "asked the bank")[0] == 0
