"""Typed text of a page that is no answer yet: taken up, shown again, left behind once it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from flask import request
from sqlalchemy.orm import Session

from engine.digits import LARGEST_SHORT, whole
from engine.model import Text
from procedures.continuing import unfinished
from procedures.continuing.unfinished import TooMuchTyped, TypedElsewhere
from web.context import current_actor, now
from web.forms.mistakes import flat
from web.forms.seen import digest
from web.residents.filling.drafted import Filling
from web.residents.filling.replies import Texts
from web.residents.filling.sheets import Sheet

FIELD = "kept:version"
"""The hidden input with the version of the kept text that the page shows; 0 for none. No field can have this name."""
WINDOW = "kept:window"
"""The hidden input, and the name among the kept texts, that tells one drawn page from another."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """What the page shows of kept text. `texts` fill its inputs. `at`: since when; None where there is none.

    `old` are texts typed before the page was saved elsewhere: (question, text), shown beside it and not in it.
    """

    texts: Texts
    version: int = 0
    at: datetime | None = None
    old: Sequence[tuple[str, str]] = ()


def key_of(filling: Filling, sheet: Sheet) -> str:
    """The page's address below its draft."""
    return sheet.address(filling).removeprefix(f"/applications/{filling.id}/")


def keep_address(page: str) -> str:
    """Where the text of the page at this address is sent to be kept."""
    return page.replace("/steps/", "/unfinished/", 1)


def shown(session: Session, filling: Filling, sheet: Sheet) -> Unsent:
    """What is saved of a page, with what was typed since."""
    saved = sheet.saved(filling)
    texts = sheet.form.texts_of(saved or {})
    typed = unfinished.read(session, filling.id, key_of(filling, sheet)) if filling.draft.unfinished else None
    if typed is None:
        return Unsent(texts)
    ours = {name: given for name, given in typed.texts.items() if name != WINDOW}
    if typed.seen == digest(saved):
        return Unsent({**texts, **ours}, typed.version, typed.kept_at)
    return Unsent(texts, typed.version, None, _differing(sheet, ours, texts))


def _differing(sheet: Sheet, typed: Texts, saved: Texts) -> tuple[tuple[str, str], ...]:
    """Texts that are not what is saved, by the title of their question."""
    found: dict[str, list[str]] = {}
    for name, given in typed.items():
        if any(given) and list(given) != list(saved.get(name, ())):
            title = next((one.title for one in sheet.form.questions if name.split(".")[0] == one.name), "")
            found.setdefault(title, []).extend(given)
    return tuple((title, " ".join(texts)) for title, texts in found.items() if title)


def typed_version() -> int:
    """The version that the page was showing when it was sent."""
    return whole(request.form.get(FIELD, ""), LARGEST_SHORT) or 0


def window() -> str:
    """The name of the page that is drawn: the one that was sent, or a new one."""
    return request.form.get(WINDOW, "")[:16] or token_urlsafe(6)


def differs(filling: Filling, sheet: Sheet, texts: Texts) -> bool:
    """Whether something stands in the page that is not saved. A select that offers no blank says nothing by itself."""
    saved = sheet.form.texts_of(sheet.saved(filling) or {})
    asked = {
        one.name: [one.choices[0].value]
        for question in flat(sheet.form.questions)
        for one in question.inputs
        if one.kind == "select" and one.choices and not one.blank
    }
    return any(
        [*filter(None, given)] not in ([*filter(None, saved.get(name, ()))], [] if name in saved else asked.get(name))
        for name, given in _without_files(sheet, texts).items()
    )


def keep(session: Session, filling: Filling, sheet: Sheet, texts: Texts) -> int:
    """Keep what stands in the page; its version. Raises `TypedElsewhere` and `TooMuchTyped`.

    Text that says only what is saved is none: what was kept before goes.
    """
    page = key_of(filling, sheet)
    if not differs(filling, sheet, texts):
        done(session, filling, sheet)
        return 0
    seen, ours = digest(sheet.saved(filling)), {**_without_files(sheet, texts), WINDOW: [window()]}
    return unfinished.keep(session, current_actor(), now(), filling.id, page, ours, seen, typed_version())


def keep_if_possible(session: Session, filling: Filling, sheet: Sheet, texts: Texts) -> int | None:
    """As `keep`, beside something more important; None where it could not be kept."""
    try:
        return keep(session, filling, sheet, texts)
    except (TypedElsewhere, TooMuchTyped):
        return None


def done(session: Session, filling: Filling, sheet: Sheet) -> None:
    """The page was sent: its text is not needed any more. What another window keeps stays, and is shown beside it."""
    if not filling.draft.unfinished:
        return
    page = key_of(filling, sheet)
    typed = unfinished.read(session, filling.id, page)
    if typed and (typed.version == typed_version() or typed.texts.get(WINDOW) == [window()]):
        unfinished.drop(session, filling.id, page)


def _without_files(sheet: Sheet, texts: Texts) -> dict[str, list[str]]:
    files = {name for name, _ in sheet.form.files}
    return {name: list(given) for name, given in texts.items() if name not in files}


def places(session: Session, filling: Filling) -> list[tuple[Text, str]]:
    """The pages on the path that hold such text: their step's title and their address."""
    if not filling.draft.unfinished:
        return []
    steps = {step.id: step for step in filling.journey.steps}
    found = []
    for page in unfinished.pages(session, filling.id):
        step = steps.get(page.removeprefix("steps/").split("/")[0])
        if step is not None:
            found.append((step.title, f"/applications/{filling.id}/{page}?return=check"))
    return found
