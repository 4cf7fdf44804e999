"""Three answers after sending: how easy, how long, and words. Once for a case, and not to be led back to it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from hmac import new as hmac

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.model import Procedure
from procedures.days import tokyo_day
from procedures.models import Feedback

MOST_CHARACTERS = 1_000
MOST_MINUTES = 600
WORDS_KEPT = timedelta(days=365)
HIDDEN = "□"
_ADDRESS = re.compile(r"\S+@\S+")
_NUMBER = re.compile(r"(?:[0-9０-９][\s\-‐－ー−–—]?){6,}")
"""Six digits or more, however they are parted: telephone numbers, 個人番号, cards. A year or a fee stays."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody answered. `minutes` and `words` are optional."""

    ease: int
    minutes: int | None = None
    words: str = ""


def token_of(application_id: str, secret: str) -> str:
    """What stands for a case: without the secret nobody can tell for which."""
    return hmac(secret.encode(), f"feedback {application_id}".encode(), sha256).hexdigest()


def given(session: Session, token: str) -> bool:
    """Whether this case has answered."""
    return session.scalar(select(Feedback.id).where(Feedback.token == token)) is not None


def give(session: Session, now: datetime, procedure: Procedure, token: str, answers: Given, language: str) -> bool:
    """Keep the answers; False where this case had answered before. The day is kept, not the moment."""
    if given(session, token):
        return False
    session.add(
        Feedback(
            token=token,
            procedure_id=procedure.id,
            version=procedure.version,
            day=tokyo_day(now),
            ease=answers.ease,
            minutes=answers.minutes,
            words=mask(answers.words.strip()[:MOST_CHARACTERS]) or None,
            language=language,
        )
    )
    session.flush()
    return True


def mask(words: str) -> str:
    """Words without mail addresses and long numbers, which people write though they are asked not to."""
    return _NUMBER.sub(HIDDEN, _ADDRESS.sub(HIDDEN, words))


def forget_words(session: Session, today: date) -> int:
    """Erase words older than a year; the figures stay. Returns how many."""
    old = update(Feedback).where(Feedback.words.is_not(None), Feedback.day < today - WORDS_KEPT).values(words=None)
    return session.execute(old).rowcount
