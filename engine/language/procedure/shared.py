"""Kinds of values that several sections of a procedure use."""

from engine.language.kinds import Doc, Formula, ListOf, Name, String, Words

WORDS = Words()
FORMULA = Formula()
LAWS = ListOf(String(), unique=True)
SLUG = Name(
    r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*",
    Doc("英小文字・数字を - でつないだ名前", "lower-case letters and digits joined by -"),
)
