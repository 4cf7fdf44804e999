"""A stage on either database."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from procedures.database import Database
from tests.payments.holding.rehearsal import rehearsing
from tests.payments.holding.stage import Stage, staged
from tests.procedures.conftest import Desk


@pytest.fixture
def stage(database: Database, desk: Desk, now: datetime) -> Iterator[Stage]:
    """Nothing has happened on it yet; nothing of what will is kept."""
    with rehearsing(database) as rehearsal:
        desk.database = rehearsal
        yield staged(rehearsal, desk, now)
