"""A person's name with its reading, and where asked its roman letters and a former family name."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.fields.base import FieldProblem, Keyword
from engine.fields.groups import Group
from engine.fields.keyboards import katakana
from engine.words import say

if TYPE_CHECKING:
    from engine.model.fields import Field

KANA = "^[ァ-ヺー・ヽヾ ]+$"
ROMAN = "^[A-Za-z][A-Za-z' .-]*$"
"""The letters of a passport or residence card (ICAO Doc 9303)."""
LONGEST = 50
_NAME: Mapping[str, Any] = {"type": "string", "minLength": 1, "maxLength": LONGEST}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName(Group):
    """Names keep their characters (髙, 𠮷, 葛󠄀); readings are katakana, however they were typed."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """An object with the parts that the settings ask for."""
        expanded = Group.expand(self, schema)
        wanted = _wanted(schema)
        expanded["properties"] = {name: _schema(name, needed=needed) for name, needed in wanted.items()}
        expanded["required"] = [name for name, needed in wanted.items() if needed]
        return expanded

    def read(self, name: str, text: str) -> str:
        """A reading as katakana, roman letters in half width, a name as it is."""
        if name.endswith("_kana"):
            return katakana(text)
        return unicodedata.normalize("NFKC", text).strip() if name.endswith("_roman") else text.strip()

    def check(self, field: "Field", answer: Any, today: date) -> Iterable[FieldProblem]:
        """A part that need not be there is given as a whole or not at all."""
        parts = field.schema["properties"]
        for part, other in _TOGETHER:
            if part in parts and answer.get(other) and not answer.get(part):
                yield FieldProblem(self.messages[f"{part}.minLength"], part=part)

    def checked(self, field: "Field") -> Mapping[str, Any]:
        """All of it: one part filled in needs the other."""
        parts = field.schema["properties"]
        pairs = [(part, other) for part, other in _TOGETHER if part in parts and other in parts]
        return {"allOf": [{"if": _filled(other), "then": _filled(part)} for part, other in pairs]} if pairs else {}

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """山田 花子（ヤマダ ハナコ）YAMADA Hanako［旧姓 佐藤（サトウ）］."""
        former = _with_reading(answer, "former_family")
        return (
            _with_reading(answer, "family", "given")
            + (f" {roman}" if (roman := _joined(answer, "family_roman", "given_roman")) else "")
            + (say("identifiers.former", language, name=former) if former else "")
        )

    def in_passing(self, field: "Field", answer: Any, language: str) -> str:
        """山田 花子: without its reading."""
        return _joined(answer, "family", "given")

    def found_by(self, field: "Field", answer: Any) -> Iterable[str]:
        """The name, its reading, its roman letters in either order, a former name; each by its parts too."""
        roman = [
            _joined(answer, *parts) for parts in (("family_roman", "given_roman"), ("given_roman", "family_roman"))
        ]
        names = [_joined(answer, "family", "given"), _joined(answer, "family_kana", "given_kana"), *roman]
        return [
            name for name in (*names, _joined(answer, "former_family"), _joined(answer, "former_family_kana")) if name
        ]


def _wanted(settings: Mapping[str, Any]) -> dict[str, bool]:
    """The parts in the order in which they are asked, and whether each needs an answer."""
    split, roman = not settings.get("single", False), settings.get("roman", "none")
    kana = settings.get("kana", True)
    wanted = {"family": True, "given": split}
    if kana:
        wanted |= {"family_kana": True, "given_kana": split}
    if roman != "none":
        wanted |= {"family_roman": roman == "required", "given_roman": roman == "required" and split}
    if settings.get("former", False):
        wanted |= {"former_family": False} | ({"former_family_kana": False} if kana else {})
    return wanted


def _schema(name: str, *, needed: bool) -> dict[str, Any]:
    """The JSON Schema of one part; one that needs no answer may be "" as well."""
    form = KANA if name.endswith("_kana") else ROMAN if name.endswith("_roman") else None
    schema = {**_NAME, **({"pattern": form} if form else {})}
    if needed:
        return schema
    del schema["minLength"]
    return schema | ({"pattern": f"^$|{form}"} if form else {})


def _filled(part: str) -> dict[str, Any]:
    return {"properties": {part: {"minLength": 1}}, "required": [part]}


def _joined(answer: Mapping[str, str], *parts: str) -> str:
    return " ".join(text for part in parts if (text := answer.get(part)))


def _with_reading(answer: Mapping[str, str], *parts: str) -> str:
    name, reading = _joined(answer, *parts), _joined(answer, *(f"{part}_kana" for part in parts))
    return f"{name}（{reading}）" if reading else name


# A reading where there is the name, a name where there is its reading.
_TOGETHER = (
    ("given_kana", "given"),
    ("given", "given_kana"),
    ("family_roman", "given_roman"),
    ("former_family_kana", "former_family"),
    ("former_family", "former_family_kana"),
)
_YES_NO: Mapping[str, Any] = {"type": "boolean"}

TYPE = PersonName(
    name="person_name",
    control="person_name",
    rule={},
    doc={"ja": "氏名とフリガナ", "en": "A person's name and its reading in katakana"},
    keywords={
        "kana": Keyword(_YES_NO, {"ja": "フリガナを聞く（既定 true）", "en": "Ask for the reading (true by default)"}),
        "roman": Keyword(
            {"enum": ["none", "optional", "required"]}, {"ja": "ローマ字を聞く", "en": "Ask for roman letters"}
        ),
        "former": Keyword(_YES_NO, {"ja": "旧姓（旧氏）も任意で聞く", "en": "Ask for a former name too"}),
        "single": Keyword(
            _YES_NO, {"ja": "姓と名に分かれない氏名も受け付ける", "en": "Accept a name without a given name"}
        ),
    },
    messages={
        "family.minLength": "errors.family",
        "given.minLength": "errors.given",
        "family_kana.minLength": "errors.family_kana",
        "given_kana.minLength": "errors.given_kana",
        "family_kana.pattern": "errors.katakana",
        "given_kana.pattern": "errors.katakana",
        "family_roman.minLength": "identifiers.family_roman",
        "given_roman.minLength": "identifiers.given_roman",
        "family_roman.pattern": "identifiers.roman",
        "given_roman.pattern": "identifiers.roman",
        "former_family.minLength": "identifiers.former_family",
        "former_family_kana.minLength": "identifiers.former_family_kana",
        "former_family_kana.pattern": "errors.katakana",
    },
    inputs={
        "family": _NAME,
        "given": _NAME,
        "family_kana": {**_NAME, "pattern": KANA},
        "given_kana": {**_NAME, "pattern": KANA},
    },
)
