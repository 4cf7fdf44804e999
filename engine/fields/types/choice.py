"""One of several answers."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.expressions.types import Type, one_of
from engine.fields.base import MISSING, FieldProblem, Keyword, OneInput, Raw, first
from engine.fields.options import listed, title_of, value_of
from engine.fields.written import as_written
from engine.model.text import Text

if TYPE_CHECKING:
    from engine.model.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class OneChoice(OneInput):
    """The answers are the keys of `options`, or those of a JSON Schema `enum` or `oneOf` of constants."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """An enumeration of the values."""
        return {key: value for key, value in schema.items() if key not in {"type", "oneOf", "anyOf"}} | {
            "enum": listed(schema)
        }

    def value_type(self, field: "Field") -> Type:
        """One of the options."""
        return one_of(option.value for option in field.options)

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The value of the option that was chosen, or whose wording was typed."""
        text = first(raw)
        if not text:
            return MISSING
        values = [option.value for option in field.options if str(option.value) == text]
        values = values or [option.value for option in field.options if _plain(text) in _titles(option.title)]
        if len(values) == 1:
            return values[0]
        raise FieldProblem("errors.choose", keyword="enum")

    @as_written
    def value(self, field: "Field", answer: Any) -> Any:
        """The value, if it is one of the options."""
        return value_of(field, answer)

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """The wording of the option."""
        return title_of(field, answer, Text(str(answer))).say(language)


def _plain(text: str) -> str:
    """Only to compare: in wordings of options, width and case make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _titles(title: Text) -> set[str]:
    return {_plain(words) for words in (title.ja, *title.others.values())}


TYPE = OneChoice(
    name="choice",
    control="radios",
    findable=False,
    doc={"ja": "一つ選ぶ", "en": "One of several options"},
    keywords={
        "display": Keyword(
            {"enum": ["radios", "select", "autocomplete"]},
            {
                "ja": "見せ方: radios（並べる）、select（一覧）、autocomplete（入力して探す）。なければ数で決まる",
                "en": "How it is asked: radios, select, or autocomplete (typed); else by their number",
            },
        )
    },
)
