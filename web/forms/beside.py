"""What stands beside an input: its unit, an example of what to type, how much room there is."""

from typing import TypedDict

from markupsafe import Markup

from engine.fields.numbers import unit_of
from engine.model import Field
from engine.words import say
from web.forms.wording import NONE, worded

EXAMPLES = {"time": "forms.time_example"}
AREAS = frozenset({"textarea"})


class Beside(TypedDict):
    """The part of a `Question` that is made here."""

    unit: str
    unit_lang: Markup
    example: str
    most: int
    counted: str


def beside_of(field: Field, language: str) -> Beside:
    """Words and numbers; "" and 0 for what the field has not."""
    unit, unit_lang = worded(unit_of(field), language)
    if field.type.name == "yen":
        unit, unit_lang = say("forms.yen", language), NONE
    example = EXAMPLES.get(field.type.name)
    counted, most = _room(field)
    return {
        "unit": unit,
        "unit_lang": unit_lang,
        "example": say(example, language) if example else "",
        "most": most,
        "counted": counted,
    }


def _room(field: Field) -> tuple[str, int]:
    """What is counted, words or characters, and how many there may be. Short texts show their length themselves."""
    words = field.settings.get("maxWords")
    if isinstance(words, int):
        return "words", words
    longest = field.schema.get("maxLength")
    return ("characters", longest) if isinstance(longest, int) and field.type.control in AREAS else ("", 0)
