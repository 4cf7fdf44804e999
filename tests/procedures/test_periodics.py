"""What the worker does again and again for cases."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from procedures import periodics
from procedures.blobs.disk import DiskBlobs
from procedures.database import Database
from procedures.models import AuditEvent
from procedures.periodics import AT_ONCE, Means, Periodic, drafts, in_portions


@pytest.fixture
def means(blobs: DiskBlobs) -> Means:
    return Means(blobs)


def test_every_file_of_the_folder_is_found(means: Means) -> None:
    names = {task.name for task in periodics.periodics(means)}
    assert {"draft.remind", "draft.lapse", "upload.give_up", "blob.sweep", "feedback.forget"} <= names


def test_a_name_given_twice_is_refused(means: Means, monkeypatch: pytest.MonkeyPatch) -> None:
    twice = Periodic("upload.give_up", timedelta(hours=1), lambda _database, _now: 0)
    monkeypatch.setattr(drafts, "tasks", lambda _means: (twice,))
    with pytest.raises(ValueError, match="one name"):
        periodics.periodics(means)


@pytest.mark.parametrize(("waiting", "calls"), [(0, 1), (AT_ONCE - 1, 1), (AT_ONCE, 2), (AT_ONCE * 2 + 1, 3)])
def test_portions_in_transactions_of_their_own(database: Database, now: datetime, waiting: int, calls: int) -> None:
    left, sessions = [waiting], []

    def portion(session: Session, _now: datetime, limit: int) -> int:
        session.execute(select(func.count()).select_from(AuditEvent))
        sessions.append(id(session))
        found = min(left[0], limit)
        left[0] -= found
        return found

    assert in_portions(portion)(database, now) == waiting
    assert len(sessions) == calls


def test_all_of_them_bear_an_empty_installation(database: Database, means: Means, now: datetime) -> None:
    for task in periodics.periodics(means):
        task.run(database, now)
