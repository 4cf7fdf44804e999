"""What a notice says, in the applicant's language."""

from collections.abc import Mapping
from datetime import date

from engine.fields.days import show_day
from engine.words import say


def worded(kind: str, language: str, parameters: Mapping[str, object], authority: str) -> tuple[str, str]:
    """Subject and body. A wording that needs a parameter which is not given is a programming error: KeyError."""
    shown = {name: _shown(language, value) for name, value in parameters.items()}
    if "yen" in parameters:
        shown["yen"] = say("notices.yen", language, amount=parameters["yen"])
    subject = say(f"notices.{kind}_subject", language, **shown)
    body = say(f"notices.{kind}_body", language, **shown)
    return subject, f"{body}\n{say('notices.footer', language, authority=authority)}"


def _shown(language: str, value: object) -> object:
    return show_day(value, language) if isinstance(value, date) else value
