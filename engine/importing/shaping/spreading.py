"""The questions of the top level: large objects that are always there are spread over steps of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.importing.notes import pointer
from engine.importing.shaping import naming
from engine.importing.shaping.questions import Asking, Member, Question, Where, wording_of

SMALL = 6
"""An object of so few single questions is one group on one page."""

FIRST = ("type", "title", "hint")


@dataclass(frozen=True, slots=True)
class Top:
    """A member of the root, or of an object that is spread: its place in the original, and the object's title."""

    member: Member
    place: str
    group: str = ""


@dataclass(slots=True)
class Spreading:
    """Asks the properties of the root, and those of its large objects as if they stood beside them."""

    asking: Asking
    ids: set[str] = field(default_factory=set)

    def questions(self, root: Mapping[str, Any], where: Where) -> dict[str, Question]:
        """By their place in the original, which stands under `as` where it is not told by the id."""
        plain = bool(self.asking.rules(root))  # rules over the root speak of its properties as they are
        tops = [Top(one, pointer("", one.name)) for one in self.asking.members(root, where)]
        if not plain:
            tops = [inner for one in tops for inner in self.spread(one)]
        return {top.place: self.question(top) for top in tops}

    def spread(self, top: Top) -> Iterator[Top]:
        """The members of a large object that is always there and has no rules of its own; else itself."""
        inner = self.members(top.member)
        if not inner:
            yield top
            return
        title = str(wording_of(self.asking.flattening.flat(top.member.schema).schema, top.member.name)["title"])
        for one in inner:
            yield from self.spread(Top(one, pointer(top.place, one.name), title))

    def members(self, member: Member) -> list[Member]:
        """What to ask instead of the object; nothing where it is better kept together."""
        flat = self.asking.flattening.flat(member.schema)
        schema = flat.schema
        if not member.required or isinstance(schema, bool) or flat.through & member.where.trail:
            return []
        closed = "unevaluatedProperties" not in schema and not self.asking.rules(schema)
        if not closed or self.asking.kinds.nullable(schema) or self.asking.kinds.asked(schema) != "object":
            return []
        where = Where(member.where.place, member.where.trail | flat.through, member.where.level)
        found = self.asking.members(schema, where)
        large = len(found) > SMALL or any(self.asking.is_group(one.schema) for one in found)
        return found if large and any(one.required for one in found) else []

    def question(self, top: Top) -> Question:
        """The field, under an id that no other has."""
        member = top.member
        long = "_".join(top.place.strip("/").split("/")[-2:])
        plain = naming.identifier(member.name, self.ids, member.wished)
        taken = naming.identifier(member.name, (), member.wished) != plain
        id_ = naming.identifier(long, self.ids) if taken else plain
        self.ids.add(id_)
        spec, names = self.asking.question(member.schema, member.name, member.where)
        here = {} if top.place == pointer("", id_) else {"as": top.place}
        first = {key: spec.pop(key) for key in FIRST if key in spec}
        optional = {} if member.required else {"optional": True}
        return Question(id_, {**first, **here, **optional, **spec}, member.required, names, top.group)
