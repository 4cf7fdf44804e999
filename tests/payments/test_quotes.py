"""A charge's amount among its accounts, its days, and its order at the provider: rules that hold for every bill."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fees import FeeQuote, QuotedLine
from engine.model import Text
from payments.checkouts.orders import KONBINI_YEN, LONGEST, SHORTEST, freeze, new_order, thaw
from payments.days import end_of, start_of
from payments.demands.quotes import keep_lines, read_lines, shares
from payments.providers.stripe.checkouts import order_parameters
from payments.views import ChargeView
from procedures.days import tokyo_day

ACCOUNTS = ("1201-03", "1201-04", "1301-01")


def line(yen: int, account: str = "1201-03", count: int = 1) -> QuotedLine:
    title = Text("手数料", {"en": "Fee"})
    return QuotedLine(id="a", title=title, law="条例", account=account, count=count, unit_yen=yen, yen=yen * count)


lines = st.lists(
    st.builds(line, st.integers(1, 10**6), st.sampled_from(ACCOUNTS), st.integers(1, 9)), min_size=1, max_size=6
)


@given(lines, st.data())
def test_shares_add_up_to_the_total_and_nobody_bears_more_than_the_line(
    bill: list[QuotedLine], data: st.DataObject
) -> None:
    gross = sum(one.yen for one in bill)
    total = data.draw(st.integers(1, gross))
    found = shares(bill, total)
    assert sum(found.values()) == total
    for account, yen in found.items():
        whole = sum(one.yen for one in bill if one.account == account)
        assert 0 < yen <= whole
        assert abs(yen - whole * total / gross) < len(bill)


@given(lines)
def test_without_a_waiver_each_account_gets_its_lines(bill: list[QuotedLine]) -> None:
    gross = sum(one.yen for one in bill)
    assert shares(bill, gross) == {
        account: sum(one.yen for one in bill if one.account == account) for account in {one.account for one in bill}
    }


def test_a_reduction_of_one_line_is_borne_by_its_account_alone() -> None:
    reduced = replace(line(1000, "1201-03"), less=1000)
    assert shares([reduced, line(500, "1201-04")], 500) == {"1201-04": 500}
    half = replace(line(1000, "1201-03"), less=500)
    assert shares([half, line(500, "1201-04")], 1000) == {"1201-03": 500, "1201-04": 500}


def test_a_least_amount_that_is_left_after_every_line_is_waived_has_an_account() -> None:
    assert shares([replace(line(300), less=300)], 200) == {"1201-03": 200}


def test_a_quote_of_nothing_has_no_shares() -> None:
    with pytest.raises(ValueError, match="no shares"):
        shares([], 0)


@given(lines)
def test_lines_are_kept_whole(bill: list[QuotedLine]) -> None:
    quote = FeeQuote(tuple(bill), 0, sum(one.yen for one in bill))
    assert read_lines(keep_lines(quote)) == tuple(bill)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_day_of_tokyo_is_a_day_long(day: date) -> None:
    assert end_of(day) - start_of(day) == timedelta(days=1)
    assert tokyo_day(start_of(day)) == day == tokyo_day(end_of(day) - timedelta(microseconds=1))


def charge(bill: list[QuotedLine], yen: int, now: datetime, due_on: date) -> ChargeView:
    return ChargeView(
        id="c1",
        application_id="a1",
        reference="7K3M-9QFA",
        procedure_id="permit",
        payer="山田 花子",
        purpose="submission",
        status="demanded",
        yen=yen,
        waived_yen=sum(one.yen for one in bill) - yen,
        lines=tuple(bill),
        fiscal_year=2026,
        demanded_at=now,
        due_on=due_on,
        due_at=end_of(due_on),
        paid_at=None,
        method=None,
        ended_at=None,
    )


@given(
    lines,
    st.data(),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - UTC is set
    st.integers(0, 90),
)
def test_an_order_asks_for_just_the_charge_and_in_time(
    bill: list[QuotedLine], data: st.DataObject, now: datetime, days: int
) -> None:
    yen = data.draw(st.integers(1, sum(one.yen for one in bill)))
    owed = charge(bill, yen, now, tokyo_day(now) + timedelta(days=days))
    order = new_order([owed], now, "http://x/ok", "http://x/no", "ja", "a@example.jp")
    assert sum(one.count * one.unit_yen for one in order.lines) == yen
    assert SHORTEST - timedelta(seconds=1) <= order.expires_at - now <= LONGEST
    assert order.expires_at <= owed.due_at or owed.due_at - now < SHORTEST
    assert ("konbini" in order.methods) == (days >= 1 and yen in KONBINI_YEN)
    assert tokyo_day(now) + timedelta(days=order.konbini_days) <= max(owed.due_on, tokyo_day(now) + timedelta(days=1))
    assert thaw(freeze(order), order.shares, "a@example.jp") == order
    assert "a@example.jp" not in str(freeze(order))


def test_what_stripe_is_asked_for_is_what_its_sdk_knows() -> None:
    from stripe.params.checkout import SessionCreateParams

    now = datetime(2026, 5, 1, tzinfo=UTC)
    order = new_order([charge([line(500)], 500, now, date(2026, 5, 8))], now, "http://x", "http://y", "easy", None)
    parameters = order_parameters(order)
    assert set(parameters) <= set(SessionCreateParams.__annotations__)
    assert parameters["locale"] == "ja"
    assert "customer_email" not in parameters


NOW = datetime(2026, 5, 1, 3, tzinfo=UTC)


def test_groups_are_named_at_the_provider() -> None:
    bill = [replace(line(400), group=Text("山田 · 港区", {"en": "山田 · Minato"})), line(100)]
    order = new_order([charge(bill, 500, NOW, date(2026, 5, 9))], NOW, "http://x/ok", "http://x/no", "en", None)
    assert [one.title for one in order.lines] == ["Fee (山田 · Minato)", "Fee"]


@pytest.mark.parametrize(("count", "shown"), [(100, 100), (101, 1)])
def test_more_lines_than_a_pay_page_takes_are_one(count: int, shown: int) -> None:
    bill = [line(10) for _ in range(count)]
    order = new_order([charge(bill, 10 * count, NOW, date(2026, 5, 9))], NOW, "http://x/ok", "http://x/no", "ja", None)
    assert len(order.lines) == shown
    assert sum(one.count * one.unit_yen for one in order.lines) == 10 * count


def test_what_limits_and_rounding_changed_is_told_apart_from_what_is_waived() -> None:
    owed = replace(charge([line(1003)], 500, NOW, date(2026, 5, 9)), waived_yen=501)
    assert owed.adjusted_yen == -2
