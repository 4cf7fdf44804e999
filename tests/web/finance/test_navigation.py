"""Finance's own navigation: one list, on each page, with the page one is on."""

import pytest

from engine.words import catalogue
from web.finance.frame import NAVIGATION, navigation


def test_every_page_has_its_word_address_and_place() -> None:
    assert {page.word for page in NAVIGATION} <= set(catalogue())
    for column in ("word", "address", "order"):
        values = [getattr(page, column) for page in NAVIGATION]
        assert len(set(values)) == len(values), f"two pages share their {column}"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/finance", "/finance"),
        ("/finance/payable", "/finance"),
        ("/finance/days/2026-05-01/close", "/finance/days"),
        ("/finance/charges/x", "/finance/charges"),
    ],
)
def test_a_page_below_another_belongs_to_it(path: str, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.finance.frame.language", lambda: "ja")
    assert [address for _, address, current in navigation(path) if current] == [page]
    assert next(word for word, _, _ in navigation(path)) == "きょう"
