"""Makes a spec fit into what a spec may be: what repeats is said once, what still is too large goes, and is noted."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.importing.notes import Notes, Refused
from engine.importing.shaping.fragments import references
from engine.importing.writing.measuring import depth, nodes
from engine.importing.writing.places import Placed, demand, group_of, placed
from engine.importing.writing.rules import LONG_LIST, list_of, listed_values, rules_of
from engine.importing.writing.shallow import shallow
from engine.source.characters import LARGEST
from engine.source.reading import DEEPEST, MOST_NODES

ROOM = 100
"""Nodes kept for the front of the spec, and for what the author adds first."""

A_STEP = 6
BYTES_A_NODE = 30
WORTH_IT = 12
LARGE = 200

Part = Callable[[Placed], dict[str, Any]]


@dataclass(slots=True)
class Fitting:
    """The fields of a spec and the rules over all answers, which are changed in place until they fit."""

    fields: Mapping[str, dict[str, Any]]
    rules: dict[str, Any]
    notes: Notes
    over: int = 0  # nodes too many
    heavy: int = 0  # bytes too many

    def fit(self) -> None:
        """The gentlest means first. Raises `Refused` where nothing helps."""
        self.raise_deep_rules()
        self.try_all(self.share_rules, self.share_lists)
        self.rules.update(shallow(self.rules, DEEPEST - 1))
        self.try_all(self.drop_hints, self.drop_titles, self.drop_rules, self.drop_lists, self.fold, self.fold)
        if not self.fits():
            raise Refused("too_many", limit=MOST_NODES)

    def try_all(self, *means: Callable[[], None]) -> None:
        """One after the other, until it fits; the last may stand there twice, for what an estimate has left over."""
        for one in means:
            if self.fits():
                return
            one()

    def fits(self) -> bool:
        """Measure, and say whether the limits of the reader are kept."""
        front = ROOM + A_STEP * len(self.fields)
        self.over = nodes(self.fields) + nodes(self.rules) + front - MOST_NODES
        text = json.dumps([self.fields, self.rules], ensure_ascii=False)
        self.heavy = len(text.encode()) * 5 // 4 - (LARGEST - ROOM * BYTES_A_NODE)
        return self.over <= 0 and self.heavy <= 0

    def gone(self, part: Any) -> bool:
        """Take note that a part was removed; whether that is enough."""
        self.over -= nodes(part) - 1
        self.heavy -= len(json.dumps(part, ensure_ascii=False).encode())
        return self.over <= 0 and self.heavy <= 0

    def all(self) -> Iterator[Placed]:
        """Every field."""
        return placed(self.fields)

    def raise_deep_rules(self) -> None:
        """Rules that would stand too deep in the YAML stand over the whole instead."""
        for place in list(self.all()):
            rules = rules_of(place)
            if place.level + depth(rules) > DEEPEST:
                self.move(rules, [place])

    def share_rules(self) -> None:
        """The same rules of several fields become one definition of the whole: nothing is lost."""
        for group in self.repeated(rules_of):
            self.move(group[0][1], [place for place, _ in group])

    def share_lists(self) -> None:
        """A list that several fields have is offered once; the others are asked freely and held to it."""
        for group in self.repeated(list_of):
            places = [place for place, _ in group[1:]]
            values = listed_values(group[0][1])
            for place in places:
                self.notes.add("list_shared", place.name, title=place.title, count=len(values))
            self.move({"enum": values}, places, group[0][1])

    def repeated(self, part: Part) -> list[list[tuple[Placed, dict[str, Any]]]]:
        """Groups of fields that have the same part, those first whose sharing saves most."""
        groups: dict[str, list[tuple[Placed, dict[str, Any]]]] = {}
        for place in self.all():
            found = part(place)
            if found and nodes(found) > WORTH_IT:
                groups.setdefault(json.dumps(found, sort_keys=True), []).append((place, found))
        several = [group for group in groups.values() if len(group) > 1]
        return sorted(several, key=lambda group: -len(group) * nodes(group[0][1]))

    def move(self, rule: Mapping[str, Any], places: list[Placed], keys: Mapping[str, Any] | None = None) -> None:
        """Take the `keys` (those of the rule) from the fields, and demand the rule of the whole."""
        definitions = self.rules.get("$defs", {})
        own = rule.get("$defs", {})
        if any(definitions.get(name, inner) != inner for name, inner in own.items()):
            return
        name = _free(places[0].way, definitions.keys() | own.keys())
        said = {key: value for key, value in rule.items() if key != "$defs"}
        self.rules["$defs"] = {**definitions, **own, name: said}
        for place in places:
            place.without(keys or rule)
            demand(self.rules, place.way, {"$ref": f"#/$defs/{name}"})

    def drop_hints(self) -> None:
        """Explanations can be written anew."""
        dropped = [place.field.pop("hint") for place in self.all() if "hint" in place.field]
        if dropped:
            self.prune()
            self.notes.add("hints_dropped", "", count=len(dropped))

    def drop_titles(self) -> None:
        """Of the longest lists the values stay, their wordings go."""
        worded = [place for place in self.all() if len(place.field.get("options", ())) >= LONG_LIST]
        for place in sorted(worded, key=lambda one: -len(one.field["options"])):
            options = place.field.pop("options")
            self.notes.add("titles_dropped", place.name, title=place.title, count=len(options))
            place.field.update({"type": "string", "enum": list(options)})
            if self.gone(list(options.values())):
                return

    def drop_rules(self) -> None:
        """The largest rules first, until it fits: those of a field, and those that several share."""
        definitions = self.rules.get("$defs", {})
        whole = {key: rule for key, rule in self.rules.items() if key not in {"$defs", "properties"}}
        sizes: list[tuple[int, Placed | str]] = [(nodes(rule), name) for name, rule in {**whole, **definitions}.items()]
        sizes += [(nodes(rules_of(place)), place) for place in self.all()]
        dropped: list[str] = []
        total = 0
        for size, where in sorted(sizes, key=lambda one: -one[0]):
            if size <= WORTH_IT or self.over <= 0 >= self.heavy:
                break
            dropped.append(where if isinstance(where, str) else where.name)
            total += size
            self.drop_shared(where) if isinstance(where, str) else self.drop_own(where)
        if dropped:
            self.notes.add("rules_dropped", "schema", names=", ".join(dropped), count=len(dropped), size=total)

    def drop_own(self, place: Placed) -> None:
        """A field's own rules go."""
        rules = rules_of(place)
        place.without(rules)
        self.gone(rules)

    def drop_shared(self, name: str) -> None:
        """A definition now lets everything pass, a rule over the whole goes."""
        definitions = self.rules.get("$defs", {})
        part = definitions.get(name, self.rules.get(name))
        if name in definitions:
            definitions[name] = True
        else:
            self.rules.pop(name, None)
        self.gone(part)
        if nodes(part) > LARGE:  # others may have served it alone
            self.prune()
            self.fits()

    def prune(self) -> None:
        """Definitions that nothing refers to any more go."""
        definitions = self.rules.get("$defs", {})
        needed: set[str] = set()
        waiting = list(references({key: value for key, value in self.rules.items() if key != "$defs"}))
        while waiting:
            name = waiting.pop()
            if name not in needed:
                needed.add(name)
                waiting += references(definitions[name])
        self.rules["$defs"] = {name: definitions[name] for name in definitions if name in needed}
        if not needed:
            del self.rules["$defs"]

    def drop_lists(self) -> None:
        """The longest lists first; what is left of them is a free text or number."""
        sizes = [(nodes(found), place, found) for place in self.all() if (found := list_of(place))]
        for size, place, found in sorted(sizes, key=lambda one: -one[0]):
            self.notes.add("list_dropped", place.name, title=place.title, size=size)
            place.without(found)
            if self.gone(found):
                return

    def fold(self) -> None:
        """The deepest, largest groups of questions first: each becomes one answer that is not asked."""
        groups = [place for place in self.all() if group_of(place.field) and place.way]
        for place in sorted(groups, key=lambda one: (-one.level, -nodes(one.field))):
            self.notes.add("folded", place.name, title=place.title)
            if self.gone(place.fold()):
                return


def _free(way: tuple[str, ...], taken: Any) -> str:
    wanted = next((step for step in reversed(way) if step != "*"), "rule")
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name
