"""A page that was saved elsewhere meanwhile: what is saved now beside what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from web.forms.pages import PageForm
from web.forms.wording import answered


@dataclass(frozen=True, slots=True)
class Difference:
    """One question whose saved answer is not what was typed, both in words; empty for none."""

    title: str
    saved: str
    typed: str


def differences(
    form: PageForm, saved: Mapping[str, Any], typed: Mapping[str, Any], language: str
) -> Sequence[Difference]:
    """The questions of the page that differ."""
    found = []
    for field, question in zip(form.fields, form.questions, strict=True):
        before, after = saved.get(field.id), typed.get(field.id)
        if before != after:
            words = [answered(field, answer, language) if answer is not None else "" for answer in (before, after)]
            found.append(Difference(question.title, *words))
    return found
