"""The shape of a field: how to ask, JSON Schema keywords, and the keywords of its type."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from engine.fields import registry
from engine.fields.base import Keyword
from engine.language import json_schema
from engine.language.checks import CHECKS
from engine.language.kinds import (
    WRONG,
    Choice,
    Definitions,
    Doc,
    Formula,
    Key,
    Kind,
    ListOf,
    MapOf,
    Name,
    Plain,
    Record,
    String,
    Words,
    YesNo,
)
from engine.language.messages import MESSAGES
from engine.language.names import IDENTIFIER
from engine.language.options import Options
from engine.language.originals import Pointer
from engine.problems import Report
from engine.source import MappingNode, Node, SequenceNode

JSON_TYPES = ("string", "number", "integer", "boolean", "object", "array", "null")

REUSE: tuple[str, Kind, Doc] = (
    "reuse",
    Choice(("profile", "application", "never")),
    Doc(
        "次に使えるところ（profile: 同じ概念のどの項目でも、application: 前の申請から始めるとき、never: 使わない）",
        "Where it is offered again: profile, wherever the concept is asked; application, from an earlier application",
    ),
)

CONCEPT_NAME = Name(
    r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+",
    Doc("点でつないだ小文字の名前（applicant.name）", "lower-case words joined by dots (applicant.name)"),
)


@dataclass(frozen=True, slots=True)
class TypeName:
    """`type`: one of our types, a JSON Schema type, or a list of the latter."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """A string or a list of strings."""
        if isinstance(node, SequenceNode):
            names = ListOf(Choice(JSON_TYPES), least=1, unique=True).read(node, path, report)
            return names if names is WRONG else list(names)
        return _names().read(node, path, report)

    @staticmethod
    def names() -> tuple[str, ...]:
        """Every name that may be written."""
        return tuple(dict.fromkeys([*registry.names(), *JSON_TYPES]))

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """An enumeration, or a list out of JSON Schema's."""
        names = {"enum": list(self.names())}
        return {"anyOf": [names, {"type": "array", "items": {"enum": list(JSON_TYPES)}, "minItems": 1}]}


@cache
def _names() -> Choice:
    return Choice(TypeName.names())


@dataclass(frozen=True, slots=True)
class Items:
    """`items`: a field; a bare true or false is left to JSON Schema."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The `Part` of the item's field, or a truth value."""
        if isinstance(node, MappingNode):
            return FIELD.read(node, path, report)
        return YesNo().read(node, path, report)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A field, or a truth value."""
        return {"anyOf": [FIELD.schema(definitions), {"type": "boolean"}]}


@dataclass(frozen=True, slots=True)
class Inner:
    """A field inside another; by reference, because fields contain fields."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The `Part` of the field."""
        return FIELD.read(node, path, report)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A field."""
        return FIELD.schema(definitions)


@dataclass(frozen=True)
class FieldShape:
    """A record whose keys are known only when all field types are: it is put together on first use."""

    name: str
    own: tuple[tuple[str, Kind, Doc], ...]
    doc: Doc

    def read(self, node: Node, path: str, report: Report) -> Any:
        """A `Part`."""
        return self.record.read(node, path, report)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A reference to the definition."""
        return self.record.schema(definitions)

    @cached_property
    def record(self) -> Record:
        """The keys of every type together; which of them fit a field's own type is judged when it is compiled."""
        own = {name: Key(kind, doc) for name, kind, doc in self.own}
        return Record(self.name, {**own, **json_schema.KEYWORDS, **_type_keywords(), **own}, self.doc)


@cache
def _type_keywords() -> dict[str, Key]:
    found: dict[str, list[Keyword]] = {}
    for type_name in registry.names():
        for name, keyword in registry.by_name(type_name).keywords.items():
            if all(keyword.schema != other.schema for other in found.setdefault(name, [])):
                found[name].append(keyword)
    return {name: Key(_kind(several), Doc(**several[0].doc)) for name, several in found.items()}


