"""What must hold after every step, and what when everything has calmed down."""

from collections import Counter

from sqlalchemy import func, select

from engine.lifecycle import TRANSITIONS
from payments import doctor as money
from payments.models import Payment, Refund
from procedures import doctor
from procedures.checks import histories, work
from procedures.models import StatusHistory
from tests.machine.acts import Act
from tests.machine.model import by_itself
from tests.machine.world import World

CHEAP = (histories.histories, histories.decisions, histories.turns, histories.references)
OFTEN = 8  # steps from one look of the doctors to the next: it costs as much as a step
LEGAL = frozenset((str(row.source), str(row.target)) for row in TRANSITIONS)


def holds(world: World, act: Act) -> None:
    """The model's statuses are the database's; every few steps the doctors look at histories and books, too."""
    agrees(world, act)
    with world.database.read() as session:
        paid_is_settled(session)
        if world.step % OFTEN == 0:
            found = [finding for check in CHEAP for finding in check(session)] + money.run(session)
            assert not found, found


def agrees(world: World, act: Act) -> None:
    """What people did changed just what it must; what happens by itself only what may."""
    standing = world.standing()
    for case in world.cases:
        found = standing.pop(case.id, None)
        if found is None:
            assert case.status in {"withdrawn", "lapsed"} or case.gone, f"a case that was {case.status} is not there"
            case.gone = True
            continue
        if act.by_itself and found != case.status:
            assert found in by_itself(case.status), f"{case.procedure}: from {case.status} to {found} by itself"
            case.status = found
        assert found == case.status, f"{case.procedure}: {found}, and it must be {case.status}"
    assert not standing, f"cases that nobody began: {standing}"


def paid_is_settled(session: object) -> None:
    """No more is given back of a payment than was paid."""
    given = (
        select(Refund.payment_id, func.sum(Refund.yen).label("yen"))
        .where(Refund.status.not_in(("rejected", "failed", "cancelled")))
        .group_by(Refund.payment_id)
        .subquery()
    )
    query = select(Payment.id).join(given, given.c.payment_id == Payment.id).where(given.c.yen > Payment.yen)
    assert not session.scalars(query).all(), "more is given back than was paid"  # type: ignore[attr-defined]


def has_calmed_down(world: World) -> None:
    """Every check of both doctors, files included; every step lawful; our money is what Stripe says it keeps."""
    with world.database.read() as session:
        blobs = world.services.blobs
        findings = [*doctor.run(session, blobs), *money.run(session, blobs)]
        found = [one for one in findings if one.check != "work.dead_job"]
        assert not found, found
        assert not list(work.dead_jobs(session)), list(work.dead_jobs(session))
        for source, target in session.execute(select(StatusHistory.source, StatusHistory.target)):
            assert source is None or (source, target) in LEGAL, f"from {source} to {target}"
        paid = select(func.sum(Payment.yen)).where(Payment.provider == "stripe")
        back = select(func.sum(Refund.yen)).where(Refund.status == "confirmed", Refund.way == "provider")
        kept = int(session.scalar(paid) or 0) - int(session.scalar(back) or 0)
    assert kept == world.stripe.kept_yen, f"we have {kept} yen of payments, Stripe keeps {world.stripe.kept_yen}"


def reached(world: World) -> Counter[str]:
    """Which transitions took place, and how often."""
    with world.database.read() as session:
        query = select(StatusHistory.source, StatusHistory.event, StatusHistory.target)
        return Counter(f"{source or '-'} -{event}-> {target}" for source, event, target in session.execute(query))
