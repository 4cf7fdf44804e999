"""Functions of texts: how one begins, what stands in it, its digits."""

import unicodedata

from engine.expressions.functions.base import Function, always
from engine.expressions.types import BOOLEAN, TEXT


def digits(text: str) -> str:
    """The digits of a text in their order, full-width ones as plain: of ０３-5321-1111, 0353211111."""
    return "".join(str(unicodedata.decimal(character)) for character in text if character.isdecimal())


def alike(one: str, other: str) -> bool:
    """Whether they differ in nothing but capitals, width and spaces: ｉｎｄｉａ and India are alike."""
    return _folded(one) == _folded(other)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


FUNCTIONS = (
    Function(
        name="starts_with",
        usage="starts_with(postcode, '100')",
        doc={"ja": "その文字で始まるか", "en": "Whether a text begins with another"},
        wanted=(TEXT, TEXT),
        result=always(BOOLEAN),
        calculate=str.startswith,
        said="explain.starts_with",
    ),
    Function(
        name="ends_with",
        usage="ends_with(company, '株式会社')",
        doc={"ja": "その文字で終わるか", "en": "Whether a text ends with another"},
        wanted=(TEXT, TEXT),
        result=always(BOOLEAN),
        calculate=str.endswith,
        said="explain.ends_with",
    ),
    Function(
        name="contains",
        usage="contains(address.city, '島')",
        doc={"ja": "その文字を含むか", "en": "Whether a text contains another"},
        wanted=(TEXT, TEXT),
        result=always(BOOLEAN),
        calculate=lambda text, part: part in text,
        said="explain.contains",
    ),
    Function(
        name="alike",
        usage="alike(company, 'ABC Inc.')",
        doc={
            "ja": "同じ文字か（大文字と小文字、全角と半角、空白の違いは問わない）",
            "en": "Whether two texts are the same but for capitals, width and spaces",
        },
        wanted=(TEXT, TEXT),
        result=always(BOOLEAN),
        calculate=alike,
        said="explain.alike",
    ),
    Function(
        name="digits",
        usage="starts_with(digits(phone), '090')",
        doc={"ja": "文字の中の数字だけ（全角も半角に）", "en": "Only the digits of a text, full-width ones as plain"},
        wanted=(TEXT,),
        result=always(TEXT),
        calculate=digits,
        said="explain.digits",
    ),
)
