"""Where an answer came from, in words."""

from contextlib import suppress

from sqlalchemy.orm import Session

from engine.words import say
from procedures import library
from procedures.errors import NotFound
from procedures.profiles.known import Source
from web.context import language, settings
from web.pages.rendering import show_date


def source_words(session: Session, source: Source) -> str:
    """One line: `from your profile (dog registration, 3 March 2026)`."""
    day = show_date(source.on)
    if source.kind == "verified":
        return say("once.verified", language(), issuer=_issuer(source.issuer or ""), day=day)
    if source.kind == "begun_from":
        return say("once.from_earlier", language(), day=day)
    what = _title(session, source.digest)
    if source.kind == "profile" and not what:
        return say("once.from_profile_itself", language(), day=day)
    return say(f"once.from_{source.kind}", language(), day=day, what=what)


def _title(session: Session, digest: str | None) -> str:
    """The name of the procedure; nothing where it is not known any more."""
    with suppress(NotFound):
        return library.by_digest(session, digest).title.say(language()) if digest else ""
    return ""


def _issuer(issuer: str) -> str:
    """Its name as people know it from the sign-in page."""
    known = (one for one in settings().issuers if issuer in {one.id, one.issuer})
    return next((one.title.say(language()) for one in known), issuer)
