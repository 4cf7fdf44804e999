"""Marks: words that nobody writes by chance, one for each thing that somebody tells; and finding them in anything."""

import gzip
import html
import re
import zlib
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from functools import partial
from io import BytesIO
from random import Random
from threading import Lock
from unicodedata import normalize
from urllib.parse import unquote

from pypdf import PdfReader
from pypdf.errors import PyPdfError

LETTERS = "bcdfghjkmnpqrstvwxyz"
WORD = re.compile(r"qzx([bcdfghjkmnpqrstvwxyz]{12})", re.IGNORECASE)
NUMBER = re.compile(r"0[\s-]?9[\s-]?0(?:[\s-]?[0-9]){8}")
BASE64 = re.compile(rb"[A-Za-z0-9+/]{24,}={0,2}")


@dataclass(frozen=True)
class Mark:
    """Whose thing it is, what kind of thing (name, answer, file, message, mail, phone, note, decision), and where."""

    owner: str
    kind: str
    office: str = ""


@dataclass
class Marks:
    """Every mark that was given out."""

    chance: Random
    known: dict[str, Mark] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def word(self, mark: Mark) -> str:
        """A new word for this."""
        with self.lock:
            word = "qzx" + "".join(self.chance.choices(LETTERS, k=12))
            self.known[word] = mark
        return word

    def phone(self, mark: Mark) -> str:
        """A new telephone number for this."""
        with self.lock:
            number = "090" + "".join(self.chance.choices("0123456789", k=8))
            self.known[number] = mark
        return number

    def said_in(self, content: bytes) -> set[Mark]:
        """Whose marks are anywhere in it: as text, escaped, encoded, compressed, drawn in a PDF, or in its metadata."""
        found: set[Mark] = set()
        for text in map(partial(normalize, "NFKC"), readings(content)):  # full-width digits are digits
            words = [f"qzx{word.lower()}" for word in WORD.findall(text)]
            words += [re.sub(r"\D", "", number) for number in NUMBER.findall(text)]
            found |= {self.known[word] for word in words if word in self.known}
        return found


def readings(content: bytes) -> Iterator[str]:
    """Everything that the bytes can be read as."""
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    text = content.decode("utf-8", "replace")
    yield text
    yield unquote(html.unescape(text))
    yield text.replace("\0", "")  # UTF-16, as in the metadata of PDFs
    if "\\u" in text:
        yield text.encode("ascii", "replace").decode("unicode_escape", "replace")
    for piece in BASE64.findall(content[:200_000]):
        try:
            yield b64decode(piece + b"=" * (-len(piece) % 4)).decode("utf-8", "replace")
        except (NotBase64, ValueError):
            continue
    if content[:5] == b"%PDF-":
        yield from _of_pdf(content)
    if b"MIME-Version" in content[:4000]:
        yield from _of_mail(content)


def _of_pdf(content: bytes) -> Iterator[str]:
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            yield zlib.decompressobj().decompress(stream).decode("latin-1").replace("\0", "")
        except zlib.error:
            continue
    try:
        reader = PdfReader(BytesIO(content))
        yield " ".join("".join(page.extract_text().split()) for page in reader.pages)
        yield str(dict(reader.metadata or {}))
    except (PyPdfError, ValueError, KeyError):
        return


def _of_mail(content: bytes) -> Iterator[str]:
    mail = message_from_bytes(content, policy=policy.default)
    yield " ".join(str(value) for value in mail.values())
    for part in mail.walk():
        if not part.is_multipart():
            yield (part.get_payload(decode=True) or b"").decode("utf-8", "replace")
