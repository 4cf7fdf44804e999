"""`tetsuzuki office`."""

from collections.abc import Callable

Command = Callable[..., tuple[int, str, str]]


def test_an_office_is_written_down_changed_and_listed(tetsuzuki: Command) -> None:
    tetsuzuki("migrate")
    named = ("office", "koen", "--ja", "公園事務所", "--en", "Parks Office", "--email", "koen@example.jp")
    assert tetsuzuki(*named) == (0, "Written down: koen\n", "")
    assert tetsuzuki(*named) == (0, "Now as given: koen\n", "")
    assert tetsuzuki("office") == (0, "koen  公園事務所  Parks Office  koen@example.jp\n", "")


def test_what_is_wrong_is_told(tetsuzuki: Command) -> None:
    tetsuzuki("migrate")
    code, _, told = tetsuzuki("office", "koen")
    assert (code, "--ja and --en" in told) == (2, True)
    code, _, told = tetsuzuki("office", "公園", "--ja", "公園", "--en", "Park")
    assert (code, "small letter" in told) == (2, True)
    code, _, told = tetsuzuki("office", "koen", "--ja", "公園", "--en", "Park", "--email", "x")
    assert (code, "koen" in tetsuzuki("office")[1], "mail address" in told) == (2, False, True)
