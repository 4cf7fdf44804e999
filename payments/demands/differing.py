"""What a case owes more, or less, than it was asked for: by 歳入科目, and as the lines of a further charge."""

from collections.abc import Iterable, Mapping, Sequence

from engine.fees import FeeQuote, QuotedLine
from engine.model import Text
from engine.words import LANGUAGES, say
from payments.demands.quotes import shares


def by_account(
    price: FeeQuote | None,
    charged: Iterable[tuple[Sequence[QuotedLine], int]],
    returned: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """What each 歳入科目 gets more (below 0: less) by `price` than by what was charged: lines and yen of each charge.

    `returned` is what was given back of it, by account. The differences add up to the price and what was given back,
    less everything charged. Accounts without a difference are left out.
    """
    found = dict(returned or {})
    for account, yen in (shares(price.lines, price.total) if price is not None and price.total else {}).items():
        found[account] = found.get(account, 0) + yen
    for lines, yen in charged:
        for account, part in shares(lines, yen).items():
            found[account] = found.get(account, 0) - part
    return {account: yen for account, yen in found.items() if yen}


def rising(price: FeeQuote, differences: Mapping[str, int]) -> FeeQuote:
    """The quote of a further charge: a line for each 歳入科目 that gets more; what others get less comes off its sum.

    `price` names the lines. The total is the sum of all differences, which is above 0.
    """
    lines = tuple(_line(price, account, yen) for account, yen in differences.items() if yen > 0)
    return FeeQuote(lines, 0, sum(differences.values()))


def _line(price: FeeQuote, account: str, yen: int) -> QuotedLine:
    mine = [line for line in price.lines if line.account == account]
    return QuotedLine(
        id=f"difference-{account}",
        title=Text(_title(mine, "ja"), {language: _title(mine, language) for language in LANGUAGES[1:]}),
        law=mine[0].law,
        account=account,
        count=1,
        unit_yen=yen,
        yen=yen,
    )


def _title(lines: Sequence[QuotedLine], language: str) -> str:
    titles = dict.fromkeys(line.title.say(language) for line in lines)
    return say("payment.difference_line", language, title="、".join(titles))
