"""The language of the interface."""

from collections.abc import Callable

import pytest
from flask import Flask
from markupsafe import escape

from engine.words import LANGUAGES, say
from procedures.actors import Actor
from procedures.database import Database
from procedures.models import Person
from tests.web.browsing import Browser
from tests.web.client import read
from web.pages.plain import plain_page

Open = Callable[..., Browser]


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ("", "ログアウトしました"),
        ("ja", "ログアウトしました"),
        ("en-GB,en;q=0.9,ja;q=0.8", "You are signed out"),
        ("ja,en;q=0.9", "ログアウトしました"),
        ("de,fr", "ログアウトしました"),
        ("zh-CN,en;q=0.5", "您已退出登录"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "您已退出登录"),  # in simplified characters: nearer than Japanese or English
        ("zh-Hant-HK", "您已退出登录"),
        ("ko-KR,en;q=0.5", "로그아웃되었습니다"),
        ("en-US,ja;q=0.9", "You are signed out"),
        ("ko;q=0,ja", "ログアウトしました"),
        ("de-DE,ko;q=0.4", "로그아웃되었습니다"),
        ("q=;;;,", "ログアウトしました"),
    ],
)
def test_the_browsers_language_counts_until_one_is_chosen(browser: Open, header: str, shown: str) -> None:
    page = browser().get("/signed-out", headers={"Accept-Language": header})
    assert shown in page.text


@pytest.mark.parametrize(
    ("chosen", "shown", "html"),
    [
        ("en", "You are signed out", "en"),
        ("easy", "ログアウト しました", "ja"),
        ("ja", "ログアウトしました", "ja"),
        ("zh", "您已退出登录", "zh-Hans"),
        ("ko", "로그아웃되었습니다", "ko"),
    ],
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


NAMES = {"ja": "日本語", "easy": "やさしい日本語", "en": "English", "zh": "中文", "ko": "한국어"}
TAGS = {"ja": "ja", "easy": "ja", "en": "en", "zh": "zh-Hans", "ko": "ko"}


@pytest.mark.parametrize("current", LANGUAGES)
def test_the_menu_names_each_language_in_itself(browser: Open, current: str) -> None:
    reader = browser()
    reader.post("/language", {"language": current, "next": "/"})
    page = read(reader.get("/signed-out"))
    choices = [node for node in page.all("button") if node.attributes.get("name") == "language"]
    shown = {node.attributes["value"]: (node.said, node.attributes["lang"]) for node in choices}
    assert shown == {language: (NAMES[language], TAGS[language]) for language in LANGUAGES}
    assert [node.said for node in choices if "aria-current" in node.attributes] == [NAMES[current]]
    assert page.all("html")[0].attributes["lang"] == TAGS[current]


def test_a_choice_is_remembered_for_the_person(browser: Open, database: Database, people: dict[str, Actor]) -> None:
    reader = browser("hanako")
    reader.post("/language", {"language": "ko", "next": "/"})
    with database.read() as session:
        assert session.get_one(Person, people["hanako"].id).language == "ko"
        assert session.get_one(Person, people["taro"].id).language != "ko"


@pytest.mark.parametrize(("chosen", "spoken"), [("zh", "en"), ("ko", "en"), ("easy", "ja"), ("ja", "ja")])
def test_staff_pages_speak_japanese_and_english(browser: Open, chosen: str, spoken: str) -> None:
    clerk = browser("sato")
    clerk.post("/language", {"language": chosen, "next": "/desk"})
    page = read(clerk.get("/desk"))
    assert page.all("html")[0].attributes["lang"] == spoken
    offered = [node.attributes["value"] for node in page.all("button") if node.attributes.get("name") == "language"]
    assert offered == ["ja", "easy", "en"]


def test_the_page_for_the_worst_case_speaks_every_language(app: Flask) -> None:
    for language, tag in TAGS.items():
        with app.test_request_context("/", headers={"Cookie": f"tetsuzuki_language={language}"}):
            page = plain_page(500)
        assert f'<html lang="{tag}">' in page
        assert escape(say("platform.error_500_title", language)) in page
