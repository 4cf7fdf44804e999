"""The clock that can be moved: what passes meanwhile happens at its own moment, in its order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payments.sandbox import agenda
from payments.sandbox.cashier import passing_time
from payments.sandbox.clock import Clock
from payments.sandbox.machine import Sandbox
from payments.sandbox.store import Store
from tests.payments.conftest import Payer
from tests.payments.sandbox.paid import DAY, paid


def test_one_jump_does_what_many_steps_do(payer: Payer) -> None:
    session = payer.session(payment_method_options={"konbini": {"expires_after_days": 2}})
    payer.choose(session.id, "konbini")
    paid(payer)
    payer.session(expires_at=payer.sandbox.clock.now() + 3_600)
    payer.order("payouts", schedule="daily")
    began = payer.sandbox.clock.now()
    payer.order("clock", seconds=10 * DAY)
    events = payer.client.v1.events.list({"created": {"gt": began + 60}, "limit": 100}).data[::-1]
    assert [event.type for event in events] == [
        "checkout.session.expired",
        "payment_intent.payment_failed",
        "checkout.session.async_payment_failed",
        "payout.created",
        "payout.reconciliation_completed",
        "payout.paid",
    ]
    moments = [event.created for event in events]
    assert moments == sorted(moments)
    assert 3_500 <= moments[0] - began <= 3_700
    assert moments[-1] < payer.sandbox.clock.now() - DAY, "at its own moment, not at the end of the jump"


@pytest.mark.parametrize(("days", "status"), [(0.9, "unpaid"), (1.1, "paid")])
def test_a_number_is_paid_tomorrow(payer: Payer, days: float, status: str) -> None:
    session = payer.session()
    payer.choose(session.id, "konbini")
    intent = payer.look(session.id).payment_intent
    payer.order(f"konbini/{intent.id}", do="later")
    payer.order("clock", seconds=int(days * DAY))
    state = payer.look(session.id)
    assert state.payment_status == status
    if status == "paid":
        assert state.payment_intent.latest_charge.created == pytest.approx(intent.created + DAY, abs=5)


def test_who_comes_too_late_does_not_pay_any_more(payer: Payer) -> None:
    session = payer.session()
    payer.choose(session.id, "konbini")
    intent = payer.look(session.id).payment_intent
    payer.order(f"konbini/{intent.id}", do="later", seconds=30 * DAY)
    payer.order("clock", seconds=31 * DAY)
    assert payer.look(session.id).payment_status == "unpaid"


def test_plans_can_be_changed(payer: Payer) -> None:
    session = payer.session()
    payer.choose(session.id, "konbini")
    intent = payer.look(session.id).payment_intent
    payer.order(f"konbini/{intent.id}", do="later")
    payer.order(f"konbini/{intent.id}", do="never")
    payer.order("clock", seconds=2 * DAY)
    assert payer.look(session.id).payment_status == "unpaid"
    payer.order(f"konbini/{intent.id}", do="pay", shop="lawson")
    charge = payer.look(session.id).payment_intent.latest_charge
    assert charge.payment_method_details.konbini.store.chain == "lawson"


def test_to_a_moment_in_japan(payer: Payer) -> None:
    answer = payer.order("clock", to="2027-01-01T00:00").json()
    assert answer["now"] == pytest.approx(1_798_729_200, abs=5)
    assert answer["moved"] > 0
    for wrong in ({"to": "2020-01-01T00:00"}, {"to": "tomorrow"}, {"seconds": 401 * DAY}, {}):
        assert payer.order("clock", **wrong).status_code == 400


def test_who_did_not_move_their_clock_can_still_open_a_session(payer: Payer) -> None:
    theirs = payer.sandbox.clock.now()
    payer.order("clock", seconds=5 * DAY)
    session = payer.session(expires_at=theirs + 3_600)
    assert (session.status, session.expires_at) == ("open", theirs + 3_600)
    payer.order("clock", seconds=3_000)
    assert payer.look(session.id).status == "open"
    payer.order("clock", seconds=1_000)
    assert payer.look(session.id).status == "expired"
    ours = payer.session(expires_at=payer.sandbox.clock.now() + 3_600)
    payer.order("clock", seconds=3_700)
    assert payer.look(ours.id).status == "expired"


MOMENTS = st.lists(st.integers(0, 50), max_size=20)


@given(MOMENTS)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_agenda_gives_back_what_is_due_in_its_order(moments: list[int]) -> None:
    store = Store()
    for number, moment in enumerate(moments):
        agenda.plan(store, moment, "x", str(number))
    taken = []
    while entry := agenda.take_next(store, 30):
        taken.append((entry.due, int(entry.subject)))
    assert taken == sorted((moment, number) for number, moment in enumerate(moments) if moment <= 30)
    left = store.run("SELECT count(*) FROM agenda")[0][0]
    assert left == sum(moment > 30 for moment in moments)
    store.close()


def test_what_a_happening_plans_for_before_now_happens_in_the_same_jump(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    sandbox = Sandbox(store, Clock(store, start=1_000), "http://x", "sk_test")
    seen = []

    def again(machine: Sandbox, subject: str) -> None:
        seen.append(machine.clock.now())
        if len(seen) < 3:
            agenda.plan(store, machine.clock.now() + 10, "again", subject)

    monkeypatch.setattr(passing_time, "HAPPENINGS", {"again": again})
    agenda.plan(store, 1_010, "again", "x")
    sandbox.clock.advance(100)
    passing_time.catch_up(sandbox)
    assert seen == [1_010, 1_020, 1_030]
    store.close()


def test_a_file_of_another_version_is_begun_anew(tmp_path: object) -> None:
    import sqlite3

    path = f"{tmp_path}/old.db"
    with sqlite3.connect(path) as old:
        old.execute("CREATE TABLE delivery (number INTEGER)")
    store = Store(path)
    assert store.run("SELECT count(*) FROM delivery WHERE payload = 'thin'") == [(0,)]
    store.close()
