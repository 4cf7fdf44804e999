"""Finance: giving back under two signatures, what does not match, disputes, closing the day, lists."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from payments.models import Discrepancy, Dispute, Payment, Refund
from procedures.days import tokyo_day
from tests.machine.acts import act
from tests.machine.acts.filling import said
from tests.machine.world import IDS, World
from tests.web.client import read

PEOPLE = ("tanaka", "mori")
OVER = 303


def some_id(world: World, model: Any, which: int, **where: Any) -> str | None:
    """The id of one of the rows, in the order of their ids, which are alike everywhere."""
    with world.database.read() as session:
        found = session.scalars(select(model.id).filter_by(**where).order_by(model.id)).all()
    return str(found[which % len(found)]) if found else None


def there_is(model: Any, **where: Any) -> Callable[[World], bool]:
    """Possible while there is such a row."""
    return lambda world: some_id(world, model, 0, **where) is not None


def plain(text: str) -> str:
    """Without ids."""
    return IDS.sub("…", text)


@act(5, when=there_is(Payment), by_itself=True)
def asks_to_give_back(world: World, which: int, how: int) -> str:
    """A refund of all or of a part, through Stripe or outside."""
    payment = some_id(world, Payment, which)
    values = {"reason": "withdrawn", "note": f"取下げのため{how}", "way": ("provider", "outside")[how % 5 == 0]}
    if how % 3 == 0:
        values["yen"] = str(100 * (how % 4))
    return plain(said(world.send(PEOPLE[how % 2], f"/finance/payments/{payment}/refund", values, form="/refund")))


@act(6, when=there_is(Refund, status="requested"), by_itself=True)
def decides_on_a_refund(world: World, which: int, how: int) -> str:
    """Approved or rejected by the other of the two; nobody signs twice."""
    refund = some_id(world, Refund, which, status="requested")
    with world.database.read() as session:
        asked_by = session.get_one(Refund, refund).requested_by
    name = PEOPLE[how % 2]
    way = "reject" if how % 7 == 0 else "approve"
    browser, here = world.browser(name), f"/finance/refunds/{refund}"
    browser.get(here)
    answer = browser.post(f"{here}/{way}", {"why": "条例により返しません"})
    if asked_by.endswith(name) and way == "approve":
        assert answer.status_code == 409, "whoever asked has approved"
    return f"{way} {plain(said(answer))}"


@act(12, when=there_is(Refund, way="outside"), by_itself=True)
def gives_back_outside(world: World, which: int, how: int) -> str:
    """By a transfer of the treasury's, with its slip."""
    refund = some_id(world, Refund, which, way="outside")
    values = {"slip": f"出金-{world.step}", "paid_on": str(tokyo_day(world.clock()))}
    return plain(said(world.send(PEOPLE[how % 2], f"/finance/refunds/{refund}", values, form="/outside")))


@act(5, when=there_is(Discrepancy, resolved_at=None), by_itself=True)
def works_the_worklist(world: World, which: int, how: int) -> str:
    """A note, somebody to look after it, a proposal, a second signature."""
    one = some_id(world, Discrepancy, which, resolved_at=None)
    here, name = f"/finance/discrepancies/{one}", PEOPLE[how % 2]
    page = world.browser(name).get(here)
    way = ("propose", "approve", "note", "assign", "approve", "reject")[how // 2 % 6]
    values: dict[str, str] = {"text": f"調べました{how}", "person": name, "why": "まだ早い"}
    if way == "propose":
        offers = [
            node.attributes["value"] for node in read(page).all("input") if node.attributes.get("name") == "action"
        ]
        reasons = [node.attributes.get("value", "") for node in read(page).all("option")]
        if not offers:
            return "nothing to propose"
        values |= {"action": offers[how % len(offers)], "reason": next((one for one in reasons if one), "")}
    return f"{way} {plain(said(world.press(name, page, values, form=f'/{way}')))}"


@act(3, when=there_is(Dispute), by_itself=True)
def ends_a_dispute(world: World, which: int, how: int) -> str:
    """What the bank took is borne by whom; two people."""
    one = some_id(world, Dispute, which)
    here, name = f"/finance/disputes/{one}", PEOPLE[how % 2]
    page = world.browser(name).get(here)
    endings = [node.attributes["value"] for node in read(page).all("input") if node.attributes.get("name") == "ending"]
    way = ("want", "decide", "drop")[how // 2 % 3]
    values = {"reason": f"銀行の判断{how}"} | ({"ending": endings[how % len(endings)]} if endings else {})
    return f"{way} {plain(said(world.press(name, page, values, form=f'/{way}')))}"


@act(3, by_itself=True)
def closes_a_day(world: World, which: int, how: int) -> str:
    """A day that is over, as it was seen; pressed twice it is closed once."""
    day = tokyo_day(world.clock()) - timedelta(days=how % 4)
    name = PEOPLE[which % 2]
    page = world.browser(name).get(f"/finance/days/{day}/close")
    done = [plain(said(world.press(name, page, {"reason": "確認済み"}, form="/close"))) for _ in range(1 + how % 2)]
    return " ".join(done)


READS = ("", "/charges", "/charges.csv", "/days", "/discrepancies", "/disputes", "/entries", "/entries.csv",
         "/payable", "/refunds", "/totals", "/bank")  # fmt: skip


@act(1)
def reads_the_books(world: World, which: int, how: int) -> str:
    """Lists and figures, by finance, by who may only read, and by who may not."""
    name = ("tanaka", "noda", "sato", "hanako")[which % 4]
    path = f"/finance{READS[how % len(READS)]}"
    page = world.browser(name).get(path)
    if name in {"sato", "hanako"}:
        assert page.status_code in {403, 404}, f"{name} reads {path}"
    return f"{name} {path} {page.status_code}"
