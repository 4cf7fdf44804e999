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
from procedures.uploads.images import reencode, smaller
from procedures.uploads.names import LONGEST, safe_name
from procedures.uploads.pdfs import clean
from tests.uploaded import heic, pdf, photo, picture, zipped

MAX = 1024 * 1024
PDF = pdf()


def refused(content: bytes, accept: tuple[str, ...] = (), limit: int = MAX) -> str:
    with pytest.raises(FileRefused) as error:
        examine(content, accept, limit)
    for language in LANGUAGES:
        assert say(error.value.key, language, **error.value.params)
    return error.value.key.removeprefix("notices.file_").removeprefix("uploads.")


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


def test_of_a_moving_picture_the_first_is_kept() -> None:
    first, second = (Image.new("P", (20, 10), colour) for colour in (1, 2))
    moving = BytesIO()
    first.save(moving, "GIF", save_all=True, append_images=[second])
    kept = examine(moving.getvalue(), ["image/*"], MAX)
    assert kept.media_type == "image/png"
    with Image.open(BytesIO(kept.content)) as image:
        assert (image.size, getattr(image, "n_frames", 1)) == ((20, 10), 1)


@pytest.mark.parametrize("accept", [(), ("image/*",), ("image/jpeg",), ("image/heic",)])
def test_an_iphones_photo_becomes_one_that_browsers_show(accept: tuple[str, ...]) -> None:
    kept = examine(heic(), accept, MAX)
    assert kept.media_type == "image/jpeg"
    with Image.open(BytesIO(kept.content)) as image:
        assert image.size == (64, 32)
        assert not image.getexif()
        red, _, blue = image.getpixel((8, 16))
        assert red > 200
        assert blue < 60
    assert b"Hanako" not in kept.content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"x" * (MAX + 1), "too_large"),
        (b"MZ\x90\x00" + b"\x00" * 100, "type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "type"),
        (b"<html><script>1</script></html>", "type"),
        (zipped(bytes(100)), "type"),
        (b"just some words", "type"),
        (b"\n" + PDF, "type"),
        (zipped() + PDF, "type"),
        (b"<html>" + PDF, "type"),
        (heic()[:200], "broken"),
        (photo()[:200], "broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "type"),
        (b"GIF89a" + b"\x00" * 50, "broken"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_clear_words(content: bytes, why: str) -> None:
    assert refused(content) == why


def test_a_photo_that_is_an_archive_or_a_page_as_well_is_only_a_photo_after() -> None:
    for other in (zipped(b"secret"), b"<script>alert(1)</script>"):
        kept = examine(photo() + other, [], MAX)
        assert other not in kept.content
        assert kept.content.endswith(b"\xff\xd9")


def test_only_what_the_question_asks_for() -> None:
    assert refused(PDF, ("image/*",)) == "not_asked_for"
    assert refused(picture("JPEG"), ("application/pdf",)) == "not_asked_for"
    with pytest.raises(FileRefused) as error:
        examine(picture("JPEG"), ("application/pdf",), MAX)
    assert say(error.value.key, "en", **error.value.params) == "This question takes PDF. Please choose such a file."


def test_a_bomb_of_pixels_is_not_drawn() -> None:
    assert refused(picture("PNG", "1", (20_000, 20_000))) == "too_many_pixels"
    assert refused(picture("PNG", "1", (8_000, 8_000))) == "too_many_pixels"


@given(st.binary(max_size=300))
def test_no_bytes_do_anything_but_be_kept_or_refused(content: bytes) -> None:
    starts = {"image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "image/png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"}
    with suppress(FileRefused):
        clean(b"%PDF-1.4" + content + b"%%EOF", 9)
    for media_type, start in starts.items():
        with suppress(FileRefused):
            reencode(start + content, media_type)


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "1"), ("PNG", "RGBA"), ("PNG", "LA"), ("WEBP", "RGB")]
)
def test_a_picture_of_a_picture_is_small(form: str, mode: str) -> None:
    kept = examine(picture(form, mode, (1200, 800)), [], MAX)
    small = smaller(kept.content)
    with Image.open(BytesIO(small)) as image:
        assert image.size == (160, 107)
        assert image.format == "JPEG"
    assert len(small) < 4000


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
