"""What people type on Japanese keyboards for digits, spaces and dashes, and what it stands for.

Only for numbers and codes: in names and addresses these characters are left as they are.
"""

import re
import unicodedata

_DASHES = "‐‑‒–—―−－ーｰ﹣⁃⁻₋─━"
_TO_ASCII = {
    **{ord("０") + digit: str(digit) for digit in range(10)},
    **{ord(dash): "-" for dash in _DASHES},
    ord("．"): ".",
    ord("，"): ",",
    ord("＋"): "+",
    ord("／"): "/",
    ord("（"): "(",
    ord("）"): ")",
    ord("＠"): "@",
}
_SPACES = re.compile(r"\s+")
_TURNING = "\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(f"[\x00-\x1f\x7f-\x9f\ud800-\udfff{_TURNING}]")
_UNSEEN_IN_LINES = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff{_TURNING}]")


def plain(text: str) -> str:
    """Digits, dashes and signs as ASCII, all spaces gone."""
    return _SPACES.sub("", text.translate(_TO_ASCII))


def digits_of(text: str) -> str:
    """The same without dashes and brackets, as in telephone numbers and postcodes."""
    return plain(text).translate({ord(sign): None for sign in "-()"})


def has_control_character(text: str, *, lines: bool = False) -> bool:
    """Whether an invisible control character stands in it; line breaks are fine where there are `lines`.

    Such are the control codes, halves of surrogate pairs, and the signs that turn the direction of what follows
    (Unicode Technical Report 36). Variation selectors and joiners are part of how a name is written.
    """
    return (_UNSEEN_IN_LINES if lines else _UNSEEN).search(text) is not None


def katakana(text: str) -> str:
    """Hiragana and half-width katakana as full-width katakana, single spaces; other signs stay."""
    wide = "".join(unicodedata.normalize("NFKC", run) if _half_width(run) else run for run in _runs(text))
    return " ".join("".join(_to_katakana(sign) for sign in wide).split())


def hiragana(text: str) -> str:
    """Full-width katakana as hiragana; other signs stay."""
    return "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in text)


def _runs(text: str) -> list[str]:
    """Runs of half-width katakana (whose voice marks are signs of their own), and of anything else."""
    return re.findall(r"[\uff61-\uff9f]+|[^\uff61-\uff9f]+", text)


def _half_width(run: str) -> bool:
    return "\uff61" <= run[0] <= "\uff9f"


def _to_katakana(sign: str) -> str:
    return chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign
