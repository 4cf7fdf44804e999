"""`tetsuzuki reconcile`: the table it prints."""

import pytest

from payments.reconciliation import Mismatch
from web.cli.commands.reconcile import _print_table, padded, width


@pytest.mark.parametrize(("text", "columns"), [("", 0), ("abc", 3), ("あるべき額", 10), ("ｶﾅ", 2), ("髙a", 3)])
def test_the_width_of_a_text_in_a_terminal(text: str, columns: int) -> None:
    assert width(text) == columns
    assert width(padded(text, 12, right=True)) == 12


@pytest.mark.parametrize("language", ["ja", "en"])
def test_amounts_stand_below_each_other(capsys: pytest.CaptureFixture[str], language: str) -> None:
    ones = [
        Mismatch("amount_differs", "c", "R", "pi_1", 1_234_567, 5),
        Mismatch("not_recorded", None, None, "txn_long_name", None, 900),
    ]
    _print_table(ones, language)
    head, first, told, second, _ = capsys.readouterr().out.splitlines()
    assert "1,234,567" in first
    assert told.startswith("    ")
    place = width(first[: first.index("pi_1")])
    assert width(second[: second.index("txn_long_name")]) == place
    assert len(head) > 10


def test_nothing_is_printed_where_everything_matches(capsys: pytest.CaptureFixture[str]) -> None:
    _print_table([], "ja")
    assert capsys.readouterr().out == ""