def _kind(keywords: list[Keyword]) -> Kind:
    """What is written there; types that share a keyword agree on whether it is wording."""
    match keywords[0].holds:
        case "words":
            return Words()
        case "list of words":
            return ListOf(Words(), least=1)
        case "formula":
            return Formula()
    schemas = [keyword.schema for keyword in keywords]
    return Plain(schemas[0] if len(schemas) == 1 else {"anyOf": schemas})


WORDS = Words()
ASKING: tuple[tuple[str, Kind, Doc], ...] = (
    ("type", TypeName(), Doc("項目の型", "The type of the field")),
    ("title", WORDS, Doc("質問の文", "The question")),
    ("hint", WORDS, Doc("質問の下の説明", "An explanation below the question")),
    ("description", WORDS, Doc("説明（hint がないときに使う）", "An explanation, used where there is no hint")),
    ("error", WORDS, Doc("答えが合わないときの文", "What to say when an answer does not fit")),
    ("errors", MESSAGES, Doc("決まりごとごとの文", "What to say, by the keyword that an answer does not keep")),
    ("options", Options(MapOf(Inner(), IDENTIFIER, least=1)), Doc("選択肢", "The options of a choice")),
    ("law", String(), Doc("聞くことの法的根拠", "The legal basis for asking")),
    ("purpose", WORDS, Doc("何のために聞くか", "What the answer is needed for")),
    ("autocomplete", String(r"[a-z][a-z0-9 -]*"), Doc("HTMLの自動入力の名前", "HTML autofill token")),
)

FIELD = FieldShape(
    "field",
    (
        ("concept", CONCEPT_NAME, Doc("concepts.yaml の概念", "A concept of concepts.yaml")),
        *ASKING,
        ("when", Formula(), Doc("この式が真のときだけ聞く", "Ask only where this is known to be true")),
        (
            "optional",
            Formula(),
            Doc("答えなくてもよい（真偽または式）", "May be left unanswered (true, or where it holds)"),
        ),
        (
            "searchable",
            YesNo(),
            Doc(
                "職員が検索できる（氏名・フリガナ・電話番号の概念は既定 true）",
                "Staff can search for it (by default: where the concept is a name, a reading or a telephone number)",
            ),
        ),
        REUSE,
        ("was", IDENTIFIER, Doc("前の版での名前", "Its name in the version before")),
        ("as", Pointer(), Doc("取り込み元での場所（JSON Pointer）", "Its place in what was imported (a JSON Pointer)")),
        ("properties", MapOf(Inner(), IDENTIFIER), Doc("まとまりの中の項目", "The fields inside")),
        ("items", Items(), Doc("繰り返す項目", "The field that repeats")),
        ("checks", CHECKS, Doc("中の項目にまたがる確認", "Checks over several fields inside")),
    ),
    Doc("項目: JSON Schema のプロパティと聞き方", "A field: a JSON Schema property plus how to ask it"),
)

CLERK_FIELD = FieldShape(
    "clerk_field",
    (*FIELD.own, ("stage", IDENTIFIER, Doc("記入する段階", "The stage in which it is filled in"))),
    Doc("職員が記入する項目", "A field that staff fill in"),
)

CONCEPT = FieldShape(
    "concept",
    (
        *ASKING,
        (
            "privacy",
            Choice(("none", "contact", "identifying", "financial", "sensitive", "my_number")),
            Doc("個人情報の区分", "How sensitive it is"),
        ),
        REUSE,
        ("properties", MapOf(Inner(), IDENTIFIER), Doc("まとまりの中の項目", "The fields inside")),
        ("items", Items(), Doc("繰り返す項目", "The field that repeats")),
    ),
    Doc("概念: どの手続でも同じもの", "A concept: the same thing in every procedure"),
)


HOW_TO_ASK = frozenset(name for name, _, _ in (*CLERK_FIELD.own, *CONCEPT.own)) - {"type"}
"""The keys that say how to ask or what stands inside; the others are JSON Schema's or the type's."""
