"""Differences by 歳入科目 add up to the yen, whatever was charged before."""

from hypothesis import assume, given
from hypothesis import strategies as st

from engine.fees import FeeQuote, QuotedLine
from engine.model import Text
from engine.words import LANGUAGES
from payments.demands.differing import by_account, rising
from payments.demands.quotes import shares


def bill(parts: dict[str, int]) -> FeeQuote:
    lines = tuple(
        QuotedLine(id=account, title=Text(account, {}), law="条例", account=account, count=1, unit_yen=yen, yen=yen)
        for account, yen in parts.items()
    )
    return FeeQuote(lines, 0, sum(parts.values()))


bills = st.dictionaries(st.sampled_from(["1201-03", "1201-04", "1301-01"]), st.integers(1, 100_000)).map(bill)
priced = bills.filter(lambda one: one.total > 0)


@given(st.lists(priced, max_size=3), priced)
def test_the_differences_add_up(before: list[FeeQuote], after: FeeQuote) -> None:
    charged = [(one.lines, one.total) for one in before]
    found = by_account(after, charged)
    assert sum(found.values()) == after.total - sum(one.total for one in before)
    assert all(found.values())


@given(priced, priced)
def test_a_further_charge_asks_for_just_the_difference(before: FeeQuote, after: FeeQuote) -> None:
    found = by_account(after, [(before.lines, before.total)])
    assume(sum(found.values()) > 0)
    more = rising(after, found)
    parts = shares(more.lines, more.total)
    assert sum(parts.values()) == more.total == after.total - before.total
    assert all(0 < yen <= found[account] for account, yen in parts.items())
    if all(yen > 0 for yen in found.values()):
        assert parts == found, "to the yen on every account"
    assert FeeQuote.from_json(more.to_json()) == more


@given(priced)
def test_nothing_differs_from_itself(price: FeeQuote) -> None:
    assert by_account(price, [(price.lines, price.total)]) == {}


@given(priced)
def test_a_price_that_fell_to_nothing_is_all_too_much(price: FeeQuote) -> None:
    for gone in (None, FeeQuote((), 0, 0)):
        assert by_account(gone, [(price.lines, price.total)]) == {
            account: -yen for account, yen in shares(price.lines, price.total).items()
        }


def test_the_lines_say_what_they_are_in_every_language() -> None:
    more = rising(bill({"1201-03": 700}), {"1201-03": 700})
    assert len({more.lines[0].title.say(language) for language in LANGUAGES}) == len(LANGUAGES)
