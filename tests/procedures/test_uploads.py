"""Uploads are judged by their bytes; pictures lose what the camera hid in them; refusals say what to do."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.words import LANGUAGES, say
from procedures.errors import FileRefused
from procedures.uploads.content import examine
from procedures.uploads.names import LONGEST, safe_name

MAX = 1024 * 1024
GPS, ORIENTATION = 34853, 274
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def picture(form: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    kept = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 1).save(kept, form, **options)
    return kept.getvalue()


def photo() -> bytes:
    """A phone's photo, held upright: turned by its EXIF, with the place where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Hanako's phone"
    exif.get_ifd(GPS)[1] = "N"
    return picture("JPEG", exif=exif)


def refused(content: bytes, accept: tuple[str, ...] = (), limit: int = MAX) -> str:
    with pytest.raises(FileRefused) as error:
        examine(content, accept, limit)
    for language in LANGUAGES:
        assert say(error.value.key, language, **error.value.params)
    return error.value.key.removeprefix("notices.file_")


def test_a_photo_loses_place_and_device_and_stands_upright() -> None:
    kept = examine(photo(), ["image/*"], MAX)
    assert kept.media_type == "image/jpeg"
    with Image.open(BytesIO(kept.content)) as image:
        assert image.size == (20, 40)
        assert not image.getexif()
    assert b"Hanako" not in kept.content
    assert b"Exif" not in kept.content


@pytest.mark.parametrize(
    ("form", "mode", "media_type"),
    [("JPEG", "RGB", "image/jpeg"), ("JPEG", "CMYK", "image/jpeg"), ("JPEG", "L", "image/jpeg"),
     ("PNG", "RGB", "image/png"), ("PNG", "P", "image/png"), ("PNG", "1", "image/png"), ("PNG", "I;16", "image/png"),
     ("PNG", "RGBA", "image/png"), ("WEBP", "RGB", "image/webp")],
)  # fmt: skip
def test_pictures_are_drawn_anew(form: str, mode: str, media_type: str) -> None:
    kept = examine(picture(form, mode), [], MAX)
    assert kept.media_type == media_type
    with Image.open(BytesIO(kept.content)) as image:
        image.load()
        assert image.format == form


def test_text_hidden_in_a_picture_is_left_behind() -> None:
    from PIL.PngImagePlugin import PngInfo

    hidden = PngInfo()
    hidden.add_text("Comment", "secret words")
    content = picture("PNG", pnginfo=hidden) + b"<script>after the end</script>"
    kept = examine(content, [], MAX).content
    assert b"secret" not in kept
    assert b"script" not in kept


def test_a_pdf_is_kept_as_it_is() -> None:
    assert examine(PDF, ["application/pdf"], MAX).content == PDF


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"x" * (MAX + 1), "too_large"),
        (b"MZ\x90\x00" + b"\x00" * 100, "type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "type"),
        (b"<html><script>1</script></html>", "type"),
        (b"PK\x03\x04" + b"\x00" * 60, "type"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + b"\x00" * 40, "heic"),
        (photo()[:200], "broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "type"),
        (PDF[:-7], "broken"),
        (PDF.replace(b"/Root", b"/Encrypt 2 0 R /Root"), "locked"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_clear_words(content: bytes, why: str) -> None:
    assert refused(content) in {why, "broken"}


def test_only_what_the_question_asks_for() -> None:
    assert refused(PDF, ("image/*",)) == "type"
    assert refused(picture("JPEG"), ("application/pdf",)) == "type"


def test_a_bomb_of_pixels_is_not_drawn() -> None:
    assert refused(picture("PNG", "1", (20_000, 20_000))) == "too_many_pixels"
    assert refused(picture("PNG", "1", (8_000, 8_000))) == "too_many_pixels"


@given(st.binary(max_size=300))
def test_no_bytes_do_anything_but_be_kept_or_refused(content: bytes) -> None:
    for start in (b"", b"%PDF-1.4", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"):
        with suppress(FileRefused):
            examine(start + content, [], MAX)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("接種証.jpeg", "接種証.jpg"),
        ("C:\\Users\\花子\\写真.PNG", "写真.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("evil.exe", "evil.jpg"),
        ("cod\u202egpj.exe", "codgpj.jpg"),
        ("line\r\nSet-Cookie: a.jpg", "lineSet-Cookie_ a.jpg"),
        ("髙𠮷葛󠄀.jpg", "髙𠮷葛󠄀.jpg"),
        (".jpg", "file.jpg"),
        ("", "file.jpg"),
    ],
)
def test_names_are_safe_to_show(given_name: str, kept: str) -> None:
    assert safe_name(given_name, ".jpg") == kept


@given(st.text(max_size=300))
def test_every_name_is_short_and_clean(name: str) -> None:
    safe = safe_name(name, ".pdf")
    assert 5 <= len(safe) <= LONGEST
    assert safe.endswith(".pdf")
    assert not set(safe) & set('<>:"|?*;\\/\r\n\0')
