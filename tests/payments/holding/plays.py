"""The plays: five events each, chosen from what happens around one payment, and how each must end."""

from sqlalchemy import func, select

from payments.models import Charge, Discrepancy
from tests.payments.holding.exploring import Happening, Play
from tests.payments.holding.stage import Stage

COMPLETED, LATER = "checkout.session.completed", "checkout.session.async_payment_succeeded"
FIRST, SECOND = "cs_1", "cs_2"
SWEEP = Happening("sweep", Stage.sweeps)
LAST_DAY = Happening("last day", Stage.last_day)
IMPORT = Happening("import", Stage.imports)
RETURN = Happening("return and pay again", Stage.opens)
WITHDRAWN = Happening("withdrawn", Stage.withdraws)


def notice(page: str = FIRST, kind: str = COMPLETED, *, seldom: bool = False) -> Happening:
    """A webhook: lost, doubled, late, or before there is anything to tell."""
    name = f"notice {kind.rpartition('.')[2]} {page}"
    return Happening(name, lambda stage: stage.notice(kind, page), may_be_late=True, seldom=seldom)


def paying(page: str = FIRST, method: str = "card", *, though_closed: bool = False) -> Happening:
    """The payer pays, or never does."""
    return Happening(f"paid {page}", lambda stage: stage.pays(page, method, though_closed=though_closed))


def opened(stage: Stage) -> None:
    """A case that owes 1,000 yen, its pay page open."""
    stage.owes()
    stage.opens()


def with_number(stage: Stage) -> None:
    """The payer has taken a konbini number there."""
    opened(stage)
    stage.takes_number(FIRST)


def with_second_page(stage: Stage) -> None:
    """Then they chose another way: the number is closed, a second page is open."""
    with_number(stage)
    stage.opens(another_way=True)


def another_way(stage: Stage) -> None:
    """The payer wants to pay in another way after all."""
    stage.opens(another_way=True)


def taken(stage: Stage) -> list[str]:
    """The pages through which the provider has taken money."""
    return [page for page, state in stage.provider.states.items() if state.taken is not None]


def ends_as(stage: Stage, case: str, charge: str, payments: list[str], open_discrepancies: list[str]) -> None:
    """One charge, once paid or not at all; every yen of the provider's accounted for; exactly these for a person."""
    till = stage.till
    till.is_sound()
    with till.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Charge)) == 1
        waiting = select(Discrepancy.kind).where(Discrepancy.resolved_at.is_(None)).order_by(Discrepancy.kind)
        found = list(session.scalars(waiting))
    end = (till.status(stage.case), till.charge(stage.case).status, [state for state, _ in till.payments()], found)
    assert end == (case, charge, payments, open_discrepancies), end
    at_provider = sum(row.yen - row.fee_yen for row in stage.provider.moved)
    unrecorded = 1000 * found.count("not_recorded")
    assert till.balances().get("provider:stripe", 0) == at_provider - unrecorded
    kinds = ["demand", *("receipt" for state in payments if state == "settled"), *("lapse",) * (charge == "lapsed")]
    kinds += (
        ["cancel"] * (charge == "cancelled") + ["suspense"] * payments.count("suspense") + ["fee"] * len(taken(stage))
    )
    assert sorted(till.postings()) == sorted(kinds)


def paid_or_lapsed(stage: Stage) -> None:
    """Paid while a page was open: received. Never paid: lapsed. Nothing for a person."""
    if taken(stage):
        ends_as(stage, "received", "paid", ["settled"], [])
    else:
        ends_as(stage, "lapsed", "lapsed", [], [])


def withdrawn_or_not(stage: Stage) -> None:
    """What we knew when the applicant withdrew decides which of the two things a person is told."""
    withdrawn = next((fact.rpartition(" ")[2] for fact in stage.facts if fact.startswith("withdrawn")), None)
    if withdrawn is None:
        paid_or_lapsed(stage)
    elif not taken(stage):
        ends_as(stage, "withdrawn", "cancelled", [], [])
    elif withdrawn == "paid":
        ends_as(stage, "withdrawn", "paid", ["settled"], ["paid_and_withdrawn"])
    else:
        ends_as(stage, "withdrawn", "cancelled", ["suspense"], ["paid_after_withdrawal"])


def paid_twice_or_once(stage: Stage) -> None:
    """Money through both pages pays once; the other waits in suspense, or, if nobody ever told, on the worklist."""
    told = f"told of {FIRST}" in stage.facts
    if FIRST not in taken(stage):
        paid_or_lapsed(stage)
    elif SECOND not in taken(stage):
        ends_as(stage, *(("received", "paid", ["settled"], []) if told else ("lapsed", "lapsed", [], ["not_recorded"])))
    else:
        held = (["suspense"], ["paid_twice"]) if told else ([], ["not_recorded"])
        ends_as(stage, "received", "paid", ["settled", *held[0]], held[1])


def paid_after_all(stage: Stage) -> None:
    """Taken by the provider although its page was closed with the last day: never income, always a person."""
    if not taken(stage) or stage.till.charge(stage.case).status == "paid":
        paid_or_lapsed(stage)
    elif f"told of {FIRST}" in stage.facts:
        ends_as(stage, "lapsed", "lapsed", ["suspense"], ["paid_after_lapse"])
    else:
        ends_as(stage, "lapsed", "lapsed", [], ["not_recorded"])


PLAYS = (
    Play("card", opened, (paying(), notice(), RETURN, SWEEP, LAST_DAY), paid_or_lapsed),
    Play(
        "konbini",
        with_number,
        (paying(method="konbini"), notice(seldom=True), notice(kind=LATER), RETURN, LAST_DAY),
        paid_or_lapsed,
    ),
    Play(
        "another way",
        with_number,
        (
            paying(method="konbini"),
            notice(kind=LATER),
            Happening("another way", another_way),
            SWEEP,
            LAST_DAY,
        ),
        paid_or_lapsed,
    ),
    Play("withdrawn", opened, (paying(), notice(), WITHDRAWN, SWEEP, LAST_DAY), withdrawn_or_not),
    Play(
        "paid twice",
        with_second_page,
        (
            paying(FIRST, "konbini", though_closed=True),
            paying(SECOND),
            notice(FIRST, LATER),
            notice(SECOND, seldom=True),
            SWEEP,
        ),
        paid_twice_or_once,
    ),
    Play(
        "paid after all",
        opened,
        (paying(though_closed=True), notice(), IMPORT, SWEEP, LAST_DAY),
        paid_after_all,
    ),
)
