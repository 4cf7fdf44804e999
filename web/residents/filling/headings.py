"""What pages and items are called: the author's words, with the answers that they repeat."""

from engine.journey import Journey
from engine.model import Field
from engine.model.text import Tell
from engine.retelling import teller
from engine.words import say
from web.forms.wording import worded
from web.residents.filling.places import Path, around


def tell_at(journey: Journey, path: Path = ()) -> Tell:
    """Tells answers as wordings at `path` may repeat them: those of its items too."""
    places = [around(journey, path[: end + 1]) for end, key in enumerate(path) if isinstance(key, int)]
    return teller(journey, *((place.fields, place.answers) for place in places if place is not None))


def item_heading(journey: Journey, listed: Field, path: Path, language: str) -> tuple[str, str]:
    """The title of the item at `path` (its place last) with its number, and the `lang` attribute.

    It is called as the author calls an item by its answers, else as the list is called.
    """
    number = int(path[-1]) + 1
    own = listed.items.title if listed.items is not None else listed.title
    if not own.repeats:
        title, lang = worded(listed.title.told(tell_at(journey, path[:-1])), language)
        return f"{title} {number}", lang
    title, lang = worded(own.told(tell_at(journey, path)), language)
    return say("resident.item_called", language, item=title, number=number), lang
