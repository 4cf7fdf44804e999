"""The HTML attributes of a control: keyboard, autofill, length; finished once, drawn as they are."""

import re
from collections.abc import Mapping

from markupsafe import Markup

from engine.fields.types.file import MOST_MEGABYTES
from engine.model import Field

LONGEST = {"corporate_number": 13, "my_number": 12}
NARROW, MIDDLE, WIDE = 6, 12, 24  # characters; wider answers get the whole line
ONLY_DIGITS = re.compile(r"\^?(\(\?:)?(\[1-9\])?(\[0-9\]|\\d)(\{[0-9,]+\}|\+)\)?\$?")
KEYBOARDS = {
    "email": {"type": "email", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"},
    "phone": {"type": "tel"},
    "postcode": {"inputmode": "numeric"},
    "integer": {"inputmode": "numeric"},
    "number": {"inputmode": "decimal"},
    "yen": {"inputmode": "numeric"},
    "time": {"inputmode": "numeric"},
    "url": {"type": "url", "inputmode": "url", "autocapitalize": "none", "spellcheck": "false"},
}
PERSON = {"family": "family-name", "given": "given-name"}
PLACE = {
    "postcode": "postal-code",
    "prefecture": "address-level1",
    "city": "address-level2",
    "street": "address-line1",
    "building": "address-line2",
}
BIRTHDAY = {"year": "bday-year", "month": "bday-month", "day": "bday-day"}
DIGITS = {"year": 6, "month": 2, "day": 2}  # "令和8年" needs room beside "2026"
SHORT = frozenset({"postcode", "class", "sign"})
CODES = frozenset({*DIGITS, "postcode", "bank", "branch", "number", "symbol", "giro"})


def attributes(pairs: Mapping[str, str | bool | int | None]) -> Markup:
    """Attributes as HTML with a leading blank; None and False are left out, True stands bare."""
    drawn = Markup("")
    for name, value in pairs.items():
        if value is True:
            drawn += Markup(" {}").format(name)
        elif value is not None and value is not False:
            drawn += Markup(' {}="{}"').format(name, value)
    return drawn


def of_plain(field: Field) -> Markup:
    """Of a text, number or other one-line control."""
    pairs: dict[str, str | bool | int | None] = {"class": f"input {_width(field)}".strip(), "type": "text"}
    pairs |= KEYBOARDS.get(field.type.name, {})
    if _only_digits(field.schema.get("pattern")):
        pairs["inputmode"] = "numeric"
    if field.autocomplete:
        pairs["autocomplete"] = field.autocomplete
    pairs.setdefault("autocomplete", "off")
    pairs["enterkeyhint"] = "next"
    return attributes(pairs)


def of_area(field: Field) -> Markup:
    """Of a text of several lines."""
    return attributes({"rows": field.settings.get("rows"), "autocomplete": field.autocomplete})


def of_select(field: Field) -> Markup:
    """Of a long list to choose from."""
    return attributes({"autocomplete": field.autocomplete})


def of_file(field: Field) -> Markup:
    """Of an upload: what is accepted and whether several may be chosen at once; where and how much, for the script."""
    accepted = field.settings.get("accept") or ()
    most = field.settings.get("maxFiles", field.schema.get("maxItems", 1))
    return attributes(
        {
            "accept": ",".join(accepted) or None,
            "multiple": most != 1,
            "data-field": field.path,
            "data-most": most if isinstance(most, int) else None,
            "data-megabytes": field.settings.get("maxMegabytes", MOST_MEGABYTES),
        }
    )


def of_part(field: Field, part: str) -> Markup:
    """Of one input of a name, address or date. Only what the concept calls the applicant's own fills itself in."""
    own = field.autocomplete is not None
    known = BIRTHDAY if field.autocomplete == "bday" else PERSON | PLACE
    choosing = part == "era" or "enum" in field.schema.get("properties", {}).get(part, {})
    return attributes(
        {
            "class": None if choosing else "input w8" if part in SHORT else "input",
            "type": None if choosing else "text",
            "inputmode": "numeric" if part in CODES else None,
            "autocapitalize": "words" if part.endswith("_roman") else None,
            "autocomplete": known.get(part, "off") if own else "off",
            "enterkeyhint": None if choosing else "next",
        }
    )


def _only_digits(pattern: object) -> bool:
    return isinstance(pattern, str) and ONLY_DIGITS.fullmatch(pattern) is not None


def _width(field: Field) -> str:
    """A field is as wide as the answer it wants."""
    if field.type.name in {"integer", "number", "yen", "time", "postcode"}:
        return "w8"
    longest = field.schema.get("maxLength") or LONGEST.get(field.type.name, 99)
    return "w4" if longest <= NARROW else "w8" if longest <= MIDDLE else "w16" if longest <= WIDE else ""
