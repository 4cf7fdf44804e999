"""What people wrote about a page is forgotten when its time is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from procedures.database import Database
from procedures.days import tokyo_day
from procedures.insight import feedback
from procedures.periodics import Means, Periodic


def tasks(_means: Means) -> Sequence[Periodic]:
    """Forgetting the words; the counts stay."""
    return (Periodic("feedback.forget", timedelta(days=1), _forget_words),)


def _forget_words(database: Database, now: datetime) -> None:
    with database.write() as session:
        feedback.forget_words(session, tokyo_day(now))
