"""Names that authors give: of fields, steps, conditions, rules."""

from engine.language.kinds import Doc, Name

IDENTIFIER = Name(
    r"[A-Za-z][A-Za-z0-9_]{0,59}",
    Doc("英字で始まる英数字と _ の名前（60字まで）", "a name of letters, digits and _ that begins with a letter"),
)
