"""One running whole and one Chromium for all browser tests, which one process does (see `tests/conftest.py`)."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import chromium, phone
from tests.browser.person import Person
from tests.browser.stack import Stack, running_stack

HERE = "tests/browser/"
Somebody = Callable[..., Person]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder."""
    for item in items:
        if item.nodeid.startswith(HERE):
            item.add_marker(pytest.mark.browser)


# As long as this package: while Playwright is there an event loop runs, and nothing else may start one of its own.
@pytest.fixture(scope="package")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The running whole."""
    with running_stack(tmp_path_factory.mktemp("stack")) as running:
        yield running


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium."""
    with chromium(tmp_path_factory.mktemp("chromium")) as running:
        yield running


@pytest.fixture
def somebody(browser: Browser, stack: Stack) -> Iterator[Somebody]:
    """Makes people: `somebody("hanako")` has a phone and is signed in, `somebody()` is a stranger.

    Nobody looks at the pages of signing in but `test_pages`.
    """
    with ExitStack() as contexts:

        def make(name: str = "", *, scripts: bool = True) -> Person:
            person = Person(phone(browser, stack.web, scripts=scripts), name, scripts, stack.web)
            contexts.callback(person.context.close)
            if name:
                with person.unseen() as unseen:
                    unseen.there.sign_in()
            return person

        yield make
