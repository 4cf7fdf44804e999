"""What stands below every mail: who sent it, that nobody reads replies, whom to ask."""

from engine.words import say
from procedures.channels.notice import Sender


def footer(sender: Sender, language: str) -> list[str]:
    """The lines, the authority's name first."""
    lines = say("mail.footer", language, authority=sender.name(language)).strip().split("\n")
    contact = sender.contact(language)
    return [*lines, contact] if contact else lines


def whole_text(body: str, sender: Sender, language: str) -> str:
    """A mail's plain text: what is told, then the footer behind the usual two dashes (RFC 3676)."""
    return "\n".join([body, "-- ", *footer(sender, language), ""])
