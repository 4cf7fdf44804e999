"""A pay link leads somebody else to the one payment of a charge, tells nothing of the applicant, opens nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from payments import charges
from payments.charges import NothingToPay, Opened
from payments.links.opening import AFTERWARDS, SharedCharge, open_link
from payments.links.sharing import share, shared, take_back
from payments.links.tokens import Tokens
from payments.models import Checkout, PayLink
from payments.providers import ProviderUnavailable
from payments.settlement import record
from procedures.actors import Actor
from procedures.errors import NotFound
from procedures.keyring.owned import of
from procedures.models import Application
from tests.payments.scripted import ScriptedProvider
from tests.payments.test_races import settle, together
from tests.payments.till import Till

TOKENS = Tokens("s" * 32)


def link(till: Till, application_id: str, actor: Actor | None = None) -> str:
    with till.database.write() as session:
        return share(session, actor or till.desk.people.hanako, till.now, application_id, TOKENS)


def look(till: Till, token: str, now: datetime | None = None) -> SharedCharge:
    with till.database.read() as session:
        return open_link(session, now or till.now, token)


def press(till: Till, token: str, *, another_way: bool = False) -> Opened:
    return charges.open_shared_checkout(
        till.database,
        till.provider,
        till.now,
        look(till, token),
        language="ja",
        success_url=f"http://127.0.0.1:9/pay/{token}/return",
        cancel_url=f"http://127.0.0.1:9/pay/{token}",
        another_way=another_way,
    )


def page_of(opened: Opened) -> str:
    return str(opened.url).rpartition("/")[2]


def known(till: Till, application_id: str) -> None:
    """The case has an address that nobody else is to see."""
    with till.database.write() as session:
        session.execute(
            update(Application)
            .where(Application.id == application_id)
            .values(contact_email=of(application_id, "hanako@example.jp"))
        )


class TestLink:
    def test_it_shows_what_is_to_be_paid_and_nothing_of_anybody(self, counter: Till) -> None:
        application_id = counter.owing()
        seen = look(counter, link(counter, application_id))
        assert (seen.yen, seen.state, seen.title.ja) == (1000, "waiting", "許可")
        assert seen.due_on == counter.charge(application_id).due_on
        assert "花子" not in repr(seen)
        assert "髙橋" not in repr(seen)

    def test_it_is_the_same_until_it_is_taken_back(self, counter: Till) -> None:
        application_id = counter.owing()
        first = link(counter, application_id)
        assert link(counter, application_id) == first
        with counter.database.write() as session:
            take_back(session, counter.desk.people.hanako, counter.now, application_id)
        second = link(counter, application_id)
        assert second != first
        with pytest.raises(NotFound):
            look(counter, first)
        assert look(counter, second)

    def test_the_database_knows_no_token(self, counter: Till) -> None:
        application_id = counter.owing()
        token = link(counter, application_id)
        assert len(token) == 26
        with counter.database.read() as session:
            row = session.scalars(select(PayLink)).one()
            assert token not in repr(vars(row))
            assert shared(session, application_id, TOKENS) == token
            assert shared(session, application_id, Tokens("t" * 32)) is None

    def test_a_changed_secret_makes_a_new_link(self, counter: Till) -> None:
        application_id = counter.owing()
        first = link(counter, application_id)
        with counter.database.write() as session:
            second = share(session, counter.desk.people.hanako, counter.now, application_id, Tokens("t" * 32))
        assert look(counter, second)
        with pytest.raises(NotFound):
            look(counter, first)

    def test_only_the_applicant_shares_and_takes_back(self, counter: Till) -> None:
        application_id = counter.owing()
        token = link(counter, application_id)
        for actor in (counter.desk.people.taro, counter.desk.people.sato, Actor("visitor", "x" * 20)):
            with pytest.raises(NotFound):
                link(counter, application_id, actor)
            with pytest.raises(NotFound), counter.database.write() as session:
                take_back(session, actor, counter.now, application_id)
        assert look(counter, token)

    @pytest.mark.parametrize("token", ["", "x", "a" * 26, "'; --", "\u0000", "あ" * 26])
    def test_what_is_no_token_opens_nothing(self, counter: Till, token: str) -> None:
        link(counter, counter.owing())
        with pytest.raises(NotFound):
            look(counter, token)

    def test_it_ends_with_the_charge(self, counter: Till) -> None:
        application_id = counter.owing()
        token, due_at = link(counter, application_id), counter.charge(application_id).due_at
        assert look(counter, token, due_at - timedelta(seconds=1))
        with pytest.raises(NotFound):
            look(counter, token, due_at)
        counter.withdraw(application_id)
        with pytest.raises(NotFound):
            look(counter, token)
        with pytest.raises(NotFound):
            link(counter, application_id)

    def test_after_the_payment_it_says_so_for_a_while(self, counter: Till, scripted: ScriptedProvider) -> None:
        application_id = counter.owing()
        token = link(counter, application_id)
        page = page_of(press(counter, token))
        scripted.pay(page)
        settle(counter, scripted, page)
        assert look(counter, token).state == "paid"
        with pytest.raises(NothingToPay):
            press(counter, token)
        with pytest.raises(NotFound):
            look(counter, token, counter.now + AFTERWARDS)
        assert counter.status(application_id) == "received"
        counter.is_sound()


class TestPaying:
    def test_the_pay_page_names_nobody_and_no_line(self, counter: Till, scripted: ScriptedProvider) -> None:
        application_id = counter.owing()
        known(counter, application_id)
        press(counter, link(counter, application_id))
        ((order, _),) = scripted.by_key.values()
        assert order.email is None
        assert [(line.title, line.unit_yen) for line in order.lines] == [("許可", 1000)]
        assert application_id not in order.success_url + order.cancel_url

    def test_the_same_page_for_every_click(self, counter: Till, scripted: ScriptedProvider) -> None:
        token = link(counter, counter.owing())
        assert press(counter, token).url == press(counter, token).url
        assert len(scripted.states) == 1

    def test_the_applicant_comes_to_the_page_that_is_open(self, counter: Till, scripted: ScriptedProvider) -> None:
        application_id = counter.owing()
        known(counter, application_id)
        theirs = press(counter, link(counter, application_id))
        assert counter.open(application_id).url == theirs.url
        assert len(scripted.states) == 1

    def test_a_page_with_the_applicants_address_is_closed_first(
        self, counter: Till, scripted: ScriptedProvider
    ) -> None:
        application_id = counter.owing()
        known(counter, application_id)
        own = page_of(counter.open(application_id))
        theirs = page_of(press(counter, link(counter, application_id)))
        assert own != theirs
        assert scripted.states[own].status == "expired"
        assert counter.open(application_id).url == f"http://pay/{theirs}"

    def test_paid_by_the_applicant_meanwhile(self, counter: Till, scripted: ScriptedProvider) -> None:
        application_id = counter.owing()
        token = link(counter, application_id)
        scripted.pay(page_of(counter.open(application_id)))
        assert press(counter, token).state == "paid"
        assert counter.payments() == [("settled", 1000)]
        counter.is_sound()

    def test_a_konbini_number_is_not_shown_to_the_other(self, counter: Till, scripted: ScriptedProvider) -> None:
        application_id = counter.owing()
        token = link(counter, application_id)
        own = page_of(counter.open(application_id))
        scripted.issue_number(own, counter.now + timedelta(days=2))
        assert press(counter, token) == Opened("waiting", None, counter.now + timedelta(days=2))
        assert press(counter, token, another_way=True).state == "open"
        assert scripted.states[own].waiting_until is None

    def test_nor_the_other_way_round(self, counter: Till, scripted: ScriptedProvider) -> None:
        application_id = counter.owing()
        token = link(counter, application_id)
        theirs = page_of(press(counter, token))
        scripted.issue_number(theirs, counter.now + timedelta(days=2))
        assert counter.open(application_id).url is None
        assert press(counter, token).url == f"http://v/{theirs}"
        assert look(counter, token).state == "konbini"

    @pytest.mark.parametrize("failure", ["lost", "late"])
    def test_asked_again_after_a_broken_line_it_is_the_same_request(
        self, counter: Till, scripted: ScriptedProvider, failure: str
    ) -> None:
        application_id = counter.owing()
        known(counter, application_id)
        token = link(counter, application_id)
        scripted.fail_next = [failure]
        with pytest.raises(ProviderUnavailable):
            press(counter, token)
        assert press(counter, token).state == "open"
        assert len(scripted.states) == 1

    def test_an_answer_to_the_applicant_that_was_lost_is_closed_too(
        self, counter: Till, scripted: ScriptedProvider
    ) -> None:
        application_id = counter.owing()
        scripted.fail_next = ["late"]
        with pytest.raises(ProviderUnavailable):
            counter.open(application_id)
        theirs = page_of(press(counter, link(counter, application_id)))
        assert [state.status for page, state in scripted.states.items() if page != theirs] == ["expired"]

    def test_who_went_there_last_is_known(self, counter: Till) -> None:
        application_id = counter.owing()
        token = link(counter, application_id)
        for go, expected in ((lambda: press(counter, token), True), (lambda: counter.open(application_id), False)):
            go()
            with counter.database.read() as session:
                row = session.scalars(select(Checkout)).one()
            assert (row.last_link_id is not None) == expected
            assert row.link_id is not None


@pytest.mark.parametrize("turn", range(4))
def test_two_payers_at_once_pay_once(counter: Till, scripted: ScriptedProvider, turn: int) -> None:
    application_id = counter.owing()
    token = link(counter, application_id)
    clicks: list[Callable[[], Opened]] = [lambda: counter.open(application_id), lambda: press(counter, token)]
    together(*(clicks * 2 if turn % 2 else clicks[::-1] * 2))
    alive = [page for page, state in scripted.states.items() if state.status == "open"]
    for page in alive:
        scripted.pay(page)
    counter.work()
    for page in alive:
        settle(counter, scripted, page)
    assert counter.status(application_id) == "received"
    assert [kind for kind, _ in counter.payments()].count("settled") == 1
    assert len(alive) == 1
    counter.is_sound()


def test_two_payers_in_the_sandbox(till: Till, payer: object) -> None:
    """Both on the same pay page of the local Stripe; the second finds it paid."""
    application_id = till.owing()
    known(till, application_id)
    token = link(till, application_id)
    own, theirs = till.open(application_id), press(till, token)
    assert own.url != theirs.url
    page = str(theirs.url).rpartition("/")[2]
    assert payer.look(page).customer_email is None
    assert payer.choose(page, "card_ok").status_code in {302, 303}
    gone = str(own.url).rpartition("/")[2]
    payer.choose(gone, "card_ok")
    till.later(minutes=11)
    for opened in (gone, page):
        state = till.provider.checkout(opened)
        with till.database.write() as session:
            record(session, "stripe", till.now, state)
    assert till.payments() == [("settled", 1000)]
    assert look(till, token).state == "paid"
    with pytest.raises(NothingToPay):
        till.open(application_id)
    till.is_sound()
