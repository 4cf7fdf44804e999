"""Names of files, made safe to show and to send."""

import re
import unicodedata

LONGEST = 100
_NOT_IN_NAMES = re.compile(r'[<>:"|?*;\\/]')


def safe_name(name: str, extension: str) -> str:
    """The last part of the name, without control or direction characters, with the extension of what the file is.

    Other characters stay as they are: a name may be written with 髙 or 葛󠄀.
    """
    last = re.split(r"[\\/]", name)[-1]
    shown = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    stem = _NOT_IN_NAMES.sub("_", shown.rsplit(".", 1)[0] if "." in shown else shown).strip(" .")
    return (stem[: LONGEST - len(extension)] or "file") + extension
