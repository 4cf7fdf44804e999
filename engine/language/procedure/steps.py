"""The screens of a procedure."""

from engine.language.fields import FIELD, IDENTIFIER
from engine.language.kinds import Doc, Key, MapOf, Record
from engine.language.procedure.shared import FORMULA, WORDS

STEP = Record(
    "step",
    {
        "title": Key(WORDS, Doc("画面の題", "The title of the screen"), required=True),
        "hint": Key(WORDS, Doc("画面の説明", "An explanation")),
        "when": Key(FORMULA, Doc("この式が真のときだけ通る", "On the path only where this is known to be true")),
        "fields": Key(MapOf(FIELD, IDENTIFIER, least=1), Doc("この画面の項目", "The fields"), required=True),
    },
    Doc("一つの画面", "One screen"),
)
