"""An address filled in from its postcode by a button, without JavaScript; of several places, one is chosen.

The button `find_address` names the address; the select `<address>.found` holds the place that was chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.digits import whole
from engine.fields.keyboards import digits_of
from engine.words import say
from web.context import language
from web.postcodes import Place, places
from web.residents.filling.replies import Texts


@dataclass(frozen=True, slots=True)
class Found:
    """The page's texts with the address filled in as far as it is known, and what to say about it by input name."""

    texts: Texts
    refused: Mapping[str, list[str]]


def find(asked: str, chosen: str, texts: Texts) -> Found | None:
    """What comes of the button; None where the page has no such address. `chosen` counts the places from 1."""
    postcode = texts.get(f"{asked}.postcode")
    if postcode is None:
        return None
    digits = digits_of(postcode[0] if postcode else "").removeprefix("〒")
    known = places(digits)
    if not known:
        return Found(texts, {f"{asked}.postcode": [say("parts.no_such_postcode", language())]})
    if number := whole(chosen, len(known)):
        known = (known[number - 1],)
    if len(known) > 1:
        return Found({**texts, f"{asked}.found": [str(place) for place in known]}, {})
    return Found({**texts, **_filled(asked, known[0], texts)}, {})


def _filled(asked: str, place: Place, texts: Texts) -> dict[str, list[str]]:
    """The inputs that a place fills; a street that was typed already stays."""
    street = next(iter(texts.get(f"{asked}.street") or ()), "")
    return {
        f"{asked}.prefecture": [place.prefecture],
        f"{asked}.city": [place.city],
        f"{asked}.street": [street or place.street],
    }
