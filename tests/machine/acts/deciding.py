"""Approvers and managers: passing on, deciding, sending back, revoking, taking up again, reductions, many at once."""

from tests.machine.acts import act, at
from tests.machine.acts.examining import CLERKS, OVER, desk
from tests.machine.acts.filling import said
from tests.machine.model import Case, after_approval
from tests.machine.world import IDS, World
from tests.web.client import form_values, main_form, read

APPROVERS = ("suzuki", "saito", "both")
DAY = "2026-04-28"


def _outcome_of(world: World, case: Case) -> str:
    """How the latest proposal would end the case."""
    from sqlalchemy import select

    from procedures.models import Proposal

    with world.database.read() as session:
        query = select(Proposal.outcome).where(Proposal.application_id == case.id)
        return str(session.scalars(query.order_by(Proposal.proposed_at.desc(), Proposal.id)).first())


@act(10, when=at("decision_proposed"), by_itself=True)
def approves(world: World, which: int, how: int) -> str:
    """Decided once and by somebody else than the proposer; a second one who saw it open is told it is decided."""
    case = world.some(which, "decision_proposed")
    assert case
    name, second = APPROVERS[how % 3], APPROVERS[(how + 1) % 3]
    page, other = (world.browser(one).get(desk(case)) for one in (name, second))
    answer = world.press(name, page, form="/approve")
    if answer.status_code == OVER:
        assert name != case.proposer, "whoever proposed has decided"
        outcome = _outcome_of(world, case)
        if case.procedure != "trade" or world.standing()[case.id] != "decision_proposed":
            case.status = "refused" if outcome == "refuse" else after_approval(case)
    late = world.press(second, other, form="/approve") if how % 2 and case.status != "decision_proposed" else other
    assert late is other or late.status_code != OVER, "decided twice"
    return f"{case.procedure} {said(answer)} {late.status_code}"


@act(2, when=at("decision_proposed"))
def approves_their_own(world: World, which: int, how: int) -> str:
    """Whoever proposed cannot decide, whatever they send."""
    case = world.some(which, "decision_proposed", where=lambda one: one.proposer == "both")
    if case is None:
        return "idle"
    page = world.browser("suzuki").get(desk(case))
    try:
        values = form_values(main_form(read(page), "/approve"))
    except (StopIteration, IndexError):
        return "no form"
    del values["csrf_token"]
    answer = world.browser("both").post(desk(case, "/approve"), values)
    assert answer.status_code in {403, 409}, said(answer)
    return said(answer)


@act(4, when=at("decision_proposed"))
def sends_back(world: World, which: int, how: int) -> str:
    """With a note; without one it is refused."""
    case = world.some(which, "decision_proposed")
    assert case
    name = APPROVERS[how % 3]
    values = {"note": "" if how % 5 == 0 else f"理由を足してください{how}", "to": ("before", "clerk")[how % 2]}
    page = world.send(name, desk(case), values, form="/send-back")
    if page.status_code == OVER and world.standing()[case.id] == "in_review":
        assert values["note"]
        case.status = "in_review"
    return said(page)


def _examined(world: World, which: int = 0) -> Case | None:
    """One that somebody had on their desk before it ended."""
    return world.some(which, "approved", "refused", "revoked", "lapsed", where=lambda one: bool(one.claimed_by))


def _to_change(world: World, which: int = 0) -> Case | None:
    """One that ended and whose latest proposal is to change that."""
    return world.some(which, "approved", "refused", "revoked", "lapsed", where=lambda one: _has_change(world, one))


@act(6, when=_examined)
def wants_a_change(world: World, which: int, how: int) -> str:
    """What ended is to be revoked, or taken up again."""
    case = _examined(world, which)
    assert case
    change = "revoke" if case.status == "approved" else "reopen"
    form = {
        "reason": "R1",
        "text": "" if how % 7 == 0 else f"事情により{how}",
        "how": "hearing",
        "on": DAY,
        "note": "聴聞",
    }
    return f"{change} {case.status} {said(world.send(CLERKS[how % 3], desk(case, f'/{change}'), form, form=change))}"


