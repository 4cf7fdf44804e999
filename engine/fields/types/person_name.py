"""A person's name with its reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.fields.groups import Group
from engine.fields.keyboards import katakana

if TYPE_CHECKING:
    from engine.model.fields import Field

KANA = "^[ァ-ヺー・ヽヾ ]+$"
LONGEST = 50
READINGS = frozenset({"family_kana", "given_kana"})
_NAME: Mapping[str, Any] = {"type": "string", "minLength": 1, "maxLength": LONGEST}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName(Group):
    """Names keep their characters (髙, 𠮷, 葛󠄀); readings are katakana, however they were typed."""

    def read(self, name: str, text: str) -> str:
        """A reading as katakana, a name as it is."""
        return katakana(text) if name in READINGS else text.strip()

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """山田 花子（ヤマダ ハナコ）."""
        return "{family} {given}（{family_kana} {given_kana}）".format_map(answer)


TYPE = PersonName(
    name="person_name",
    control="person_name",
    doc={"ja": "氏名とフリガナ", "en": "A person's name and its reading in katakana"},
    messages={
        "family.minLength": "errors.family",
        "given.minLength": "errors.given",
        "family_kana.minLength": "errors.family_kana",
        "given_kana.minLength": "errors.given_kana",
        "family_kana.pattern": "errors.katakana",
        "given_kana.pattern": "errors.katakana",
    },
    inputs={
        "family": _NAME,
        "given": _NAME,
        "family_kana": {**_NAME, "pattern": KANA},
        "given_kana": {**_NAME, "pattern": KANA},
    },
)
