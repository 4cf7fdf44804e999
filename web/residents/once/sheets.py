"""What a page of questions shows of what is known: waiting answers, offers to fill in, where each answer came from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from engine.reuse import Leaf, Place, acceptable, at, own_leaves
from engine.validation import read_fields
from procedures import audit
from procedures.profiles import offering, origins
from procedures.profiles.keeping import has_profile
from procedures.profiles.known import Known
from web.context import current_actor, language, now, reading
from web.forms.pages import input_names
from web.forms.wording import answered, worded
from web.residents.filling.drafted import Filling
from web.residents.filling.replies import Texts
from web.residents.filling.sheets import Sheet
from web.residents.once.telling import source_words
from web.residents.once.waiting import places
from web.residents.telling.rows import Row


@dataclass(frozen=True, slots=True)
class Offer:
    """A question of the page that has no answer yet, and what is known of its concept."""

    leaf: Leaf
    known: Known


def offered(filling: Filling, sheet: Sheet, texts: Texts) -> list[Row]:
    """What the person may have filled in, as lines: the question, the answer, where it comes from."""
    if not _may_offer(sheet, texts):
        return []
    with reading() as session:
        return [_row(session, offer) for offer in offers(session, filling, sheet, texts)]


def fill(session: Session, filling: Filling, sheet: Sheet, texts: Texts) -> tuple[Filling, Sheet, Texts]:
    """What to draw: the page's texts with what is known in the questions that have none. It is no answer yet."""
    chosen = offers(session, filling, sheet, texts) if _may_offer(sheet, texts) else []
    if not chosen:
        return filling, sheet, texts
    filled = dict(texts)
    for offer in chosen:
        name = _name(offer.leaf)
        for part, given in offer.leaf.field.type.show_raw(offer.leaf.field, offer.known.answer).items():
            filled[f"{name}.{part}" if part else name] = given
    origin = filling.origin.marked({one.leaf.place: (one.known.answer, one.known.source) for one in chosen})
    origins.save(session, filling.id, origin)
    concepts = sorted({one.known.concept for one in chosen})
    audit.record(session, current_actor(), now(), "profile.use", filling.id, concepts)
    return replace(filling, origin=origin), sheet, filled


def marks(filling: Filling, sheet: Sheet, texts: Texts) -> dict[str, str]:
    """Where the answers on the page came from, by the name of the question, until somebody changes them."""
    if not filling.origin.marks:
        return {}
    answers = read_fields(sheet.form.fields, texts).answers
    found = {}
    for place, leaf in places(sheet):
        answer = at(answers, leaf.place)
        if answer is not None and (source := filling.origin.source_of(place, answer)):
            found[_name(leaf)] = source
    if not found:
        return {}
    with reading() as session:
        return {name: source_words(session, source) for name, source in found.items()}


def offers(session: Session, filling: Filling, sheet: Sheet, texts: Texts) -> list[Offer]:
    """What is known of the open questions of the page: of each the best that it accepts."""
    known = offering.known(session, current_actor(), now(), filling.id)
    wanted = {leaf.place: leaf for leaf in _open(filling, sheet, texts) if leaf.field.concept in known}
    choices = {place: known[str(leaf.field.concept)] for place, leaf in wanted.items()}
    found: dict[Place, Known] = {}
    for rank in range(max(map(len, choices.values()), default=0)):
        offered = {place: some[rank] for place, some in choices.items() if rank < len(some) and place not in found}
        answers = {place: one.answer for place, one in offered.items()}
        fitting = acceptable(filling.procedure, filling.draft.answers, answers, filling.day)
        found |= {place: replace(offered[place], answer=answer) for place, answer in fitting.items()}
    return [Offer(leaf, found[place]) for place, leaf in wanted.items() if place in found]


def _open(filling: Filling, sheet: Sheet, texts: Texts) -> Iterator[Leaf]:
    drawn = {
        field.id
        for field, question in zip(sheet.form.fields, sheet.form.questions, strict=True)
        if question.when_words or sheet.shows(filling.journey, field)
    }
    return (leaf for leaf in own_leaves(sheet.form.fields) if leaf.place[0] in drawn and _empty(leaf, texts))


def _may_offer(sheet: Sheet, texts: Texts) -> bool:
    """Whether it is worth a look: lists are about several of something, and a visitor is nobody in particular."""
    if sheet.item is not None or not has_profile(current_actor()):
        return False
    return any(_empty(leaf, texts) for leaf in own_leaves(sheet.form.fields))


def _row(session: Session, offer: Offer) -> Row:
    field = offer.leaf.field
    title, lang = worded(field.title, language())
    words = answered(field, offer.known.answer, language())
    return Row(title=title, title_lang=lang, lines=(words, source_words(session, offer.known.source)))


def _name(leaf: Leaf) -> str:
    return ".".join(map(str, leaf.place))


def _empty(leaf: Leaf, texts: Texts) -> bool:
    """Whether nothing was typed; what a form sends by itself, because there is no choice, does not count."""
    before = _name(leaf).removesuffix(leaf.field.id)
    given = {name: text.strip() for name in input_names(leaf.field) for text in texts.get(before + name, ())}
    return not any(text and text != _only_choice(leaf, name) for name, text in given.items())


def _only_choice(leaf: Leaf, name: str) -> str | None:
    """The one value that an input can have; None where there are several."""
    parts: Mapping[str, Any] = leaf.field.schema.get("properties", {})
    values = parts.get(name.rpartition(".")[2], {}).get("enum", ())
    return str(values[0]) if len(values) == 1 else None
