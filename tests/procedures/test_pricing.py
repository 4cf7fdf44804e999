"""What is owed on approval: the frozen price, or that of the day where the rate is of that day."""

from datetime import date

import pytest

from engine.compiling import Concepts, compile_procedure
from engine.fees import Days, FeeQuote, NoRate, pay_by, quote
from engine.journey import walk
from engine.model import Procedure
from procedures.pricing import owed_on_approval

SPEC = """\
id: permit
version: 2026-04-01
title: 許可
bureau: sample
steps: {{one: {{title: 一, fields: {{copies: {{type: integer, title: 部数, minimum: 0}}}}}}}}
fees:
  due: {due}
  rate_on: {rate_on}
  pay_by: add_days(today, 15)
  lines:
    permit:
      title: 許可証
      law: 条例別表
      account: "1201-03"
      count: copies
      yen: [{{from: 2020-04-01, amount: 1000}}, {{from: 2026-10-01, amount: 1200}}]
review:
  office: sample
  standard_days: 5
  stages: {{decide: {{title: 決裁, role: approver}}}}
  refusal_reasons: [{{code: R1, title: 理由, law: 条例}}]
certificates: {{permit: {{title: 許可証, template: permit}}}}
retention: {{years: 1}}
"""
SUBMITTED, ISSUED = date(2026, 9, 20), date(2026, 10, 2)


def procedure(due: str = "approval", rate_on: str = "submitted") -> Procedure:
    found = compile_procedure(SPEC.format(due=due, rate_on=rate_on), "permit.yaml", Concepts.empty())
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    return found.procedure


def frozen(of: Procedure, copies: int = 2) -> FeeQuote:
    found = quote(of, walk(of, {"copies": copies}, SUBMITTED), SUBMITTED)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("due", "rate_on", "total", "last_day"),
    [
        ("approval", "submitted", 2000, date(2026, 10, 17)),
        ("issue", "submitted", 2000, date(2026, 10, 17)),
        ("issue", "issued", 2400, date(2026, 10, 17)),
        ("approval", "paid", 2400, date(2026, 10, 17)),
    ],
)
def test_the_day_that_is_named_selects_the_rate(due: str, rate_on: str, total: int, last_day: date) -> None:
    of = procedure(due, rate_on)
    owed = owed_on_approval(of, {"copies": 2}, frozen(of), SUBMITTED, ISSUED)
    assert owed is not None
    assert (owed.quote.total, owed.pay_by) == (total, last_day)


@pytest.mark.parametrize("rate_on", ["issued", "paid"])
def test_on_submission_the_price_says_that_it_may_change(rate_on: str) -> None:
    found = frozen(procedure("issue", rate_on))
    assert found.rate_days == {rate_on}
    assert FeeQuote.from_json(found.to_json()).rate_days == {rate_on}
    assert frozen(procedure()).rate_days == frozenset()


@pytest.mark.parametrize(
    ("rate_on", "demanded", "last_day"),
    [
        ("paid", date(2026, 9, 20), date(2026, 9, 30)),
        ("paid", date(2026, 9, 30), date(2026, 9, 30)),
        ("paid", date(2026, 10, 1), date(2026, 10, 16)),
        ("submitted", date(2026, 9, 20), date(2026, 10, 5)),
    ],
)
def test_nobody_can_pay_the_amount_of_another_day(rate_on: str, demanded: date, last_day: date) -> None:
    """Where the day of payment counts, the demand ends with the rate."""
    of = procedure("submission" if rate_on == "paid" else "approval", rate_on)
    assert pay_by(of, walk(of, {"copies": 2}, demanded), demanded) == last_day


@pytest.mark.parametrize(("due", "copies"), [("submission", 2), ("approval", 0)])
def test_nothing_is_owed_where_it_was_due_before_or_is_nothing(due: str, copies: int) -> None:
    of = procedure(due)
    assert owed_on_approval(of, {"copies": copies}, frozen(of, copies), SUBMITTED, ISSUED) is None
    assert owed_on_approval(of, {"copies": 2}, None, SUBMITTED, ISSUED) is None


def test_a_rate_that_is_missing_on_the_day_of_issue_is_a_stop() -> None:
    of = procedure("issue", "issued")
    with pytest.raises(NoRate):
        owed_on_approval(of, {"copies": 2}, frozen(of), SUBMITTED, date(2019, 1, 1))


def test_each_day_selects_the_rates_of_its_own_lines() -> None:
    of = procedure("issue", "issued")
    journey = walk(of, {"copies": 1}, SUBMITTED)
    days = [
        Days(SUBMITTED),
        Days(SUBMITTED, paid=ISSUED),
        Days(SUBMITTED, issued=ISSUED),
        Days(ISSUED, issued=SUBMITTED),
    ]
    totals = [found.total for one in days if (found := quote(of, journey, one))]
    assert totals == [1000, 1200, 1200, 1000]
