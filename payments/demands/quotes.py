"""A frozen quote as a charge keeps it, and its share of each 歳入科目."""

from collections.abc import Sequence
from typing import Any

from engine.fees import FeeQuote, QuotedLine


def keep_lines(quote: FeeQuote) -> list[dict[str, Any]]:
    """The quote's lines as JSON."""
    lines: list[dict[str, Any]] = quote.to_json()["lines"]
    return lines


def read_lines(kept: Sequence[dict[str, Any]]) -> tuple[QuotedLine, ...]:
    """What `keep_lines` gave."""
    return FeeQuote.from_json({"lines": kept, "waived_yen": 0, "total": 0}).lines


def shares(lines: Sequence[QuotedLine], total: int) -> dict[str, int]:
    """What of `total` yen falls to each 歳入科目, in proportion to the lines.

    Waivers lower the whole, so each line bears its part; the yen that rounding down leaves over go to the lines with
    the largest remainders, the earlier line first. The shares add up to `total`.
    """
    gross = sum(line.yen for line in lines)
    if gross <= 0:
        raise ValueError("a quote without an amount has no shares")
    parts = [divmod(line.yen * total, gross) for line in lines]
    left = total - sum(whole for whole, _ in parts)
    favoured = sorted(range(len(lines)), key=lambda place: (-parts[place][1], place))[:left]
    found: dict[str, int] = {}
    for place, line in enumerate(lines):
        found[line.account] = found.get(line.account, 0) + parts[place][0] + (place in favoured)
    return {account: yen for account, yen in found.items() if yen}
