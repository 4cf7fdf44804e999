"""One self-contained schema of 2020-12 out of a source and the documents beside it: every reference a local one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]
from referencing import Registry
from referencing.exceptions import NoSuchResource, Unresolvable

from engine.importing.notes import Notes, Refused, pointer
from engine.importing.reading import drafts, patterns
from engine.importing.reading.drafts import Draft
from engine.importing.reading.forms import SCHEMA, SCHEMA_MAPS, SCHEMAS, well_formed

Schema = Any
"""A dictionary of 2020-12 keywords, or a truth value."""

REFERENCE = "#/$defs/"
OPTION_TITLES = "x-titles"
"""Where the wordings of `enum` are kept until the options are written."""

WISHED = "x-name"
"""The id that a source proposes for a property whose own name is none."""

MOST_SCHEMAS = 200_000


@dataclass(frozen=True, slots=True)
class Bundle:
    """`root` and the definitions that it needs, by name; every `$ref` reads `#/$defs/<name>`."""

    root: Schema
    definitions: Mapping[str, Schema]


@dataclass(frozen=True, slots=True)
class At:
    """Where in the documents we are: how references are resolved here, by which draft, at which JSON Pointer."""

    resolver: Any
    draft: Draft
    place: str


def bundle(source: Any, name: str, beside: Mapping[str, Any], notes: Notes, start: str = "") -> Bundle:
    """Bundle the schema at the pointer `start` of `source`; `beside` are other documents by file name.

    Nothing is fetched: a reference to a document that is not there is noted and lets everything pass.
    """
    draft = drafts.draft_of(source, drafts.UNSAID)
    at = At(_registry({name: source, **beside}).resolver(f"file:///{name}"), draft, "")
    work = _Bundler(notes)
    if start:
        root = work.reference(f"#{start}", at)
        if root is True:
            raise Refused("missing_start", start)
    else:
        root = work.schema(source, at)
    work.finish()
    return Bundle(root, work.definitions)


def _registry(documents: Mapping[str, Any]) -> Any:
    """The documents under their names and their own addresses; others are looked for by the last part of an address."""

    def retrieve(uri: str) -> Any:
        name = uri.rsplit("/", 1)[-1].partition("?")[0]
        found = next((document for file, document in documents.items() if file.rsplit("/", 1)[-1] == name), None)
        if found is None:
            raise NoSuchResource(ref=uri)  # type: ignore[call-arg]
        return _resource(found)

    registry: Any = Registry(retrieve=retrieve).combine(REGISTRY)  # type: ignore[call-arg]
    for file, document in documents.items():
        resource = _resource(document)
        addresses = {file if "://" in file else f"file:///{file}", resource.id()}
        registry = registry.with_resources((address, resource) for address in addresses if address)
    try:
        return registry.crawl()
    except (AttributeError, TypeError, ValueError) as error:  # what we cleaned looks different to the draft's own rules
        raise Refused("unreadable", why=error) from None


def _resource(document: Any) -> Any:
    return drafts.draft_of(document, drafts.UNSAID).specification.create_resource(document)


@dataclass(slots=True)
class _Bundler:
    """Converts schemas; a definition is converted once, when its first reference is met."""

    notes: Notes
    definitions: dict[str, Schema] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)  # by identity of the raw schema
    waiting: list[tuple[str, Any, At]] = field(default_factory=list)
    count: int = 0

    def finish(self) -> None:
        """Convert what references have asked for, until nothing new is."""
        while self.waiting:
            name, raw, at = self.waiting.pop()
            self.definitions[name] = self.schema(raw, at)

    def schema(self, raw: Any, at: At) -> Schema:
        """One schema with those inside it."""
        if isinstance(raw, bool):
            return raw
        if not isinstance(raw, dict):
            self.notes.add("no_schema", at.place)
            return True
        self.count += 1
        if self.count > MOST_SCHEMAS:
            raise Refused("too_complex", at.place, limit=MOST_SCHEMAS)
        at = self.enter(raw, at)
        for keyword in drafts.ignored(raw, at.draft):
            key = "other_draft" if keyword in drafts.EVERY_KEYWORD else "unknown_keyword"
            self.notes.add(key, at.place, keyword=keyword, draft=at.draft.name)
        found: dict[str, Any] = {}
        if {"$dynamicRef", "$recursiveRef"} & raw.keys():
            self.notes.add("dynamic_reference", at.place)
        for keyword, value, under in drafts.modern(raw, at.draft):
            if well_formed(keyword, value):
                said = self.keyword(keyword, value, replace(at, place=pointer(at.place, under)))
                rules = [*found.get("allOf", ()), *said.get("allOf", ())]
                found |= said | ({"allOf": rules} if rules else {})
            else:
                self.notes.add("bad_form", at.place, keyword=under, value=value)
        titles = next((raw[key] for key in drafts.OPTION_TITLES if isinstance(raw.get(key), list)), None)
        if isinstance(raw.get(WISHED), str):
            found[WISHED] = raw[WISHED]
        if titles and "enum" in found:
            found[OPTION_TITLES] = list(zip(found["enum"], titles, strict=False))
        return found

    @staticmethod
    def enter(raw: Mapping[str, Any], at: At) -> At:
        """A schema with its own `$schema` is of that draft; one with its own `$id` resolves references from there."""
        draft = drafts.draft_of(raw, at.draft)
        return At(at.resolver.in_subresource(draft.specification.create_resource(raw)), draft, at.place)

    def keyword(self, keyword: str, value: Any, at: At) -> dict[str, Any]:
        """A keyword with its value; what a reference says, where it leads to a mere truth value."""
        if keyword == "pattern":
            said = patterns.constraints(value)
            if said is None:
                self.notes.add("pattern", at.place, pattern=value)
            return said or {}
        if keyword == "patternProperties":
            return self.by_form(value, at)
        if keyword != "$ref":
            return {keyword: self.value(keyword, value, at)}
        found = self.reference(value, at)
        return found if isinstance(found, dict) else {} if found else {"not": {}}

    def by_form(self, value: Mapping[str, Any], at: At) -> dict[str, Any]:
        """Properties whose names have a form, less the forms that cannot be said."""
        known = {form: inner for form, inner in value.items() if patterns.takes(form)}
        for form in value.keys() - known.keys():
            self.notes.add("pattern", at.place, pattern=form)
        return {"patternProperties": self.value("patternProperties", known, at)} if known else {}

    def value(self, keyword: str, value: Any, at: At) -> Any:
        """What stands under a keyword, by what the standard has there."""
        if keyword in SCHEMA:
            return self.schema(value, at)
        inside: Callable[[Any, Any], Schema] = lambda step, raw: self.schema(  # noqa: E731 - one line, used twice
            raw, replace(at, place=pointer(at.place, step))
        )
        if keyword in SCHEMAS:
            return [inside(index, raw) for index, raw in enumerate(value)]
        if keyword in SCHEMA_MAPS:
            return {name: inside(name, raw) for name, raw in value.items()}
        return value

    def reference(self, reference: str, at: At) -> Schema:
        """`{"$ref": "#/$defs/…"}`, or true where it leads nowhere that we know."""
        try:
            found = at.resolver.lookup(reference)
        except (Unresolvable, ValueError, LookupError, TypeError) as error:
            absent = type(error) is Unresolvable  # its kinds are for what is missing inside a document that is there
            self.notes.add("remote_reference" if absent else "missing_reference", at.place, reference=reference)
            return True
        raw = found.contents
        if isinstance(raw, bool):
            return raw
        if not isinstance(raw, dict):
            self.notes.add("missing_reference", at.place, reference=reference)
            return True
        name = self.names.get(id(raw))
        if name is None:
            name = self.names[id(raw)] = self.name_of(reference)
            place = f"{reference.removeprefix('#')}" if reference.startswith("#/") else reference
            self.waiting.append((name, raw, At(found.resolver, at.draft, place)))
        return {"$ref": REFERENCE + name}

    def name_of(self, reference: str) -> str:
        """A name for a definition: the last word of its reference."""
        words = re.findall(r"[A-Za-z0-9_]+", reference.rsplit("/", 1)[-1]) or re.findall(r"[A-Za-z0-9_]+", reference)
        name = wanted = "_".join(words)[:40] or "root"
        taken = set(self.names.values())
        number = 1
        while name in taken:
            number += 1
            name = f"{wanted}_{number}"
        return name
