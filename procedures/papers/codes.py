"""Verification codes of certificates: printed on the paper, checked by anybody who holds it.

A code follows from the certificate's id and the site's secret, so it can be printed again; the database keeps only its
hash. Who reads the database can neither print a code nor look one up, and a code that was printed stays good when the
secret is changed.
"""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from engine.references import ALPHABET, MODULUS, check_character, typed

LENGTH = 15
"""Characters before the check character: 74 bits that nobody guesses."""
GROUP = 4


@dataclass(frozen=True, slots=True)
class Verifying:
    """What codes are made of and where they are checked: the site's secret and its public address."""

    secret: str
    public_url: str

    def code_of(self, certificate_id: str) -> str:
        """`7K3M-9QFA-…`, four groups of four."""
        proof = hmac.digest(self.secret.encode(), b"certificate-code:" + certificate_id.encode(), "sha256")
        number, characters = int.from_bytes(proof), ""
        for _ in range(LENGTH):
            number, place = divmod(number, MODULUS)
            characters += ALPHABET[place]
        return written(characters + check_character(characters))

    @property
    def page(self) -> str:
        """Where a code is typed."""
        return f"{self.public_url.rstrip('/')}/verify"

    def address(self, code: str) -> str:
        """Where the QR code leads."""
        return f"{self.page}/{code}"


def written(characters: str) -> str:
    """In groups."""
    return "-".join(characters[place : place + GROUP] for place in range(0, len(characters), GROUP))


def normalise(text: str) -> str | None:
    """The code that was meant, however it was typed; None where it is none or mistyped."""
    characters = typed(text[:100])
    if len(characters) != LENGTH + 1 or not set(characters) <= set(ALPHABET):
        return None
    return written(characters) if check_character(characters[:-1]) == characters[-1] else None


def code_hash(code: str) -> str:
    """What the database keeps of a code."""
    return sha256(code.encode()).hexdigest()


def qr_svg(address: str) -> str:
    """The address as a QR code (SVG), with the quiet zone that readers need."""
    import segno

    target = BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="svg", border=4, xmldecl=False)
    return target.getvalue().decode()
