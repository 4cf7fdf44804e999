"""`tetsuzuki role`."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from procedures.database import open_database
from procedures.models import Person

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def place(tetsuzuki: Command, folder: Path) -> None:
    tetsuzuki("migrate")
    tetsuzuki("office", "hokenjo", "--ja", "保健所", "--en", "Health Centre")
    database, moment = open_database(f"sqlite:///{folder / '.data/tetsuzuki.db'}"), datetime(2026, 5, 1, tzinfo=UTC)
    with database.write() as session:
        facts = {"issuer": "https://issuer.test", "name": "林 美咲", "created_at": moment, "seen_at": moment}
        session.add(Person(subject="hayashi", email="hayashi@example.jp", **facts))
    database.close()


def test_the_first_manager_is_made_listed_and_stays(tetsuzuki: Command, place: None) -> None:
    words = ("Hayashi@example.jp", "manager", "hokenjo")
    assert tetsuzuki("role", "grant", *words) == (0, "林 美咲 is now manager of hokenjo.\n", "")
    assert tetsuzuki("role") == (0, "hokenjo  manager  林 美咲  hayashi@example.jp  hayashi\n", "")
    code, _, told = tetsuzuki("role", "take", *words)
    assert (code, "last manager" in told) == (1, True)
    clerk = ("hayashi", "clerk", "hokenjo")
    assert tetsuzuki("role", "grant", *clerk)[0] == 0
    assert tetsuzuki("role", "take", *clerk) == (0, "林 美咲 is no longer clerk of hokenjo.\n", "")


def test_what_cannot_be_is_told(tetsuzuki: Command, place: None) -> None:
    assert tetsuzuki("role", "grant", "hayashi")[0] == 2
    code, _, told = tetsuzuki("role", "grant", "nobody", "clerk", "hokenjo")
    assert (code, "Nobody is known" in told) == (1, True)
    code, _, told = tetsuzuki("role", "grant", "hayashi", "clerk", "koen")
    assert (code, "koen" in told) == (2, True)
    code, _, told = tetsuzuki("role", "grant", "hayashi", "auditor", "hokenjo")
    assert (code, "with *" in told) == (2, True)
    assert tetsuzuki("role") == (0, "", "")
