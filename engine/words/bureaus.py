"""The names of bureaus, by the ids that procedures use."""

from engine.words import catalogue, say


def bureau_name(bureau: str, language: str) -> str:
    """The name of a bureau; its id where nobody has named it."""
    key = f"bureau.{bureau}"
    return say(key, language) if key in catalogue() else bureau
