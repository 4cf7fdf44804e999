"""Authors' wordings on pages: readings, what stands in for missing ones, the language of answers."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import escape

from engine.model import Procedure, Text
from web.forms.choosing import choices_of
from web.forms.wording import lang_attribute, lang_of_answer, shown, worded
from web.pages.rendering import words_alone

TITLE = Text.written({"ja": "犬《いぬ》<b>", "en": "Dog"})
RUBY = '<ruby>犬<rp>（</rp><rt aria-hidden="true">いぬ</rt><rp>）</rp></ruby>&lt;b&gt;'


def test_readings_are_drawn_in_html_and_nowhere_else() -> None:
    words = shown(TITLE, "easy")
    assert str(escape(words)) == RUBY
    assert Environment(autoescape=True).from_string("{{ words }}").render(words=words) == RUBY
    assert f"{words}" == str(words) == words == "犬<b>"
    assert f"「{words}」" == "「犬<b>」"
    assert escape(shown(TITLE, "ja")) == "犬&lt;b&gt;"


@given(st.text(st.sampled_from("犬いぬ《》｜<>&\"'r"), max_size=25))
def test_whatever_is_written_is_escaped(written: str) -> None:
    html = str(escape(shown(Text.written({"ja": written}), "easy")))
    bare = re.sub(r'</?ruby>|</?rp>|</?rt( aria-hidden="true")?>', "", html)
    assert not set(bare) & set("<>\"'")


def test_the_title_of_a_page_has_no_readings_and_stays_escaped() -> None:
    assert words_alone(escape(shown(TITLE, "easy"))) == "犬&lt;b&gt;"
    assert words_alone(shown(TITLE, "easy")) == "犬&lt;b&gt;"
    assert words_alone("<script>") == "&lt;script&gt;"


@pytest.mark.parametrize(
    ("wording", "language", "attributes"),
    [
        ({"ja": "犬", "en": "Dog"}, "en", ""),
        ({"ja": "犬"}, "ja", ""),
        ({"ja": "犬"}, "zh", ' lang="ja" data-instead=""'),
        ({"ja": "犬", "en": "Dog"}, "ko", ' lang="ja" data-instead=""'),
        ({"ja": "犬"}, "easy", ' data-instead=""'),
        ({"ja": "犬", "easy": "いぬ"}, "easy", ""),
        ({"ja": "A4"}, "zh", ""),
    ],
)
def test_what_stands_in_for_a_missing_wording_is_marked(
    wording: dict[str, str], language: str, attributes: str
) -> None:
    assert lang_attribute(Text.written(wording), language) == attributes
    assert worded(Text.written(wording), language)[1] == attributes


def test_a_list_to_choose_from_has_no_readings(compiled: Callable[..., Procedure]) -> None:
    options = ", ".join(f"o{number}: {{ja: 犬《いぬ》{number}}}" for number in range(12))
    field = compiled(f"q: {{type: choice, title: 犬, options: {{{options}}}}}").fields["q"]
    for choice in choices_of(field, "q", "easy", lambda _: ("", "")):
        assert "<" not in escape(choice.title)


FIELDS = """
name: {type: text, title: 名前}
kind: {type: choice, title: 種類, options: {a: {ja: 男性, zh: 男性, en: Male}, b: {ja: 女性, zh: 女性, en: Female}}}
some: {type: choice, title: 種類, options: {a: {ja: 柴犬}, b: {ja: 秋田犬, zh: 秋田犬}}}
born: {type: date, title: 日}
"""


@pytest.mark.parametrize(
    ("id", "answer", "language", "attributes"),
    [
        ("name", "山田", "zh", ' lang="ja"'),
        ("name", "ポチ", "ko", ' lang="ja"'),
        ("name", "Pochi", "ko", ""),
        ("name", "山田", "easy", ""),
        ("kind", "a", "zh", ""),
        ("kind", "a", "ko", ' lang="ja" data-instead=""'),
        ("some", "a", "zh", ' lang="ja" data-instead=""'),
        ("born", "2026-05-01", "zh", ""),
        ("born", "2026-05-01", "ko", ""),
    ],
)
def test_an_answer_says_in_which_language_it_is(
    compiled: Callable[..., Procedure], id: str, answer: Any, language: str, attributes: str
) -> None:
    assert lang_of_answer(compiled(FIELDS).fields[id], answer, language) == attributes
