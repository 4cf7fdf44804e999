"""Terms as they lie in the database: in place of each sign stands a keyed hash of the term up to it.

So a term begins with a word exactly where what lies for the term begins with what lies for the word, and an index finds
one by the other. Whoever reads the database without the keys learns which terms begin alike, and nothing else of them.
Two signs that follow the same beginning are taken for each other once in 16 million pairs.
"""

import hmac
from base64 import urlsafe_b64encode

from procedures.keyring.live import current

HOLDER = "search"
"""Whose key it is: one of the installation, since a search asks all cases at once."""
BEHIND_ALL = "~"
"""Behind every sign that a keyed term is made of."""
_PLAIN_BEHIND_ALL = "\U0010ffff"
_BYTES = 3  # of each hash: four signs


def written(term: str) -> str:
    """What is written for a term."""
    key = current().raw(HOLDER, make=True)
    return term if key is None else _hashed(key, term)


def ranges(word: str) -> list[tuple[str, str]]:
    """From where up to where (without) the terms lie that begin with a word."""
    key = current().raw(HOLDER)
    keyed = [] if key is None else [(start := _hashed(key, word), start + BEHIND_ALL)]
    return keyed if keyed and current().finished() else [*keyed, (word, word + _PLAIN_BEHIND_ALL)]


def spellings(term: str) -> list[str]:
    """What may have been written for a whole term."""
    return [start for start, _ in ranges(term)]


def _hashed(key: bytes, term: str) -> str:
    hashes = (hmac.digest(key, term[:end].encode(), "sha256")[:_BYTES] for end in range(1, len(term) + 1))
    return urlsafe_b64encode(b"".join(hashes)).decode("ascii")
