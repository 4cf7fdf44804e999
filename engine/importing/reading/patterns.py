"""Regular expressions of the source as the linear-time engine takes them; what looks around is said in another way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import re2

from engine.source.characters import FORBIDDEN

TOKEN = re.compile(
    r"\\(?:u\{[0-9A-Fa-f]+\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[pP]\{[^}]*\}|c[A-Za-z]|.)"
    r"|\[(?:\\.|[^\]\\])*\]|\(\?<?[=!]|\(\?:|\(\?<[A-Za-z_]\w*>|[*+?]\??|\{\d+(?:,\d*)?\}\??|.",
    re.DOTALL,
)
AROUND = frozenset({"(?=", "(?!", "(?<=", "(?<!"})
END = "$"
OPENING = AROUND | {"(", "(?:"}
REPEATS = re.compile(r"[*+?]\??|\{\d+(?:,\d*)?\}\??")
EXACTLY = re.compile(r"\{(\d+)(?:,\1)?\}\Z")
TEMPERED = re.compile(r"\^\((?:\?:)?\(\?!(?P<body>.+)\)\.\)(?P<repeat>[*+])\$", re.DOTALL)
CODE = re.compile(r"\\(?:u\{(?P<one>[0-9A-Fa-f]+)\}|u(?P<four>[0-9A-Fa-f]{4})|x(?P<two>[0-9A-Fa-f]{2}))")
PROPERTY = re.compile(r"\\(?P<sign>[pP])\{(?:(?:Script|sc|Script_Extensions|scx|General_Category|gc)=)?(?P<name>\w+)\}")
# The long names of Unicode's general categories, as ECMA 262 has them.
CATEGORIES = {"Letter": "L", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Titlecase_Letter": "Lt",
              "Modifier_Letter": "Lm", "Other_Letter": "Lo", "Mark": "M", "Number": "N", "Decimal_Number": "Nd",
              "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No", "Punctuation": "P", "punct": "P",
              "Symbol": "S", "Separator": "Z", "Space_Separator": "Zs", "Other": "C", "Control": "Cc"}  # fmt: skip
LONGEST = 4_000
OPTIONS = re2.Options()
OPTIONS.log_errors = False
OPTIONS.max_mem = 1 << 20


def constraints(pattern: str) -> dict[str, Any] | None:
    """The keywords that say what `pattern` says; None where that cannot be said in linear time.

    A look ahead from a place that is always as many characters from the start is a pattern of its own:
    `^(?!0)[0-9]+$` is `^[0-9]+$` and not `^0`.
    """
    if len(pattern) > LONGEST:
        return None
    pattern = "".join(map(_respelled, TOKEN.findall(pattern)))
    if takes(pattern):
        return {"pattern": pattern}
    tempered = TEMPERED.fullmatch(pattern)
    if tempered and takes(tempered["body"]) and not re2.search(tempered["body"], ""):
        return {"pattern": f"^.{tempered['repeat']}$", "allOf": [{"not": {"pattern": tempered["body"]}}]}
    found = _looking_ahead(list(TOKEN.findall(pattern)))
    if found is None or not all(takes(one.pattern) for one in found):
        return None
    first, *others = found
    rules = [{"pattern": one.pattern} if one.holds else {"not": {"pattern": one.pattern}} for one in others]
    return {"pattern": first.pattern, "allOf": rules}


def _respelled(token: str) -> str:
    """A sign or class as the linear-time engine spells it."""
    if token.startswith("[") and len(token) > 1:
        return "[" + "".join(map(_respelled, TOKEN.findall(token[1:-1]))) + "]"
    if FORBIDDEN.search(token):
        return FORBIDDEN.sub(lambda found: f"\\x{{{ord(found.group()):X}}}", token)
    if found := CODE.fullmatch(token):
        return f"\\x{{{found['one'] or found['four'] or found['two']}}}"
    if token.startswith("\\c") and len(token) == len("\\cA"):
        return f"\\x{{{ord(token[2]) % 32:X}}}"
    if found := PROPERTY.fullmatch(token):
        return f"\\{found['sign']}{{{CATEGORIES.get(found['name'], found['name'])}}}"
    return token


def takes(pattern: str) -> bool:
    """Whether the linear-time engine takes it."""
    try:
        re2.compile(pattern, OPTIONS)
    except (re2.error, UnicodeError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Part:
    pattern: str
    holds: bool = True


def _looking_ahead(tokens: list[str]) -> list[_Part] | None:
    """The pattern without what looks ahead, then each of these as a pattern from the start of the text."""
    if tokens[:1] != ["^"] or "|" in _outer(tokens):
        return None
    plain, ahead = ["^"], []
    width: int | None = 0
    place = 1
    while place < len(tokens):
        end = _end(tokens, place)
        if tokens[place] in {"(?=", "(?!"} and width is not None:
            body = "".join(tokens[place + 1 : end - 1])
            start = f"^(?s:.{{{width}}})" if width else "^"
            ahead.append(_Part(f"{start}(?:{body})", holds=tokens[place] == "(?="))
        elif tokens[place] in AROUND:
            return None
        else:
            plain += tokens[place:end]
            width = None if width is None else _wider(width, tokens, place, end)
        place = end
    return [_Part("".join(plain)), *ahead] if ahead else None


def _wider(width: int, tokens: list[str], place: int, end: int) -> int | None:
    """The characters up to here; None where their number is open."""
    token = tokens[place]
    after = tokens[end] if end < len(tokens) else ""
    if REPEATS.fullmatch(token):
        exactly = EXACTLY.match(token)
        return width - 1 + int(exactly[1]) if exactly else None
    if token == END:
        return width
    if token in OPENING or token.startswith("(?<") or token in {"^", "\\b", "\\B"}:
        return None
    return width + 1 if not after.startswith(("*", "+", "?")) else None


def _end(tokens: list[str], place: int) -> int:
    """One past the token, or past the group that it opens."""
    depth = 0
    for end in range(place, len(tokens)):
        depth += tokens[end].startswith("(") - (tokens[end] == ")")
        if depth <= 0:
            return end + 1
    return len(tokens)


def _outer(tokens: list[str]) -> Iterator[str]:
    """The tokens outside of every group."""
    depth = 0
    for token in tokens:
        depth += token.startswith("(") - token.startswith(")")
        if not depth:
            yield token


def whole(pattern: str) -> str:
    """A field's pattern, which is for the whole value, that means what the standard's does: found somewhere in it."""
    tokens = list(TOKEN.findall(pattern))
    if "|" in _outer(tokens):
        return f"(?s:.*)(?:{pattern})(?s:.*)"
    start, end = tokens[:1] == ["^"], len(tokens) > 1 and tokens[-1] == "$"
    inner = "".join(tokens[int(start) : len(tokens) - int(end)])
    return ("" if start else "(?s:.*)") + inner + ("" if end else "(?s:.*)")
