"""`tetsuzuki searchterms`."""

from collections.abc import Callable

Command = Callable[..., tuple[int, str, str]]


def test_nothing_submitted_is_nothing_to_write(tetsuzuki: Command) -> None:
    assert tetsuzuki("searchterms")[0] == 2
    tetsuzuki("migrate")
    assert tetsuzuki("searchterms") == (0, "Written anew for 0 cases.\n", "")
