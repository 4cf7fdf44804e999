"""Addresses that visitors may send us on to: only pages of our own."""

from urllib.parse import urlsplit

LONGEST = 512


def local_path(wanted: str | None, otherwise: str = "/") -> str:
    """`wanted` if it is a path of this site, else `otherwise`. Nothing that a browser could read as another host."""
    if not wanted or len(wanted) > LONGEST or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return otherwise
    if "\\" in wanted or any(ord(character) < 0x21 or ord(character) == 0x7F for character in wanted):  # noqa: PLR2004
        return otherwise
    parts = urlsplit(wanted)
    return otherwise if parts.scheme or parts.netloc else wanted