@act(12, when=_to_change)
def settles_a_change(world: World, which: int, how: int) -> str:
    """Somebody else confirms it, or it is dropped."""
    case = _to_change(world, which)
    assert case
    name = APPROVERS[how % 3]
    way = "drop" if how % 4 == 0 else "confirm"
    page = world.send(name, desk(case), form=f"/change/{way}")
    if page.status_code == OVER and way == "confirm":
        case.status = "revoked" if case.status == "approved" else "in_review"
    return f"{way} {said(page)}"


def _has_change(world: World, case: Case) -> bool:
    return _outcome_of(world, case) in {"revoke", "reopen"}


@act(6, when=at("awaiting_fee"), by_itself=True)
def decides_a_reduction(world: World, which: int, how: int) -> str:
    """Wholly, in part, not at all, or not as the procedure has it; two people."""
    case = world.some(which, "awaiting_fee", where=lambda one: one.procedure == "copy-of-record")
    if case is None:
        return "idle"
    from sqlalchemy import select

    from procedures.models import WaiverRequest

    with world.database.read() as session:
        found = session.scalars(select(WaiverRequest.id).where(WaiverRequest.application_id == case.id)).first()
    if found is None:
        return "none"
    if how % 3 == 0:
        values = {"percent": ("100", "50", "0", "30")[how // 3 % 4], "text": f"相当です{how}"}
        values |= {"reason": "W1"} if values["percent"] == "0" else {}
        return said(world.send(CLERKS[how % 3], desk(case, f"/waivers/{found}"), values, form="/waivers/"))
    way = "send-back" if how % 5 == 0 else "approve"
    name = APPROVERS[how % 3]
    return f"{way} {said(world.send(name, desk(case), {'note': 'もう一度'}, form=f'/{found}/{way}'))}"


@act(3, when=at("received", "in_review", "decision_proposed"), by_itself=True)
def does_many_at_once(world: World, which: int, how: int) -> str:
    """Claimed, written to or decided in one go from the queue."""
    kind, name = (("claim", CLERKS[which % 3]), ("approve", APPROVERS[which % 3]), ("message", CLERKS[which % 3]))[
        how % 3
    ]
    chosen = [one for one in world.cases if one.status in {"received", "in_review", "decision_proposed"}][:4]
    answer = world.browser(name).post(
        f"/desk/batch/{kind}", {"case": [one.id for one in chosen], "once": f"n{world.step}"}
    )
    if answer.status_code != OVER:
        return f"{kind} {said(answer)}"
    page = world.browser(name).get(answer.headers["Location"])
    done = world.press(name, page, {"text": "お知らせ"}, form="/desk/batches/")
    for one in chosen:
        now = world.standing()[one.id]
        if kind == "claim" and one.status == "received" and now == "in_review":
            one.status, one.claimed_by = now, name
        if kind == "approve" and one.status == "decision_proposed" and now != one.status:
            assert name != one.proposer, "whoever proposed has decided"
            one.status = "refused" if _outcome_of(world, one) == "refuse" else after_approval(one)
            assert one.status == now
    return f"{kind} {IDS.sub('…', said(done))}"


@act(1, when=lambda world: world.cases)
def reads_the_desk(world: World, which: int, how: int) -> str:
    """Queues, registers and figures, by whoever may and whoever may not."""
    name = ("sato", "suzuki", "hayashi", "tanaka", "noda", "hanako")[which % 6]
    paths = (
        "/desk",
        "/desk?tab=open",
        "/desk/office",
        "/desk/register",
        "/desk/register.csv",
        "/audit/looks",
        "/manage",
    )
    path = paths[how % len(paths)]
    page = world.browser(name).get(path)
    if name == "hanako":
        assert page.status_code in {403, 404}, said(page)
    return f"{name} {path} {page.status_code}"


@act(2, when=lambda world: world.cases)
def reads_a_case(world: World, which: int, how: int) -> str:
    """The page of a case on the desk: for staff of its office alone."""
    case = world.cases[which % len(world.cases)]
    name = ("sato", "suzuki", "hayashi", "noda", "hanako", "taro")[how % 6]
    page = world.browser(name).get(desk(case))
    if case.status == "draft" or name in {"hanako", "taro"}:
        assert page.status_code in {403, 404}, f"{name} sees a {case.status}"
    return f"{name} {case.status} {page.status_code}"
