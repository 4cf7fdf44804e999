"""Stages on either database."""

from collections.abc import Iterator

import pytest

from tests.databases import Source
from tests.payments.holding.stage import Stage
from tests.payments.holding.stages import stage_from


@pytest.fixture
def stage(sqlite_source: Source) -> Iterator[Stage]:
    """On SQLite."""
    with stage_from(sqlite_source) as found:
        yield found


@pytest.fixture
def other_stage(postgresql_source: Source) -> Iterator[Stage]:
    """On PostgreSQL."""
    with stage_from(postgresql_source) as found:
        yield found
