"""Files: cleaned or refused in words, whatever their heads promise; the PDF and HEIC readers in their own process."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from random import Random

from engine.words import say
from procedures.errors import FileRefused
from procedures.uploads.content import examine, media_type_of
from procedures.uploads.images import from_heic
from procedures.uploads.pdfs import clean
from tests.hostile.mutation import spoiled
from tests.hostile.target import Attack, Target

ACCEPT = ["image/*", "application/pdf"]
MOST_BYTES = 20 * 1024 * 1024
HEAD = 64


def seeds() -> list[bytes]:
    """A small file of each kind that is taken, and heads of others."""
    from pikepdf import Dictionary, Name, Pdf
    from PIL import Image
    from pillow_heif import register_heif_opener

    register_heif_opener()
    found = []
    for form, mode in (("JPEG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB"), ("GIF", "P"), ("HEIF", "RGB"), ("PNG", "1")):
        target = BytesIO()
        Image.new(mode, (16, 12)).save(target, form)
        found.append(target.getvalue())
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(100, 100))
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    target = BytesIO()
    pdf.save(target)
    heads = (b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", b"GIF89a")
    return [*found, target.getvalue(), *heads, b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"PK\x03\x04"]


def spoil(chance: Random, source: bytes, others: Sequence[bytes]) -> bytes:
    """Spoiled near the beginning, where it says what it is and how large, or anywhere; or another's head on it."""
    way = chance.random()
    if way < 0.15:
        return chance.choice(others)[: chance.randrange(4, HEAD)] + source[chance.randrange(HEAD) :]
    if way < 0.6 and len(source) > HEAD:
        return spoiled(chance, source[: 4 * HEAD], others) + source[4 * HEAD :]
    return spoiled(chance, source, others)


def attack(source: bytes) -> frozenset[str]:
    """What it became, or the key of what is told. PDF and HEIC are read here, which is quicker than in a process."""
    try:
        kind = media_type_of(source)
        if kind == "application/pdf":
            kept = clean(source, 50)
        elif kind == "image/heic":
            kept = from_heic(source)
        else:
            kept = examine(source, ACCEPT, MOST_BYTES)
    except FileRefused as refusal:
        return frozenset({refusal.key, say(refusal.key, "ja", **refusal.params)[:0]})
    return frozenset({kept.media_type, *kept.removed})


@contextmanager
def opened() -> Iterator[Attack]:
    """Needs nothing."""
    yield attack


TARGET = Target(seeds, opened, spoil, few=80)
