"""Images are drawn anew: position, device and hidden data stay behind."""

from io import BytesIO

from procedures.errors import FileRefused

MAX_PIXELS = 50_000_000
"""A phone's photo has 12 to 50 million; more is a mistake or a bomb."""

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_MODES = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L", "LA", "1"), "WEBP": ("RGB", "RGBA")}


def reencode(content: bytes, media_type: str) -> bytes:
    """The same picture, upright, as a new file without metadata. Raises `FileRefused` for what cannot be drawn."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    form = _FORMATS[media_type]
    try:
        with Image.open(BytesIO(content), formats=[form]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise FileRefused("notices.file_too_many_pixels")
            picture = ImageOps.exif_transpose(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileRefused("notices.file_too_many_pixels") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise FileRefused("notices.file_broken") from None
    return _save(picture, form)


def _save(picture: object, form: str) -> bytes:
    from PIL import Image

    modes = _MODES[form]
    drawn = picture if picture.mode in modes else picture.convert(modes[1] if _see_through(picture, modes) else "RGB")
    clean = Image.new(drawn.mode, drawn.size)
    clean.paste(drawn)
    kept = BytesIO()
    clean.save(kept, form, **({"quality": 90, "optimize": True} if form == "JPEG" else {}))
    return kept.getvalue()


def _see_through(picture: object, modes: tuple[str, ...]) -> bool:
    return modes[1] == "RGBA" and (picture.mode in {"PA", "La", "RGBa"} or "transparency" in picture.info)
