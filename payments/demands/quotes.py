"""A frozen quote as a charge keeps it, and its share of each 歳入科目."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.fees import FeeQuote
from engine.model import Text
from payments.views import ChargeLine


def lines_of(quote: FeeQuote) -> list[dict[str, Any]]:
    """The quote's lines as JSON, the wording in every language that its author gave."""
    return [
        {
            "id": line.id,
            "title": {"ja": line.title.ja, **line.title.others},
            "law": line.law,
            "account": line.account,
            "count": line.count,
            "unit_yen": line.unit_yen,
            "yen": line.yen,
        }
        for line in quote.lines
    ]


def read_lines(stored: Iterable[Mapping[str, Any]]) -> tuple[ChargeLine, ...]:
    """The way back of `lines_of`."""
    return tuple(
        ChargeLine(
            line["id"],
            Text(line["title"]["ja"], {key: value for key, value in line["title"].items() if key != "ja"}),
            line["law"],
            line["account"],
            line["count"],
            line["unit_yen"],
            line["yen"],
        )
        for line in stored
    )


def shares(lines: Sequence[ChargeLine], total: int) -> dict[str, int]:
    """What of `total` yen falls to each 歳入科目, in proportion to the lines.

    Waivers lower the whole, so each line bears its part; the yen that rounding down leaves over go to the lines with
    the largest remainders, the earlier line first. The shares add up to `total`.
    """
    gross = sum(line.yen for line in lines)
    if gross == 0:
        raise ValueError("a quote without an amount has no shares")
    parts = [divmod(line.yen * total, gross) for line in lines]
    left = total - sum(whole for whole, _ in parts)
    favoured = sorted(range(len(lines)), key=lambda place: (-parts[place][1], place))[:left]
    found: dict[str, int] = {}
    for place, (line, (whole, _)) in enumerate(zip(lines, parts, strict=True)):
        found[line.account] = found.get(line.account, 0) + whole + (place in favoured)
    return {account: yen for account, yen in found.items() if yen}
