"""The plays that come after a payment: given back, disputed; five events each, and how each must end."""

from sqlalchemy import select

from payments import refunds
from payments.models import Discrepancy, Dispute, Payment, Refund
from tests.payments.holding.exploring import Happening, Play
from tests.payments.holding.plays import COMPLETED, FIRST, IMPORT, notice, opened
from tests.payments.holding.stage import Stage
from tests.payments.holding.town import MORI, TANAKA

REFUND, DISPUTE = "re_1", "dp_1"
CREATED, UPDATED, CLOSED = "charge.dispute.created", "refund.updated", "charge.dispute.closed"


def paid(stage: Stage) -> None:
    """A case whose 1,000 yen have come, and are listed."""
    opened(stage)
    stage.pays(FIRST)
    stage.passes()
    stage.notice(COMPLETED, FIRST)


def given_back(stage: Stage) -> None:
    """Of which 400 are to be given back, as two people of finance have decided."""
    paid(stage)
    with stage.database.write() as session:
        payment = session.scalars(select(Payment.id)).one()
        refund = refunds.request(session, TANAKA, stage.till.now, payment, 400, "other", "説明")
    with stage.database.write() as session:
        refunds.approve(session, MORI, stage.till.now, refund)


def works(stage: Stage) -> None:
    """The worker does what is due: it sends the refund."""
    stage.till.work()


def sweeps(name: str) -> Happening:
    """A task that runs again and again, and the worker."""

    def do(stage: Stage) -> None:
        stage.tends(name)
        stage.till.work()

    return Happening(name, do)


def goes(stage: Stage) -> None:
    """The provider has given the money back."""
    if REFUND in stage.provider.refunds and stage.provider.refunds[REFUND].status == "pending":
        stage.provider.go_back(REFUND)


def is_disputed(stage: Stage) -> None:
    """The payer's bank takes the money."""
    if not stage.provider.disputed:
        stage.provider.open_dispute(f"pi_{FIRST}", 1000)


def is_lost(stage: Stage) -> None:
    """The bank decides for the payer."""
    if stage.provider.disputed and stage.provider.disputed[DISPUTE].status != "lost":
        stage.provider.decide(DISPUTE, "lost")


def refunded_once(stage: Stage) -> None:
    """One refund at the provider, posted as far as it went; nothing for a person."""
    there = [row.status for row in stage.provider.refunds.values()]
    assert there in (["pending"], ["succeeded"]), there
    with stage.database.read() as session:
        ours = [(row.status, row.yen, row.provider_refund_id) for row in session.scalars(select(Refund))]
    assert ours == [("confirmed" if there == ["succeeded"] else "sent", 400, REFUND)]
    gone = 400 if there == ["succeeded"] else 0
    balances = stage.till.balances()
    assert (balances["provider:stripe"], -balances.get("refund_payable", 0)) == (964 - gone, 400 - gone)
    assert balances["revenue:1201-03"] == -600
    assert open_ones(stage) == []
    stage.till.is_sound()


def disputed_or_not(stage: Stage) -> None:
    """What the bank took is held as disputed, and is a loss before a person once it is lost."""
    there = [row.status for row in stage.provider.disputed.values()]
    with stage.database.read() as session:
        ours = list(session.scalars(select(Dispute.status)))
    assert ours == there
    balances = stage.till.balances()
    held = {code: yen for code, yen in balances.items() if code in {"disputed:stripe", "loss"}}
    expected = {(): {}, ("needs_response",): {"disputed:stripe": 1000}, ("lost",): {"loss": 1000}}
    assert held == expected[tuple(there)]
    assert balances["provider:stripe"] == (964 - 1000 - 1300 if there else 964)
    assert open_ones(stage) == (["dispute_lost"] if there == ["lost"] else [])
    assert stage.till.status(stage.case) == "received"
    stage.till.is_sound()


def open_ones(stage: Stage) -> list[str]:
    """What waits for a person."""
    with stage.database.read() as session:
        waiting = select(Discrepancy.kind).where(Discrepancy.resolved_at.is_(None))
        return sorted(session.scalars(waiting))


AFTERWARDS = (
    Play(
        "given back",
        given_back,
        (
            Happening("worker", works),
            Happening("given back", goes),
            notice(REFUND, UPDATED),
            sweeps("refund.sweep"),
            IMPORT,
        ),
        refunded_once,
    ),
    Play(
        "disputed",
        paid,
        (
            Happening("disputed", is_disputed),
            Happening("lost", is_lost),
            notice(DISPUTE, CREATED, seldom=True),
            notice(DISPUTE, CLOSED),
            sweeps("dispute.sweep"),
        ),
        disputed_or_not,
    ),
)
