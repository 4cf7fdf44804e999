"""Stripe, the payers' banks and the shops: what they do, and webhooks that come, come twice, late, or never."""

from datetime import timedelta

from tests.machine.acts import act
from tests.machine.world import World

WAITING = ("waiting",)
SAID = ("accepted", "lost", "given_up")


@act(8, when=lambda world: world.stripe.deliveries(*WAITING), by_itself=True)
def a_webhook_comes(world: World, which: int, how: int) -> str:
    """One that waits; the latest may come first, so that they come in any order."""
    waiting = world.stripe.deliveries(*WAITING)
    delivery = waiting[which % len(waiting)]
    return str(world.stripe.tells(delivery, world.app.test_client()))


@act(6, when=lambda world: world.stripe.deliveries(*WAITING), by_itself=True)
def all_webhooks_come(world: World, which: int, how: int) -> str:
    """And the worker hears of them."""
    told = [world.stripe.tells(one, world.app.test_client()) for one in world.stripe.deliveries(*WAITING)]
    world.works()
    return str(len(told))


@act(2, when=lambda world: world.stripe.deliveries(*SAID), by_itself=True)
def a_webhook_comes_again(world: World, which: int, how: int) -> str:
    """One that came before, or that was thought to be lost."""
    said = world.stripe.deliveries(*SAID)
    return str(world.stripe.tells(said[which % len(said)], world.app.test_client()))


@act(2, when=lambda world: world.stripe.deliveries(*WAITING))
def a_webhook_is_lost(world: World, which: int, how: int) -> str:
    """The sweep must find what it would have told."""
    waiting = world.stripe.deliveries(*WAITING)
    world.stripe.loses(waiting[which % len(waiting)])
    return "lost"


@act(1)
def a_forged_webhook_comes(world: World, which: int, how: int) -> str:
    """Nobody signed it: it is refused and nothing is stored."""
    body = b'{"id": "evt_x", "object": "event", "type": "checkout.session.completed"}'
    answer = world.app.test_client().post("/webhooks/stripe", data=body, headers={"Stripe-Signature": "t=1,v1=00"})
    assert answer.status_code == 400, answer.status_code
    return "refused"


def _shops(world: World) -> list[str]:
    return [str(row["id"]) for row in world.stripe.all("payment_intent", status="requires_action")]


@act(3, when=_shops, by_itself=True)
def somebody_goes_to_the_shop(world: World, which: int, how: int) -> str:
    """A konbini number is paid, or never will be."""
    waiting = _shops(world)
    do = ("pay", "pay", "expire", "later")[how % 4]
    intent = waiting[which % len(waiting)]
    return f"{do} {world.stripe.order(f'konbini/{intent}', do=do)}"


@act(4, when=lambda world: world.stripe.all("refund"), by_itself=True)
def a_refund_goes_on(world: World, which: int, how: int) -> str:
    """It arrives, fails, or waits for the payer's account."""
    found = world.stripe.all("refund")
    do = ("succeed", "fail", "account", "cancel")[how % 4]
    refund = found[which % len(found)]["id"]
    return f"{do} {world.stripe.order(f'refunds/{refund}', do=do)}"


@act(1)
def refunds_go_another_way(world: World, which: int, how: int) -> str:
    """From now on."""
    from payments.sandbox.cashier.refunds import WAYS

    ways = tuple(WAYS)
    return str(world.stripe.order("refunds", way=ways[how % len(ways)]))


@act(2, when=lambda world: world.stripe.all("charge", status="succeeded"), by_itself=True)
def a_bank_disputes(world: World, which: int, how: int) -> str:
    """A payer's bank takes a payment back, or asks first."""
    found = world.stripe.all("charge", status="succeeded")
    charge = found[which % len(found)]["id"]
    return str(world.stripe.order("disputes", charge=charge, inquiry=how % 3 == 0))


@act(12, when=lambda world: world.stripe.all("dispute"), by_itself=True)
def a_bank_decides(world: World, which: int, how: int) -> str:
    """For the payer or for us; or an inquiry becomes a dispute."""
    found = world.stripe.all("dispute")
    do = ("won", "lost", "escalate", "review")[how % 4]
    dispute = found[which % len(found)]["id"]
    return f"{do} {world.stripe.order(f'disputes/{dispute}', do=do)}"


@act(1, by_itself=True)
def pays_out(world: World, which: int, how: int) -> str:
    """What is available goes to our bank."""
    return str(world.stripe.order("payouts"))


@act(2)
def goes_silent(world: World, which: int, how: int) -> str:
    """Stripe does not answer for a while, or does again."""
    world.stripe.provider.line.down = how % 3 == 0
    return "down" if world.stripe.provider.line.down else "up"


@act(2, by_itself=True)
def is_silent_for_days(world: World, which: int, how: int) -> str:
    """Longer than a job tries again and again, those too for what it last said; then it answers, or does not yet."""
    for delivery in world.stripe.deliveries(*WAITING):
        world.stripe.tells(delivery, world.app.test_client())
    world.stripe.provider.line.down = True
    for _ in range(20):
        world.moves(timedelta(hours=3))
        world.works()
    world.stripe.provider.line.down = how % 2 == 0
    return "silent"
