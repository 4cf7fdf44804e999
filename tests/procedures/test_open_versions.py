"""Which version a draft may be submitted on, on each day."""

from datetime import datetime, timedelta

import pytest

from procedures import amending, drafts, submissions
from procedures.errors import VersionClosed
from procedures.models import PublishedProcedure
from tests.procedures.amendments import CHANGES, amend, day_of, load, move
from tests.procedures.conftest import Desk


def test_a_draft_stays_until_the_new_version_is_in_force(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    amend(desk, day_of(later, 0), *CHANGES)
    assert not load(desk, application_id, later - timedelta(days=1)).outdated
    assert not move(desk, application_id, later - timedelta(days=1))
    assert load(desk, application_id, later).outdated
    assert load(desk, application_id, later).answers == {"name": "髙橋 𠮷子", "copies": 2}


def test_an_old_version_is_not_submitted_any_more(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    amend(desk, day_of(later, 0), *CHANGES)
    with pytest.raises(VersionClosed):
        desk.do(submissions.submit, desk.people.hanako, application_id, 2, "見た", now=later)
    assert load(desk, application_id, later).revision == 2
    move(desk, application_id, later)
    desk.do(drafts.save, desk.people.hanako, application_id, {"applicant": "髙", "copies": 1}, 3, now=later)
    done = desk.do(submissions.submit, desk.people.hanako, application_id, 4, "見た", now=later)
    assert done.quote is not None
    assert done.quote.total == 500


def test_days_of_grace_to_finish_on_the_old_one(desk: Desk, later: datetime) -> None:
    application_id, other = desk.draft(), desk.draft()
    new = amend(desk, day_of(later, 0), *CHANGES, ("draft: {days: 30}", "draft: {days: 30, grace_days: 7}"))
    last = later + timedelta(days=6)
    assert not load(desk, application_id, last).outdated
    assert not move(desk, application_id, last)
    assert desk.do(submissions.submit, desk.people.hanako, application_id, 2, "見た", now=last).quote.total == 1000
    after = later + timedelta(days=7)
    assert load(desk, other, after).outdated
    assert move(desk, other, after)
    assert load(desk, other, after).procedure.digest == new.digest


def test_a_version_without_grace_closes_all_before_it(desk: Desk, later: datetime) -> None:
    """The first draft could have stayed on the first version, but the third one lets nobody wait."""
    application_id = desk.draft()
    grace = ("draft: {days: 30}", "draft: {days: 30, grace_days: 60}")
    second = amend(desk, day_of(later, 0), *CHANGES, grace)
    third = amend(desk, day_of(later, 3), *CHANGES, ("maxLength: 40", "maxLength: 50"))
    with desk.database.read() as session:
        for day, expected in ((0, desk.known["permit"]), (2, desk.known["permit"]), (3, third)):
            found = amending.open_to_drafts(session, desk.known["permit"], (later + timedelta(days=day)).date())
            assert found.digest == expected.digest
        assert amending.open_to_drafts(session, second, later.date()) is second
    assert move(desk, application_id, later + timedelta(days=3))


def test_a_version_that_was_closed_once_stays_closed(desk: Desk, later: datetime) -> None:
    grace = ("draft: {days: 30}", "draft: {days: 30, grace_days: 60}")
    amend(desk, day_of(later, 0), *CHANGES)
    third = amend(desk, day_of(later, 3), *CHANGES, grace)
    with desk.database.read() as session:
        day = (later + timedelta(days=3)).date()
        assert amending.open_to_drafts(session, desk.known["permit"], day).digest == third.digest


def test_while_the_new_version_is_suspended_drafts_stay(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    digest = amend(desk, day_of(later, 0), *CHANGES).digest
    with desk.database.write() as session:
        session.get_one(PublishedProcedure, digest).suspended = True
    assert not load(desk, application_id, later).outdated
    assert not move(desk, application_id, later)


def test_new_drafts_begin_on_the_new_version(desk: Desk, later: datetime) -> None:
    new = amend(desk, day_of(later, 0), *CHANGES)
    application_id = desk.do(drafts.start, desk.people.hanako, new, now=later)
    draft = load(desk, application_id, later)
    assert (draft.outdated, draft.earlier, draft.procedure.digest) == (False, None, new.digest)
