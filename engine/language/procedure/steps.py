"""The screens of a procedure."""

from engine.language.checks import CHECKS
from engine.language.fields import FIELD
from engine.language.kinds import Doc, Key, MapOf, Record
from engine.language.names import IDENTIFIER
from engine.language.procedure.rules import STOPS, WARNINGS
from engine.language.procedure.shared import FORMULA, WORDS

STEP = Record(
    "step",
    {
        "title": Key(WORDS, Doc("画面の題", "The title of the screen"), required=True),
        "hint": Key(WORDS, Doc("画面の説明", "An explanation")),
        "when": Key(FORMULA, Doc("この式が真のときだけ通る", "On the path only where this is known to be true")),
        "was": Key(IDENTIFIER, Doc("前の版での名前", "Its name in the version before")),
        "fields": Key(MapOf(FIELD, IDENTIFIER, least=1), Doc("この画面の項目", "The fields"), required=True),
        "checks": Key(CHECKS, Doc("複数の項目にまたがる確認", "Checks over several answers")),
        "stops": Key(STOPS, Doc("この画面のあとで申請を打ち切る条件", "What ends the way after this step")),
        "warnings": Key(WARNINGS, Doc("この画面で示す注意", "What is pointed out on this step")),
    },
    Doc("一つの画面", "One screen"),
)
