"""Short references for people: eight characters that cannot be mistaken for each other, the last a check character.

The check is a pure system in the manner of ISO/IEC 7064 with the prime modulus 31 and radix 3, a primitive root of 31:
every single wrong character and every exchange of two characters is found.
"""

import unicodedata

from engine.fields.keyboards import plain

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"  # no 0 O, 1 I, U
LENGTH = 7
GROUP = 4
MODULUS = len(ALPHABET)
RADIX = 3


def new_reference(random_bytes: bytes) -> str:
    """`7K3M-9QFA` out of at least eight random bytes; whether it was given before is for the caller to find out."""
    if len(random_bytes) < LENGTH + 1:
        raise ValueError(f"a reference needs {LENGTH + 1} random bytes")
    number = int.from_bytes(random_bytes, "big")
    characters = ""
    for _ in range(LENGTH):
        number, place = divmod(number, MODULUS)
        characters += ALPHABET[place]
    return written(characters + check_character(characters))


def check_character(characters: str) -> str:
    """The check character of these; all must be of the alphabet."""
    total = 0
    for character in characters:
        total = (total + ALPHABET.index(character)) * RADIX % MODULUS
    return ALPHABET[(-total) % MODULUS]


def normalise(text: str) -> str | None:
    """The reference that was meant, however it was typed; None where it is none or mistyped."""
    characters = typed(text)
    if len(characters) != LENGTH + 1 or not set(characters) <= set(ALPHABET):
        return None
    return written(characters) if check_character(characters[:-1]) == characters[-1] else None


def typed(text: str) -> str:
    """The characters that were meant: full-width or small letters, spaces and any dash make no difference."""
    return plain(unicodedata.normalize("NFKC", text)).upper().replace("-", "")


def written(characters: str) -> str:
    """With a dash in the middle."""
    return f"{characters[:GROUP]}-{characters[GROUP:]}"
