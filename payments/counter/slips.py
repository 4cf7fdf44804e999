"""Numbers of slips as people write them: any width, any dash, compared in one form."""

import re
import unicodedata

LONGEST = 30
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u30fc\uff0d\uff70~\u301c]")
_FORM = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*", re.ASCII)


class BadSlip(Exception):
    """No number of a slip: letters, digits and dashes, at most `LONGEST`."""


def plain(text: str) -> str:
    """The number in one form: narrow, capital, plain dashes, no spaces. Raises `BadSlip`."""
    written = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).upper()
    number = "".join(written.split())
    if len(number) > LONGEST or not _FORM.fullmatch(number):
        raise BadSlip(text)
    return number
