"""A sheet of questions as a page."""

from collections.abc import Sequence

from flask import make_response, render_template
from werkzeug.wrappers import Response

from engine.journey import Journey
from web.context import language
from web.forms.mistakes import Mistakes, flat
from web.forms.plain import Question
from web.forms.seen import digest
from web.forms.wording import shown
from web.residents.filling.cautions import shown_on
from web.residents.filling.conflicts import Difference
from web.residents.filling.drafted import Filling
from web.residents.filling.moved import beside as beside_questions
from web.residents.filling.moved import waiting
from web.residents.filling.replies import Texts
from web.residents.filling.returning import place_of, returning, tail
from web.residents.filling.sheets import Sheet
from web.residents.filling.unsent import Unsent, keep_address, typed_version, window
from web.residents.filling.uploads import Uploads
from web.residents.filling.way import progress
from web.residents.insight import drawn
from web.residents.once import sheets as once
from web.residents.once.papers import again
from web.residents.once.waiting import waits
from web.residents.telling import components, values
from web.residents.telling.effects import told
from web.residents.telling.tasks import tasks_address
from web.residents.uploading.speech import script_words


def draw(
    filling: Filling,
    sheet: Sheet,
    texts: Texts,
    uploads: Uploads,
    *,
    mistakes: Mistakes | None = None,
    changed: Sequence[Difference] | None = None,
    typed: Unsent | None = None,
) -> Response:
    """The page as 200; 422 with mistakes; 409 with what was changed elsewhere."""
    place, total = progress(filling.journey, sheet.step)
    title, title_lang = sheet.heading(filling.journey, language())
    asked = _asked(filling.journey, sheet)
    beside = mistakes.beside if mistakes else {}
    rows = uploads.rows if sheet.form.files else None
    notes = components.Notes(_earlier(filling, sheet), once.marks(filling, sheet, texts), again(filling, sheet))
    known = once.offered(filling, sheet, texts)
    page = render_template(
        "residents/questions.html",
        filling=filling,
        step=sheet.step,
        hint=sheet.step.hint and sheet.step.hint.told(sheet.tell(filling.journey)),
        title=title,
        title_lang=title_lang,
        questions=components.questions(sheet.form, asked, texts, beside, rows, notes),
        known=known,
        waits=waits(filling, sheet),
        uploads=rows is not None,
        script_words=script_words(language()) if rows is not None else "",
        first=rows is not None or bool(known) or any(one.control == "address" for one in flat(asked)),
        problems=mistakes.summary if mistakes else (),
        changed=changed,
        seen=digest(sheet.saved(filling)),
        drawn=int(drawn()),
        typed=typed or Unsent(texts, typed_version()),
        keep=keep_address(sheet.address(filling)),
        window=window(),
        cautions=shown_on(filling, sheet),
        back=place_of(filling.id, returning()) if returning() else sheet.back(filling),
        action=sheet.address(filling) + tail(),
        place=place,
        total=total,
        tasks=tasks_address(filling),
        fee=filling.fee_so_far(),
        effects=told(filling),
        values=values.of_step(filling.journey, sheet.step) if sheet.form.fields == sheet.step.plain_fields else (),
    )
    return make_response(page, 422 if mistakes else 409 if changed is not None else 200)


def _asked(journey: Journey, sheet: Sheet) -> tuple[Question, ...]:
    """The questions that the answers so far leave open, in words that repeat some of them."""
    tell = sheet.tell(journey)
    return sheet.form.asked(
        lambda field: sheet.shows(journey, field),
        lambda field: sheet.offers(journey, field),
        lambda words: shown(words.told(tell), language()),
    )


def _earlier(filling: Filling, sheet: Sheet) -> dict[str, str]:
    """What was answered to an earlier version, where the question is open again."""
    if filling.moved is None:
        return {}
    place = (*sheet.page.path, sheet.item) if sheet.item is not None else ()
    return beside_questions(waiting(filling.moved, filling.draft.answers), place, language())
