"""What one person answered never stands on the page of another, though pages are kept."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from procedures.database import Database
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant
from tests.web.residents.journeys.test_walks import publish

SPEC = "wordings-that-repeat-answers"


@pytest.mark.sqlite_only
def test_each_sees_their_own(
    applicant: Callable[..., Applicant], database: Database, now: datetime, clock: Clock
) -> None:
    clock.moment = datetime(2026, 5, 1, 3, tzinfo=UTC)
    publish(database, now, SPEC)
    for who, pet in (("hanako", "ポチ"), ("taro", "タマ"), ("hanako", "ハナ")):
        person = applicant(who)
        person.start(SPEC)
        person.send({"who.family": who, "who.given": "一", "pet": "dog", "call_name": pet})
        assert person.heading == f"{pet}について"
        others = {"ポチ", "タマ", "ハナ"} - {pet}
        assert f"{pet}を飼った月数" in person.main
        assert f"{who}さん" in person.main
        assert not any(other in person.page.text for other in others)
