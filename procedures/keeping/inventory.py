"""The inventory of personal data (個人情報保護法第75条の個人情報ファイル簿の基): which, why, how long, who sees it.

It is derived: from the procedures for what they ask, from the declared columns for what comes beside it. So it cannot
be out of date.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from engine.model import Field, Procedure
from engine.words import say
from engine.words.bureaus import bureau_name
from procedures.keeping.declared import ACCOUNT, BY_COLUMN, SHORT
from procedures.keyring.columns import sealed_tables
from procedures.models.base import Base

NOT_PERSONAL = "none"
"""`privacy` of a concept that says nothing about a person."""
NOT_STATED = "not_stated"
SPECIAL = frozenset({"sensitive", "my_number"})
"""Classes that the law guards most: 要配慮個人情報, 個人番号."""
CLASSES = frozenset({NOT_STATED, "contact", "identifying", "financial"}) | SPECIAL
"""Classes of privacy that have a word."""

KEPT_OTHERWISE = {
    **dict.fromkeys(("receipt", "receipt_copy"), "kept_as_books"),
    **dict.fromkeys(("person_claim", "contact"), "kept_account"),
    "profile_value": "kept_consent",
    "mandate_grant": "kept_mandate",
    "api_upload": "kept_day",
    "paper_number": "kept_register",
}
"""How long what is not a case's is kept, in words of the catalogue."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is kept. `where` is a procedure's id with the field's path, or `table.column`.

    `privacy` is the concept's class, "not_stated" where a field has none; `kept` and the others are words for people.
    """

    where: str
    what: str
    concept: str
    privacy: str
    purpose: str
    law: str
    kept: str
    seen_by: str

    def in_words(self, language: str) -> "Entry":
        """The same with the class as people call it."""
        return replace(self, privacy=say(f"inventory.{self.privacy}", language)) if self.privacy in CLASSES else self


def of_procedure(procedure: Procedure, language: str) -> Iterator[Entry]:
    """What a procedure asks, each question once, those of lists and objects with them."""
    office = procedure.review is not None
    bureau = bureau_name(procedure.bureau, language)
    seen = say("inventory.seen_by_office" if office else "inventory.seen_by_bureau", language, bureau=bureau)
    kept = say("inventory.kept_years", language, years=procedure.retention_years)
    for field in _all(procedure.fields.values()):
        if field.privacy == NOT_PERSONAL:
            continue
        purpose = field.purpose or procedure.title
        yield Entry(
            f"{procedure.id}/{field.path}",
            field.title.say(language),
            field.concept or "",
            field.privacy or NOT_STATED,
            purpose.say(language),
            field.law or "、".join(procedure.law),
            kept,
            seen,
        )


def of_columns(language: str) -> Iterator[Entry]:
    """What is kept beside the answers, sealed or, where that cannot be, in clear."""
    for table, columns in sealed_tables().items():
        kept = say(f"inventory.{KEPT_OTHERWISE.get(table.name, 'kept_with_case')}", language)
        for column in columns:
            if column.name != "blob_secret":
                yield _beside(f"{table.name}.{column.name}", kept, "inventory.sealed", language)
    for place, reason in BY_COLUMN.items():
        if reason in {ACCOUNT, SHORT} and place.partition(".")[0] in Base.metadata.tables:
            kept = say("inventory.kept_short" if reason == SHORT else "inventory.kept_account", language)
            yield _beside(place, kept, "inventory.in_clear", language)


def _beside(place: str, kept: str, purpose: str, language: str) -> Entry:
    seen = say("inventory.seen_by_staff", language)
    return Entry(place, place.partition(".")[2], "", "", say(purpose, language), "", kept, seen)


def _all(fields: Iterable[Field]) -> Iterator[Field]:
    for field in fields:
        inner = (*field.properties, *([field.items] if field.items else []))
        if field.properties or (field.items and field.items.properties):
            yield from _all(inner)
        else:
            yield field
