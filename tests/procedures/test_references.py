"""Each case gets a number of its own, also where two draw the same."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from engine.references import normalise
from procedures import submissions
from tests.procedures.conftest import Desk


def test_references_are_unique_and_checked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["same", "same", "same", "other"])
    monkeypatch.setattr(submissions, "new_reference", lambda _random: next(drawn))
    cases = [desk.draft(), desk.draft()]
    assert [desk.submit(application_id).reference for application_id in cases] == ["same", "other"]


@pytest.mark.postgresql_only
def test_a_reference_drawn_twice_in_the_same_instant_is_drawn_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["same", "same", "other"])
    monkeypatch.setattr(submissions, "new_reference", lambda _random: next(drawn))
    first, second = desk.draft(), desk.draft()
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    with ThreadPoolExecutor(1) as pool:
        with desk.database.write() as session:
            sent = submissions.submit(session, desk.people.hanako, desk.now, first, 2, "確認しました")
            later = pool.submit(desk.submit, second)
            while not later.done():
                with desk.database.read() as watching:
                    if watching.scalar(waiting):
                        break
        assert (sent.reference, later.result().reference) == ("same", "other")


def test_a_reference_can_be_typed_as_one_likes(desk: Desk) -> None:
    first = desk.submit(desk.draft()).reference
    assert normalise(first.lower().replace("-", " ")) == first
