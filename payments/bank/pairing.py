"""Which line of the bank is which payout: by amount, day and text, and never by guessing. Pure: no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from unicodedata import normalize

WINDOW = timedelta(days=5)
"""How far a line may lie from the day on which its payout should arrive: weekends and holidays move it."""
SENDERS: Mapping[str, tuple[str, ...]] = {
    "stripe": ("STRIPE", "ストライプ"),
    "counter": ("現金", "ゲンキン", "窓口", "マドグチ", "払込", "ハライコミ"),
}
"""What a bank writes beside money of each provider, in capitals and full-width kana."""


@dataclass(frozen=True, slots=True)
class BankSide:
    """A line that belongs to nothing yet."""

    id: str
    day: date
    yen: int
    text: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A payout that is not seen in the bank yet; `yen` < 0 where the provider takes money back."""

    provider: str
    id: str
    arrives_on: date
    yen: int


@dataclass(frozen=True, slots=True)
class Pairing:
    """What is sure, what a person must choose, what arrived with another amount, and lines of which nothing is known.

    `lines` and `payouts` are all that were to be paired.
    """

    lines: tuple[BankSide, ...]
    payouts: tuple[Sent, ...]
    sure: tuple[tuple[BankSide, Sent], ...]
    unsure: Mapping[str, tuple[Sent, ...]]
    differing: Mapping[str, Sent]
    unknown: frozenset[str]


@dataclass
class _Candidates:
    """Who could belong to whom."""

    of_line: dict[str, list[Sent]] = field(default_factory=dict)
    of_payout: dict[tuple[str, str], list[BankSide]] = field(default_factory=dict)

    def only(self, line: BankSide) -> Sent | None:
        """The payout that only this line can be, where this line can be no other."""
        mine = self.of_line.get(line.id, [])
        return mine[0] if len(mine) == 1 and len(self.of_payout[mine[0].provider, mine[0].id]) == 1 else None


def pair(lines: Sequence[BankSide], payouts: Sequence[Sent]) -> Pairing:
    """Pair them; the very day decides between several.

    A pair is sure when the amount is the same to the yen, the days are near, the text names the provider, and neither
    could be paired otherwise.
    """
    exact = _candidates(lines, payouts, timedelta(0))
    sure = [(line, payout) for line in lines if (payout := exact.only(line))]
    left_lines, left_payouts = _left(lines, payouts, sure)
    near = _candidates(left_lines, left_payouts, WINDOW)
    more = [(line, payout) for line in left_lines if (payout := near.only(line))]
    sure += more
    left_lines, left_payouts = _left(left_lines, left_payouts, more)
    possible = _candidates(left_lines, left_payouts, WINDOW, any_text=True)
    differing = _differing(
        [line for line in left_lines if line.id not in possible.of_line],
        [payout for payout in left_payouts if (payout.provider, payout.id) not in possible.of_payout],
    )
    unknown = {line.id for line in left_lines} - set(possible.of_line) - set(differing)
    unsure = {line: tuple(found) for line, found in possible.of_line.items()}
    return Pairing(tuple(lines), tuple(payouts), tuple(sure), unsure, differing, frozenset(unknown))


def names(text: str, provider: str) -> bool:
    """Whether the bank's text names the provider, in whatever width it is written."""
    plain = "".join(normalize("NFKC", text).upper().split())
    return any(word in plain for word in SENDERS.get(provider, (provider.upper(),)))


def _candidates(
    lines: Sequence[BankSide], payouts: Sequence[Sent], within: timedelta, *, any_text: bool = False
) -> _Candidates:
    by_yen: dict[int, list[Sent]] = {}
    for payout in payouts:
        by_yen.setdefault(payout.yen, []).append(payout)
    found = _Candidates()
    for line in lines:
        for payout in by_yen.get(line.yen, ()):
            if abs(line.day - payout.arrives_on) <= within and (any_text or names(line.text, payout.provider)):
                found.of_line.setdefault(line.id, []).append(payout)
                found.of_payout.setdefault((payout.provider, payout.id), []).append(line)
    return found


def _left(
    lines: Sequence[BankSide], payouts: Sequence[Sent], paired: Iterable[tuple[BankSide, Sent]]
) -> tuple[list[BankSide], list[Sent]]:
    gone_lines = {line.id for line, _ in paired}
    gone_payouts = {(payout.provider, payout.id) for _, payout in paired}
    return (
        [line for line in lines if line.id not in gone_lines],
        [payout for payout in payouts if (payout.provider, payout.id) not in gone_payouts],
    )


def _differing(lines: Sequence[BankSide], payouts: Sequence[Sent]) -> dict[str, Sent]:
    """Lines that name a provider, and the one payout of it that is missing around that day."""
    found: dict[str, Sent] = {}
    taken: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        missing = [
            payout
            for payout in payouts
            if abs(line.day - payout.arrives_on) <= WINDOW
            and (line.yen > 0) == (payout.yen > 0)
            and names(line.text, payout.provider)
        ]
        if len(missing) == 1:
            found[line.id] = missing[0]
            taken.setdefault((missing[0].provider, missing[0].id), []).append(line.id)
    claimed_twice = {line for claims in taken.values() if len(claims) > 1 for line in claims}
    return {line: payout for line, payout in found.items() if line not in claimed_twice}
