"""A frozen quote as a charge keeps it, and its share of each 歳入科目."""

from collections.abc import Sequence
from typing import Any

from engine.fees import FeeQuote, QuotedLine, spread


def keep_lines(quote: FeeQuote) -> list[dict[str, Any]]:
    """The quote's lines as JSON."""
    lines: list[dict[str, Any]] = quote.to_json()["lines"]
    return lines


def read_lines(kept: Sequence[dict[str, Any]]) -> tuple[QuotedLine, ...]:
    """What `keep_lines` gave."""
    return FeeQuote.from_json({"lines": kept, "waived_yen": 0, "total": 0}).lines


def shares(lines: Sequence[QuotedLine], total: int) -> dict[str, int]:
    """What of `total` yen falls to each 歳入科目, in proportion to what reductions of single lines leave of the lines.

    Limits and reductions of the whole change it for all, so each line bears its part; the yen that rounding down leaves
    over go to the lines with the largest remainders, the earlier line first. The shares add up to `total`.
    """
    left = [line.yen - line.less for line in lines]
    weights = left if any(left) else [line.yen for line in lines]
    if not any(weights):
        raise ValueError("a quote without an amount has no shares")
    found: dict[str, int] = {}
    for line, yen in zip(lines, spread(total, weights), strict=True):
        found[line.account] = found.get(line.account, 0) + yen
    return {account: yen for account, yen in found.items() if yen}
