"""What a template of papers names: `data.KEY`, and of what is shown `data.values.ID` and the like."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.expressions import Expression
from engine.model import Calculated, Procedure

KEYS = frozenset(
    {"language", "title", "statement", "number_label", "number", "issued_on", "valid_until", "marked", "authority"}
    | {"sealed", "footer", "code_label", "code", "verify_at", "verify_page", "qr", "qr_alt", "parts", "notes"}
    | {"granted", "granted_label", "sample", "values", "maybe", "labels", "lists"}
)
"""What every template of certificates is given."""

GROUPS = ("values", "maybe", "labels", "lists")
"""By id: what is always answered, what may be left out (then ""), how it is called, the items of lists."""

FOLDER, ENDING = "templates", ".typ"
"""Where templates lie, beside the specs."""

_COMMENT = re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/", re.DOTALL)
_NAMED = re.compile(
    r"""(?<![\w/-])(?<!\w\.)data\.(?:at\(\s*"(?P<at>[^"\n]*)"|(?P<key>[A-Za-z_][\w-]*))"""
    r"""(?:\.(?P<id>(?!at\()[A-Za-z_]\w*))?"""
)


@dataclass(frozen=True, slots=True)
class Mention:
    """`data.KEY`, or `data.KEY.ID` of one of `GROUPS`; `line` of the template, counted from 1."""

    key: str
    id: str
    line: int


def is_template(file: str) -> bool:
    """Whether a file is a template, by its name."""
    path = PurePosixPath(file)
    return path.suffix == ENDING and path.parent.name == FOLDER


def as_text(source: str | bytes) -> str:
    """The template; bytes that are no UTF-8 are Typst's to refuse."""
    return source if isinstance(source, str) else source.decode("utf-8", errors="replace")


def mentions(source: str) -> Iterator[Mention]:
    """What a template names, once each, in its order; comments are left out."""
    seen: set[tuple[str, str]] = set()
    plain = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source)
    for found in _NAMED.finditer(plain):
        key = found["at"] if found["key"] is None else found["key"]
        one = (key, (found["id"] or "") if key in GROUPS else "")
        if one not in seen:
            seen.add(one)
            yield Mention(*one, plain.count("\n", 0, found.start()) + 1)


def always(procedure: Procedure, name: str) -> bool:
    """Whether what is shown under `name` is there whatever was answered: asked of everybody, and not optional.

    A calculated value is where all that it rests on is, and it is no table, which may have no row.
    """
    if name in procedure.fields:
        field, step = procedure.fields[name], procedure.step_of[name]
        return field.optional is False and field.when is None and step.when is None
    review = procedure.review
    for field in review.clerk_fields if review else ():
        if field.id == name:
            return field.optional is False and field.when is None
    if name in procedure.named:
        value = procedure.named[name]
        plain = not isinstance(value, Calculated) or isinstance(value.value, Expression)
        return plain and all(always(procedure, one) for one in value.names - {"today"})
    return False
