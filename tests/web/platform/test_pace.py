"""Who asks too often waits; others do not."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from web.security import pace
from web.security.pace import Pace, caller

NOW = datetime(2026, 5, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_so_many_within_so_long() -> None:
    limit = Pace(2, MINUTE)
    assert [limit.admits("a", NOW) for _ in range(3)] == [True, True, False]
    assert limit.admits("b", NOW)
    assert not limit.admits("a", NOW + MINUTE - timedelta(microseconds=1))
    assert limit.admits("a", NOW + MINUTE)


def test_what_was_refused_does_not_count() -> None:
    limit = Pace(1, MINUTE)
    limit.admits("a", NOW)
    limit.admits("a", NOW + MINUTE / 2)
    assert limit.admits("a", NOW + MINUTE)


def test_it_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_CALLERS", 3)
    limit = Pace(1, MINUTE)
    for number in range(10):
        limit.admits(str(number), NOW)
    assert len(limit._asked) == 3


@pytest.mark.parametrize(
    ("told", "peer", "expected"),
    [("", "192.0.2.1", "192.0.2.1"), ("198.51.100.7", "192.0.2.1", "198.51.100.7"),
     ("1.1.1.1, 198.51.100.7", "192.0.2.1", "198.51.100.7"), ("", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2")],
)  # fmt: skip
def test_who_asks(app: Flask, told: str, peer: str, expected: str) -> None:
    headers = {"X-Forwarded-For": told} if told else {}
    with app.test_request_context("/", headers=headers, environ_base={"REMOTE_ADDR": peer}):
        assert caller() == expected
