"""What every field type does, and the small parts that most of them share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

from engine.expressions.scope import UNKNOWN
from engine.expressions.types import TEXT, Type
from engine.fields.written import as_written

if TYPE_CHECKING:
    from engine.model.fields import Field

Raw = Mapping[str, Sequence[str]]
"""Form text by part of the field; the part of a field with one input is ""."""


class Missing(Enum):
    """The type of `MISSING`."""

    MISSING = "missing"


MISSING = Missing.MISSING
"""Nothing was entered."""

LIMITS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
"""The keywords that may hold an expression, or a day or time that is written out."""

COUNTS = frozenset({"minItems", "maxItems", "count"})
"""The keywords that limit how many there are of something; they too may hold an expression, which gives a number."""

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What a type raises for an answer that is not of its kind."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A spec keyword that only some field types know: the JSON Schema of its value, and what it is for.

    What it `holds` may be wordings, which become `Text`, or an expression, which becomes a limit. `rule`: it limits the
    answers in a way JSON Schema cannot say.
    """

    schema: Mapping[str, Any]
    doc: Mapping[str, str]
    holds: Literal["json", "words", "list of words", "formula"] = "json"
    rule: bool = False


class FieldProblem(Exception):
    """What is wrong with an answer: a key of the catalogue area `errors`, its parameters, and the input it concerns.

    `field` is the question inside an object that is meant, where it is not the object as a whole. `keyword` is that of
    the spec which the answer does not keep; `type` where it is not of its kind at all.
    """

    def __init__(
        self,
        key: str,
        params: Mapping[str, object] | None = None,
        part: str = "",
        field: "Field | None" = None,
        *,
        keyword: str = "type",
    ) -> None:
        self.key, self.params, self.part, self.field, self.keyword = key, params or {}, part, field, keyword
        super().__init__(key, self.params, part)


@runtime_checkable
class FieldType(Protocol):
    """One type of field. `name` is what authors write, `control` the template that asks it."""

    name: str
    control: str
    doc: Mapping[str, str]
    keywords: Mapping[str, Keyword]
    messages: Mapping[str, str]  # "pattern" or "<property>.<keyword>" of the schema → what to say then
    line: bool  # whether an answer fits on one line of a list; others get a page for each item
    privacy: str | None  # how sensitive its answers are, whatever the concept says
    asked_anew: bool  # whether its answers are of the moment, and never offered again
    needs_law: bool  # whether it may be asked only where the spec names the legal basis
    rule: Mapping[str, str] | None  # what `check` asks and no JSON Schema can say; {} for nothing, None: not declared
    findable: bool  # whether there is anything in its answers to find a case by

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The standard JSON Schema that the author's shorthand stands for."""
        ...

    def value_type(self, field: "Field") -> Type:
        """The type of the answer in expressions."""
        ...

    def parts(self, field: "Field") -> tuple[str, ...]:
        """The names of its inputs: ("",) for one."""
        ...

    def parse(self, field: "Field", raw: Raw) -> Any:
        """Form text as a JSON answer, or MISSING. Raises `FieldProblem` where it cannot be read."""
        ...

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """A JSON answer as form text."""
        ...

    def check(self, field: "Field", answer: Any, today: date) -> Iterable[FieldProblem]:
        """What is wrong with an answer that its JSON Schema accepts."""
        ...

    def judges(self, field: "Field") -> bool:
        """Whether `check` may find anything in an answer to this field."""
        ...

    def bound(self, written: str) -> Any:
        """A limit that is written out as text (`minimum: 2026-04-01`), as a value. ValueError for what is none."""
        ...

    def compared(self, limit: Any) -> Any:
        """A limit as it is compared with values of the type."""
        ...

    def told(self, field: "Field", keyword: str, limit: Any) -> Mapping[str, object]:
        """The parameters of what is said when an answer does not keep `keyword`, whose value is `limit`."""
        ...

    def checked(self, field: "Field") -> Mapping[str, Any]:
        """JSON Schema keywords for as much of `check` as they can say."""
        ...

    def value(self, field: "Field", answer: Any) -> Any:
        """A JSON answer as a value of expressions, surely of `value_type`.

        Raises one of `UNREADABLE` for an answer that is not of its kind.
        """
        ...

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """A JSON answer for people to read."""
        ...

    def in_passing(self, field: "Field", answer: Any, language: str) -> str:
        """The same on one line and without what only belongs to it, to stand inside of a sentence."""
        ...

    def say_value(self, part: str, value: str, language: str) -> str:
        """One of the listed values of an input, for people to choose."""
        ...

    def found_by(self, field: "Field", answer: Any) -> Iterable[str]:
        """The texts of an answer by which staff find its case, where the field is searchable."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OneInput:
    """The usual: one input, whose text is the answer. Types override what differs."""

    name: str
    control: str
    doc: Mapping[str, str]
    keywords: Mapping[str, Keyword] = field(default_factory=lambda: MappingProxyType({}))
    messages: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    line: bool = False
    privacy: str | None = None
    asked_anew: bool = False
    needs_law: bool = False
    rule: Mapping[str, str] | None = None
    findable: bool = True

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Text, unless the author says otherwise."""
        return {**schema, "type": "string"}

    def value_type(self, field: "Field") -> Type:
        """Text."""
        return TEXT

    def parts(self, field: "Field") -> tuple[str, ...]:
        """One input."""
        return ("",)

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The text without spaces around it."""
        return first(raw).strip() or MISSING

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """The answer as it is."""
        return {"": [str(answer)]}

    def check(self, field: "Field", answer: Any, today: date) -> Iterable[FieldProblem]:
        """Nothing beyond the JSON Schema."""
        return ()

    def judges(self, field: "Field") -> bool:
        """Only where a type checks more than its schema."""
        return type(self).check is not OneInput.check

    def bound(self, written: str) -> Any:
        """Limits are numbers or expressions."""
        raise ValueError(written)

    def compared(self, limit: Any) -> Any:
        """The limit as it is."""
        return limit

    def told(self, field: "Field", keyword: str, limit: Any) -> Mapping[str, object]:
        """The limit as it is, where it is a single value."""
        return {"limit": limit} if isinstance(limit, int | float | str | Decimal) else {}

    def checked(self, field: "Field") -> Mapping[str, Any]:
        """Nothing."""
        return {}

    @as_written
    def value(self, field: "Field", answer: Any) -> Any:
        """The answer itself."""
        return expect(answer, str)

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """The answer itself."""
        return str(answer)

    def in_passing(self, field: "Field", answer: Any, language: str) -> str:
        """As it is shown."""
        return " ".join(self.show(field, answer, language).split("\n"))

    def say_value(self, part: str, value: str, language: str) -> str:
        """The value itself."""
        return value

    def found_by(self, field: "Field", answer: Any) -> Iterable[str]:
        """The answer itself."""
        return (str(answer),)


def expect(answer: Any, *kinds: type) -> Any:
    """The answer, if it is of one of `kinds`, else TypeError. To Python a truth value is a number; not to JSON."""
    if not isinstance(answer, kinds) or (isinstance(answer, bool) and bool not in kinds):
        raise TypeError(f"not of {kinds}")
    return answer


def known_value(field: "Field", answer: Any) -> Any:
    """The value of an answer in expressions; UNKNOWN where it cannot be read."""
    try:
        return field.type.value(field, answer)
    except UNREADABLE:
        return UNKNOWN


def first(raw: Raw, part: str = "") -> str:
    """The text of one input; "" where nothing was sent."""
    texts = raw.get(part)
    return texts[0] if texts else ""
