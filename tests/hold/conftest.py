"""One world for all tests of this folder, which one process does (see `tests/conftest.py`)."""

from collections.abc import Iterator

import pytest

from tests.databases import Source
from tests.hold.world import World, build
from tests.ringed import opened

HERE = "tests/hold/"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Making the world takes its time."""
    for item in items:
        if item.nodeid.startswith(HERE):
            item.add_marker(pytest.mark.timeout(600))


@pytest.fixture(scope="package")
def world(sqlite_source: Source, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The site after everybody has been everywhere."""
    url = sqlite_source.lend()
    database = opened(url, 1)
    yield build(tmp_path_factory.mktemp("hold"), database)
    database.close()
    sqlite_source.take_back(url)
