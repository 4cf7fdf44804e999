"""What a source may be made of, before YAML is thought of: size, encoding, characters."""

import re

from engine.problems import Report, Spot
from engine.source import codes

LARGEST = 256 * 1024

# Control characters, other line breaks (YAML versions disagree on them, so lines would be counted differently),
# marks that turn the direction of text (a reviewer would read another text than the machine), half surrogates,
# non-characters.
FORBIDDEN = re.compile(
    "[\t\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]",
)
SHOWN = 10


def decode(source: str | bytes, report: Report) -> str | None:
    """The text with plain line ends and without a byte order mark; None after a problem."""
    if len(source) > LARGEST:
        report.add(codes.TOO_LARGE, Spot(1, 1), limit=LARGEST // 1024)
        return None
    text = _utf8(source, report) if isinstance(source, bytes) else source
    if text is None:
        return None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if len(text) * 3 > LARGEST and len(text.encode("utf-8", "replace")) > LARGEST:
        report.add(codes.TOO_LARGE, Spot(1, 1), limit=LARGEST // 1024)
        return None
    return text if _allowed(text, report) else None


def _utf8(source: bytes, report: Report) -> str | None:
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8")
        report.add(codes.BAD_UTF8, spot_after(before), byte=f"0x{source[error.start]:02X}")
        return None


def _allowed(text: str, report: Report) -> bool:
    fine = True
    for number, found in enumerate(FORBIDDEN.finditer(text)):
        if number == SHOWN:
            break
        fine = False
        _refuse(found.group(), spot_after(text[: found.start()]), report)
    return fine


def _refuse(character: str, spot: Spot, report: Report) -> None:
    if 0xDC80 <= ord(character) <= 0xDCFF:  # noqa: PLR2004 - how Python keeps a byte that is not UTF-8 (PEP 383)
        report.add(codes.BAD_UTF8, spot, byte=f"0x{ord(character) - 0xDC00:02X}")
    else:
        code = codes.TAB if character == "\t" else codes.CONTROL
        report.add(code, spot, character=f"U+{ord(character):04X}")


def spot_after(before: str) -> Spot:
    """The position that follows the text `before`."""
    return Spot(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
