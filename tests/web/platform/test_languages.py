"""The language of the interface."""

from collections.abc import Callable

import pytest

from tests.web.browsing import Browser

Open = Callable[..., Browser]


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ("", "ログアウトしました"),
        ("ja", "ログアウトしました"),
        ("en-GB,en;q=0.9,ja;q=0.8", "You are signed out"),
        ("ja,en;q=0.9", "ログアウトしました"),
        ("de,fr", "ログアウトしました"),
        ("zh-CN,en;q=0.5", "You are signed out"),
        ("q=;;;,", "ログアウトしました"),
    ],
)
def test_the_browsers_language_counts_until_one_is_chosen(browser: Open, header: str, shown: str) -> None:
    page = browser().get("/signed-out", headers={"Accept-Language": header})
    assert shown in page.text


@pytest.mark.parametrize(
    ("chosen", "shown", "html"),
    [("en", "You are signed out", "en"), ("easy", "ログアウト しました", "ja"), ("ja", "ログアウトしました", "ja")],
)
def test_a_choice_is_remembered(browser: Open, chosen: str, shown: str, html: str) -> None:
    reader = browser()
    sent = reader.post("/language", {"language": chosen, "next": "/signed-out"})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/signed-out")
    page = reader.get("/signed-out", headers={"Accept-Language": "en"})
    assert shown in page.text
    assert f'<html lang="{html}">' in page.text


def test_a_language_we_do_not_speak_changes_nothing(browser: Open) -> None:
    reader = browser()
    assert "Set-Cookie" not in reader.post("/language", {"language": "tlh", "next": "/"}).headers


def test_the_page_after_a_choice_is_one_of_ours(browser: Open) -> None:
    sent = browser().post("/language", {"language": "en", "next": "https://evil.example/"})
    assert sent.headers["Location"] == "/"
