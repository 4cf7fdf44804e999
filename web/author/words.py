"""What counts are called: pages by their titles, questions by theirs, mistakes by the words that people got."""

import re
from collections.abc import Sequence

from engine.model import Field, Procedure
from engine.validation.failures import CHECK as BETWEEN
from engine.words import catalogue, say
from procedures.insight.leaving import CHECK
from procedures.insight.report import FEW

PARAMETER = re.compile(r"\{[^}]*\}")
LANGUAGE_NAMES = {"ja": "日本語", "easy": "やさしい日本語", "en": "English", "zh": "中文", "ko": "한국어"}


def page_title(procedure: Procedure, page: str, language: str) -> str:
    """Of a step, of a list on it, of the check page; the bare id where only earlier versions had it."""
    if page == CHECK:
        return say("resident.check_title", language)
    step_id, *lists = page.split("/")
    step = procedure.step_by_id.get(step_id)
    if step is None:
        return page
    titles = [step.title.say(language), *question_titles(step.fields, lists, language)]
    return " › ".join(dict.fromkeys(titles))


def question_title(procedure: Procedure, path: str, language: str) -> str:
    """The title of the question at `dogs.chip`; parts of an answer (`born.year`) go by the question."""
    return " › ".join(question_titles(tuple(procedure.fields.values()), path.split("."), language)) or path


def question_titles(fields: Sequence[Field], path: Sequence[str], language: str) -> list[str]:
    """The titles along a path of ids, as far as it leads."""
    titles = []
    for id in path:
        found = next((field for field in fields if field.id == id), None)
        if found is None:
            break
        titles.append(found.title.say(language))
        fields = found.item_fields if found.is_list else found.properties
    return titles


def mistake_words(key: str, language: str) -> str:
    """The wording of a refusal with dots where it names the question or a limit."""
    if key == BETWEEN:
        return say("author.own_check", language)
    if key not in catalogue():
        return key
    return PARAMETER.sub("…", say(key, language))


def many(count: int, language: str) -> str:
    """A count of people; so few that one could be recognised are not counted out."""
    return say("author.few", language, few=FEW) if 0 < count < FEW else f"{count:,}"


def minutes(seconds: float | None, language: str) -> str:
    """A duration as people read it; a dash where too few were timed."""
    if seconds is None:
        return "—"
    if seconds < 90:  # noqa: PLR2004 - a minute and a half: under it, seconds say more
        return say("author.seconds", language, seconds=round(seconds))
    return say("author.minutes", language, minutes=f"{seconds / 60:.1f}")
