"""Nobody meets a missing wording, in Japanese or in English, and no wording lies about unused."""

from functools import cache
from pathlib import Path

import pytest

from engine.words import catalogue
from tests.house import wording
from tests.house.tree import LAYERS, ROOT, Module, expect_none, modules

AREAS = {key.split(".", 1)[0] for key in catalogue()}


@cache
def uses() -> wording.Uses:
    """Whatever code and templates ask for; read when a test wants it, not by each process that lists tests."""
    files = (path for layer in LAYERS for path in (ROOT / layer).rglob("*") if "templates" in path.parts)
    return wording.uses_in(modules(), (path for path in files if path.suffix in {".html", ".txt"}), AREAS)


def test_every_wording_is_there_in_japanese_and_english() -> None:
    expect_none(wording.untranslated(catalogue()))


def test_every_wording_that_is_asked_for_exists() -> None:
    expect_none(wording.unknown(catalogue(), uses()))


def test_every_wording_is_asked_for() -> None:
    expect_none(wording.unused(catalogue(), uses()))


SMALL = {"shop.open": {"ja": "開く", "en": "Open"}, "shop.day_1": {"ja": "一", "en": "One"}}


@pytest.mark.parametrize(
    "entry", [{"ja": "開く"}, {"en": "Open"}, {"ja": " ", "en": "Open"}, {"ja": "{n}件", "en": "{count} cases"}]
)
def test_a_missing_language_is_found(entry: dict[str, str]) -> None:
    assert len(wording.untranslated({"shop.open": entry})) == 1


@pytest.mark.parametrize("call", ["say('shop.shut')", "words.say('shop.shut', x)", "say('shop.a' if x else 'shop.b')"])
def test_an_unknown_key_in_code_is_found(call: str) -> None:
    found = wording.uses_in([Module("web/a.py", f"{call}\n'shop.open', f'shop.day_{{1}}'")], [], {"shop"})
    assert wording.unknown(SMALL, found)
    assert not wording.unused(SMALL, found)


def test_an_unknown_key_in_a_template_is_found(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("{{ say('shop.shut') }} {{ say('shop.day_' ~ n) }}", encoding="utf-8")
    found = wording.uses_in([], [page], {"shop"})
    assert len(wording.unknown(SMALL, found)) == 1
    assert wording.unused(SMALL, found) == ["shop.open: nothing asks for it. Remove it from the catalogue."]
