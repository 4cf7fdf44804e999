"""Four stories of money that goes astray, from the resident's click to the last signature."""

import pytest
from sqlalchemy import select

from payments.models import Dispute, Payment
from tests.web.walks.conftest import DOG_FEE, Walk

pytestmark = pytest.mark.sqlite_only


def payment_of(walk: Walk, state: str) -> str:
    with walk.services.database.read() as session:
        return str(session.scalars(select(Payment.id).where(Payment.state == state)).one())


def test_paid_after_expiry(walk: Walk) -> None:
    """A konbini number, forgotten; the case lapses; then the shop's report comes."""
    walk.files()
    number = walk.takes_number(walk.presses_pay())
    walk.news()
    walk.hanako.open(f"/applications/{walk.case}/pay/return")
    assert walk.hanako.heading == "コンビニでのお支払いをお待ちしています"

    walk.later(days=20)
    walk.tends("payment.lapse")
    walk.hanako.open(f"/applications/{walk.case}")
    assert "期限" in walk.hanako.main
    walk.shop_reports(number)
    walk.news()
    assert walk.waiting() == ["paid_after_lapse"]
    walk.hanako.open(f"/applications/{walk.case}")
    assert "取下げ" not in walk.hanako.main

    payment = payment_of(walk, "suspense")
    refund = walk.gives_back(payment, "6550", "paid_late")
    walk.tanaka.get(refund)
    assert DOG_FEE in walk.tanaka.main
    theirs = walk.payer.client.v1.refunds.list().data[0].id
    for do in ("account", "succeed"):
        walk.payer.order(f"refunds/{theirs}", do=do)
    walk.news()
    walk.all_is_well()
    assert walk.payer.client.v1.refunds.list().data[0].status == "succeeded"


def test_paid_twice(walk: Walk) -> None:
    """She chose the card after all, and went to the shop with the old number nevertheless."""
    walk.files()
    number = walk.takes_number(walk.presses_pay())
    walk.news()
    card = walk.presses_pay(another_way="1")
    walk.payer.choose(card, "card_ok")
    walk.news()
    walk.hanako.open(f"/applications/{walk.case}/pay/return")
    assert walk.hanako.heading == "お支払いを確認しました"

    walk.shop_reports(number)
    walk.news()
    assert walk.waiting() == ["paid_twice"]
    walk.gives_back(payment_of(walk, "suspense"), "6,550", "paid_twice")
    theirs = walk.payer.client.v1.refunds.list().data[0].id
    for do in ("account", "succeed"):
        walk.payer.order(f"refunds/{theirs}", do=do)
    walk.news()
    walk.all_is_well()
    walk.hanako.open(f"/applications/{walk.case}/pay/return")
    assert walk.hanako.heading == "お支払いを確認しました", "the payment that counts is untouched"


@pytest.mark.parametrize("back", [True, False], ids=["given back", "kept"])
def test_refused_after_payment(walk: Walk, back: bool) -> None:
    """Paid, examined, refused: the office and finance decide whether the fee goes back."""
    case = walk.files()
    walk.payer.choose(walk.presses_pay(), "card_ok")
    walk.news()
    proposal = walk.casework.propose(case, "refuse", ("R3",), "要件を満たしていません。")
    walk.casework.approve(case, proposal)
    walk.hanako.open(f"/applications/{case}")
    assert "承認できなかった理由" in walk.hanako.main
    assert walk.waiting() == ["paid_and_refused"]
    walk.later(days=1)
    if back:
        walk.gives_back(payment_of(walk, "settled"), "6550", "refused")
        walk.news()
    else:
        walk.explains("paid_and_refused", "審査の手数料であり、返さない。所管と確認した。")
    walk.all_is_well()


def test_dispute_lost(walk: Walk) -> None:
    """Paid by card; her bank takes the money back for somebody who says it was not her."""
    walk.files()
    walk.payer.choose(walk.presses_pay(), "card_ok")
    walk.news()
    intent = walk.payer.client.v1.payment_intents.list().data[0].id
    dispute = walk.payer.order("disputes", payment_intent=intent).json()["id"]
    walk.news()
    walk.tanaka.get("/finance/disputes")
    assert "お金が引き戻されました" in walk.tanaka.get(f"/finance/disputes/stripe-{dispute}").text
    walk.payer.order(f"disputes/{dispute}", do="lost")
    walk.news()
    assert walk.waiting() == ["dispute_lost"]

    with walk.services.database.read() as session:
        at = f"/finance/disputes/{session.scalars(select(Dispute.id)).one()}"
    walk.tanaka.get(at)
    walk.tanaka.post(f"{at}/want", {"ending": "write_off", "reason": "本人の届出どおり"})
    assert walk.tanaka.page.status_code == 303
    walk.mori.get(at)
    assert walk.mori.post(f"{at}/decide").status_code == 303
    walk.all_is_well()
