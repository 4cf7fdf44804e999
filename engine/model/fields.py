"""A question: a JSON Schema property plus how to ask it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from engine.model.text import Text

if TYPE_CHECKING:
    from engine.expressions import Expression
    from engine.fields.base import FieldType
    from engine.model.rules import Check

Reuse = Literal["profile", "application", "never"]
"""profile: wherever the same concept is asked; application: when the same procedure is started from an earlier one."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice."""

    value: str | int | bool
    title: Text
    hint: Text | None = None
    when: Expression | None = None
    exclusive: bool = False  # cannot be chosen together with others
    was: str | None = None  # its value in the version before


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True)
class Field:
    """One question of a step, of an object or of a list item.

    `schema` holds the standard JSON Schema keywords after our shorthand was expanded; `settings` holds what only
    the field's type understands (`prefecture`, `accept`, `rows` …); `limits` holds limits that are expressions
    (`maximum: today`) under their JSON Schema keyword. The `properties`, `required` and `items` that became fields
    of their own are not in `schema`: what must be answered depends on `when` and `optional`.
    """

    id: str
    path: str  # dotted, without indices: "dogs.chip"; ids in messages and audit
    type: FieldType
    title: Text
    hint: Text | None = None
    error: Text | None = None  # the author's message for whatever the schema rejects
    errors: Mapping[str, Text] = dataclass_field(default_factory=lambda: MappingProxyType({}))  # by keyword
    when: Expression | None = None
    optional: bool | Expression = False
    schema: Mapping[str, Any]
    limits: Mapping[str, Expression]
    options: tuple[Option, ...] = ()
    properties: tuple[Field, ...] = ()  # of an object
    items: Field | None = None  # of an array
    checks: tuple[Check, ...] = ()  # over several of the properties
    concept: str | None = None
    autocomplete: str | None = None  # HTML autofill token, from the concept
    privacy: str | None = None  # how sensitive, from the concept: none, contact, identifying, sensitive …
    reuse: Reuse = "application"  # where an answer is offered again (engine.reuse)
    law: str | None = None  # the legal basis for asking
    purpose: Text | None = None  # what the answer is needed for
    searchable: bool = False
    was: str | None = None  # its id in the version before
    stands_at: str | None = None  # JSON Pointer to its place in the original of an imported procedure: `as`
    settings: Mapping[str, Any]

    @property
    def is_list(self) -> bool:
        """Whether it is asked as "add another": an array whose items do not fit on a line each."""
        return self.items is not None and not self.items.type.line

    @property
    def items_are_objects(self) -> bool:
        """Whether an item has questions of its own; else it is one question itself."""
        return self.items is not None and bool(self.items.properties)

    @property
    def item_fields(self) -> tuple[Field, ...]:
        """The questions of one item of a list: those of an object, or the item itself as the only one."""
        if self.items is None:
            return ()
        return self.items.properties or (self.items,)

    def item_answers(self, item: Any) -> Mapping[str, Any]:
        """The answers of one item by the ids of `item_fields`."""
        if not self.items_are_objects:
            return {} if item is None else {self.id: item}
        return item if isinstance(item, Mapping) else {}
