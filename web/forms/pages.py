"""The form of one page in one language, built once and kept: its fields, its questions, its carrier."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup

from engine.model import Field, Procedure, Step, Text
from engine.retelling import repeated_in
from web.forms.building import questions_of
from web.forms.carrier import CarrierKind
from web.forms.plain import Question

MOST = 4096  # pages kept; far more than the procedures of an installation have


@dataclass(frozen=True, slots=True)
class PageForm:
    """The questions of one page. `files` are the fields that take uploads, with their names.

    `repeats`: words of theirs repeat answers, so that they are not the same for everybody.

    `blank` keeps the questions as they are drawn with nothing entered yet, which is how most pages are first seen, by
    the names of those that show and the options that are offered.
    """

    fields: tuple[Field, ...]
    questions: tuple[Question, ...]
    carrier: CarrierKind
    files: tuple[tuple[str, Field], ...]
    repeats: bool = False
    blank: dict[tuple[tuple[str, tuple[str, ...] | None], ...], Markup] = field(default_factory=dict, compare=False)

    def asked(
        self,
        shown: Callable[[Field], bool],
        offered: Callable[[Field], Collection[str]],
        say: Callable[[Text], str] | None = None,
    ) -> tuple[Question, ...]:
        """The questions to draw: what is shown, and what an answer on this same page could make show.

        `offered` gives the values of the options that may be chosen, `say` a wording with the answers that it repeats.
        """
        asked = self.questions if say is None or not self.repeats else retold(self.fields, self.questions, say)
        return tuple(
            question.only(offered(field)) if _has_conditions(field) else question
            for field, question in zip(self.fields, asked, strict=True)
            if question.when_words or shown(field)
        )

    def texts_of(self, answers: Mapping[str, Any]) -> dict[str, list[str]]:
        """Saved answers as the texts of the inputs."""
        texts: dict[str, list[str]] = {}
        for asked in self.fields:
            if asked.id in answers:
                for part, given in asked.type.show_raw(asked, answers[asked.id]).items():
                    texts[f"{asked.id}.{part}" if part else asked.id] = given
        return texts


def retold(fields: Sequence[Field], questions: Sequence[Question], say: Callable[[Text], str]) -> tuple[Question, ...]:
    """The questions in words that repeat answers, also those inside groups."""
    return tuple(
        replace(
            question,
            title=say(field.title),
            hint=say(field.hint) if field.hint else question.hint,
            questions=retold(field.properties, question.questions, say) if question.questions else (),
        )
        if repeated_in(field)
        else question
        for field, question in zip(fields, questions, strict=True)
    )


def _has_conditions(field: Field) -> bool:
    return any(option.when is not None for option in field.options)


_kept: dict[tuple[str, str, str, str], PageForm] = {}


def step_form(procedure: Procedure, step: Step, language: str) -> PageForm:
    """The form of a step's own page."""
    return _form(procedure, step, "", step.plain_fields, language)


def item_form(procedure: Procedure, step: Step, listed: Field, language: str) -> PageForm:
    """The form of one item of an add-another list."""
    fields = [field for field in listed.item_fields if not field.is_list]
    return _form(procedure, step, listed.path, fields, language)


def _form(procedure: Procedure, step: Step, list_id: str, fields: Sequence[Field], language: str) -> PageForm:
    key = procedure.digest, step.id, list_id, language
    form = _kept.get(key)
    if form is None:
        if len(_kept) >= MOST:
            _kept.clear()
        form = _kept[key] = build(fields, procedure, language)
    return form


def build(fields: Sequence[Field], procedure: Procedure, language: str) -> PageForm:
    """Build the form anew."""
    return PageForm(
        fields=tuple(fields),
        questions=questions_of(fields, language, procedure.conditions),
        carrier=CarrierKind(name for field in fields for name in input_names(field)),
        files=tuple(_files(fields)),
        repeats=any(map(repeated_in, fields)),
    )


def _files(fields: Iterable[Field], prefix: str = "") -> Iterator[tuple[str, Field]]:
    """The uploads of a page, also those inside objects."""
    for asked in fields:
        if asked.type.control == "file":
            yield prefix + asked.id, asked
        elif asked.items is None:
            yield from _files(asked.properties, f"{prefix}{asked.id}.")


def input_names(field: Field) -> Iterator[str]:
    """The names under which a browser sends an answer to `field`."""
    for part in field.type.parts(field):
        yield f"{field.id}.{part}" if part else field.id
