"""Amounts are explained in Chinese and Korean where all that is quoted in the explanation is there in them."""

import pytest

from engine.fees.wording import words
from engine.model import Text
from tests.engine.language.specs import procedure

FEES = """\
fees:
  due: submission
  lines:
    base:
      title: 手数料
      law: 見本条例第1条
      account: "1201-03"
      count: size
      yen: [{from: 2000-04-01, amount: 300}]
  waivers:
    small: {title: 減免, when: size < 5, percent: 50, law: 見本条例第2条}
"""
WHOLE = "size: {type: integer, title: {ja: 広さ, en: Area, zh: 面积, ko: 면적}}"
JAPANESE = "size: {type: integer, title: 広さ}"


@pytest.mark.parametrize(
    ("field", "language", "said"),
    [
        (WHOLE, "zh", "“面积”小于5"),
        (WHOLE, "ko", "‘면적’: 5 미만"),
        (WHOLE, "en", "“Area” is less than 5"),
        (JAPANESE, "zh", "「広さ」が5未満"),
        (JAPANESE, "ko", "「広さ」が5未満"),
    ],
)
def test_no_explanation_is_in_two_languages(field: str, language: str, said: str) -> None:
    fees = procedure(field, more=FEES).fees
    assert fees is not None
    assert fees.waivers[0].why.say(language) == said
    assert fees.waivers[0].why.language_of(language) == ("ja" if "「" in said else language)


def test_what_quotes_nothing_is_said_in_every_language() -> None:
    assert words("item", number=2).others == {"en": "no. 2", "zh": "第2项", "ko": "2번째"}


@pytest.mark.parametrize(("others", "languages"), [({}, {"en"}), ({"zh": "面积"}, {"en", "zh"})])
def test_what_quotes_a_title_speaks_its_languages(others: dict[str, str], languages: set[str]) -> None:
    assert words("quoted", title=Text("広さ", others)).others.keys() == languages
