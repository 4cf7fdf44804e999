"""Images are drawn anew: position, device and hidden data stay behind."""

import struct
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from procedures.errors import FileRefused
from procedures.uploads.cleaned import Cleaned

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MAX_PIXELS = 50_000_000
"""A phone's photo has 12 to 50 million; more is a mistake or a bomb."""

SMALL = 160
"""Pixels of the longer side of a picture of a picture: 80 points on most phones."""

_READ = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
_WRITTEN = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "GIF": "PNG", "HEIF": "JPEG"}
"""As what each is kept: of a GIF its first picture, and a HEIC photo as browsers can show it."""

_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_MODES = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L", "LA", "1"), "WEBP": ("RGB", "RGBA")}
_OPTIONS: Mapping[str, Mapping[str, Any]] = {"JPEG": {"quality": 90, "optimize": True}, "PNG": {}, "WEBP": {}}

_TRIPS = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    struct.error,
)
"""What decoders raise over a broken file; a HEIC that ends too early is an EOFError."""


def reencode(content: bytes, media_type: str) -> Cleaned:
    """The same picture, upright, as a new file without metadata. Raises `FileRefused` for what cannot be drawn."""
    return _drawn_anew(content, _READ[media_type])


def from_heic(content: bytes) -> Cleaned:
    """A phone's HEIC photo as JPEG. Raises `FileRefused`."""
    from pillow_heif import register_heif_opener

    register_heif_opener()
    return _drawn_anew(content, "HEIF")


def smaller(content: bytes) -> bytes:
    """A small JPEG of a picture that was kept, to recognise it by."""
    from PIL import Image

    with Image.open(BytesIO(content), formats=list(_TYPES)) as image:
        image.draft("RGB", (2 * SMALL, 2 * SMALL))  # a JPEG is decoded at a fraction of its size
        image.thumbnail((SMALL, SMALL))
        if "A" in image.getbands() or "transparency" in image.info:
            seen = Image.new("RGBA", image.size, "white")
            seen.alpha_composite(image.convert("RGBA"))
            return _save(seen.convert("RGB"), "JPEG", quality=70)
        return _save(image.convert("RGB"), "JPEG", quality=70)


def _drawn_anew(content: bytes, form: str) -> Cleaned:
    from PIL import Image, ImageOps

    kept = _WRITTEN[form]
    try:
        with Image.open(BytesIO(content), formats=[form]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise FileRefused("notices.file_too_many_pixels")
            picture = ImageOps.exif_transpose(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileRefused("notices.file_too_many_pixels") from None
    except _TRIPS:
        raise FileRefused("notices.file_broken") from None
    return Cleaned(_clean(picture, kept), _TYPES[kept])


def _clean(picture: "Picture", form: str) -> bytes:
    from PIL import Image

    modes = _MODES[form]
    drawn = picture if picture.mode in modes else picture.convert(modes[1] if _see_through(picture, modes) else "RGB")
    clean = Image.new(drawn.mode, drawn.size)
    clean.paste(drawn)
    return _save(clean, form, **_OPTIONS[form])


def _save(picture: "Picture", form: str, **options: Any) -> bytes:
    kept = BytesIO()
    picture.save(kept, form, **options)
    return kept.getvalue()


def _see_through(picture: "Picture", modes: tuple[str, ...]) -> bool:
    return modes[1] == "RGBA" and (picture.mode in {"PA", "La", "RGBa"} or "transparency" in picture.info)
