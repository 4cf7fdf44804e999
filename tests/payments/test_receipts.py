"""Receipts: numbered without gaps, fixed for ever, re-issues marked, for the side that paid, and nobody else's."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from payments.links.opening import AFTERWARDS
from payments.links.sharing import take_back
from payments.models import Charge, PayLink, Receipt, ReceiptCopy
from payments.receipts import asking, reading
from payments.receipts.asking import EnoughCopies, NoName, checked_name
from payments.receipts.cancelling import cancel
from payments.receipts.making import ReceiptPress
from payments.receipts.reading import HANDED_OUT, ReceiptState
from procedures import jobs
from procedures.actors import SYSTEM
from procedures.blobs.disk import DiskBlobs
from procedures.errors import NotFound
from procedures.keyring.owned import of
from procedures.papers.examining import examine
from procedures.seal import create_seal_key
from procedures.uploads.forgetting import sweep
from tests.payments.scripted import ScriptedProvider
from tests.payments.test_links import link, page_of, press
from tests.payments.test_races import settle, together
from tests.payments.till import Till
from tests.procedures.test_papers import TEMPLATES


@pytest.fixture(scope="module")
def seal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seal")
    create_seal_key(folder, "東京都", datetime.now(UTC))
    return folder


class Window:
    """The counter where receipts are handed out."""

    def __init__(self, till: Till, provider: ScriptedProvider, press: ReceiptPress) -> None:
        self.till, self.provider, self.press = till, provider, press

    def paid(self, by_link: bool = False) -> tuple[str, str | None]:
        """A paid charge, and the id of the link by which it was paid."""
        till = self.till
        application_id = till.owing()
        token = link(till, application_id) if by_link else None
        page = page_of(press(till, token) if token else till.open(application_id))
        self.provider.pay(page)
        settle(till, self.provider, page)
        with till.database.read() as session:
            charge_id = till.charge(application_id).id
            return charge_id, session.scalar(select(PayLink.id).where(PayLink.charge_id == charge_id))

    def ask(self, charge_id: str, link_id: str | None = None, name: str = "髙橋 𠮷子") -> str:
        with self.till.database.write() as session:
            return asking.ask(session, SYSTEM, self.till.now, charge_id, link_id, name, "東京都")

    def work(self) -> None:
        handlers = {"receipt.make": self.press.handler(), "notice.send": lambda *_: None}
        while jobs.run_one(self.till.database, lambda: self.till.now, "worker", handlers):
            pass

    def state(self, charge_id: str, link_id: str | None = None) -> ReceiptState:
        with self.till.database.read() as session:
            return reading.state_of(session, self.till.now, charge_id, link_id)

    def fetch(self, charge_id: str, copy_id: str, link_id: str | None = None) -> bytes:
        with self.till.database.read() as session:
            opened = reading.open_copy(session, self.press.blobs, self.till.now, charge_id, link_id, copy_id)
        with opened.stream as stream:
            return stream.read()

    def text(self, charge_id: str, copy_id: str, link_id: str | None = None) -> str:
        return PdfReader(BytesIO(self.fetch(charge_id, copy_id, link_id))).pages[0].extract_text()


@pytest.fixture
def window(counter: Till, scripted: ScriptedProvider, tmp_path: Path, seal_folder: Path) -> Iterator[Window]:
    return Window(counter, scripted, ReceiptPress(DiskBlobs(tmp_path / "blobs"), TEMPLATES, seal_folder))


def test_the_first_is_the_original(window: Window, seal_folder: Path) -> None:
    charge_id, _ = window.paid()
    copy_id = window.ask(charge_id)
    assert window.state(charge_id).making
    window.work()
    text = window.text(charge_id, copy_id)
    for words in (
        "領収証",
        "髙橋 𠮷子　様",
        "1,000円",
        "許可",
        "令和8年5月1日",
        "クレジットカード",
        "東京都",
        "R-hokenjo-2026-000001",
    ):
        assert words in text
    assert "再発行" not in text
    assert examine(window.fetch(charge_id, copy_id), seal_folder) == "intact"
    assert window.state(charge_id).copy_id == copy_id


def test_asking_again_soon_gives_the_same_file(window: Window) -> None:
    charge_id, _ = window.paid()
    first = window.ask(charge_id)
    assert window.ask(charge_id, name="鈴木") == first
    window.work()
    assert window.ask(charge_id) == first


def test_later_it_is_a_marked_re_issue_that_says_the_same(window: Window) -> None:
    charge_id, _ = window.paid()
    original = window.ask(charge_id)
    window.work()
    before = window.text(charge_id, original)
    window.till.now += HANDED_OUT + timedelta(days=9)
    assert window.state(charge_id).copy_id == ""
    with pytest.raises(NotFound):
        window.fetch(charge_id, original)
    again = window.ask(charge_id, name="別の名前")
    assert again != original
    window.work()
    text = window.text(charge_id, again)
    assert "再発行（令和8年5月11日）" in text
    assert "別の名前" not in text
    assert text.replace("再発行（令和8年5月11日）\n", "").split() == before.split()


def test_what_it_says_cannot_be_changed(window: Window) -> None:
    charge_id, _ = window.paid()
    window.ask(charge_id)
    with pytest.raises(DBAPIError, match="append-only"), window.till.database.write() as session:
        session.execute(update(Receipt).values(addressee=of("receipt:another", "別の名前")))


def test_numbers_have_no_gaps(window: Window) -> None:
    for name in ("a", "", "b"):
        charge_id, _ = window.paid()
        if name:
            window.ask(charge_id, name=name)
        else:
            with pytest.raises(NoName):
                window.ask(charge_id, name=name)
    with window.till.database.read() as session:
        numbers = sorted(session.scalars(select(Receipt.number)))
    assert numbers == ["R-hokenjo-2026-000001", "R-hokenjo-2026-000002"]


def test_nothing_before_it_is_paid(window: Window) -> None:
    application_id = window.till.owing()
    charge_id = window.till.charge(application_id).id
    assert window.state(charge_id) is None
    with pytest.raises(NotFound):
        window.ask(charge_id)


def test_two_at_once_get_one_receipt(window: Window) -> None:
    charge_id, _ = window.paid()
    copies = together(*[lambda: window.ask(charge_id)] * 4)
    assert len(set(copies)) == 1
    with window.till.database.read() as session:
        assert len(session.scalars(select(Receipt)).all()) == len(session.scalars(select(ReceiptCopy)).all()) == 1


def test_a_worker_that_dies_makes_the_same_copy_again(window: Window) -> None:
    charge_id, _ = window.paid()
    copy_id = window.ask(charge_id)
    broken = ReceiptPress(window.press.blobs, window.press.seal_folder, window.press.seal_folder)
    good, window.press = window.press, broken
    window.work()
    assert window.state(charge_id).making
    window.press = good
    window.till.later(minutes=1)
    window.work()
    assert window.state(charge_id).copy_id == copy_id


def test_the_sweep_of_bytes_leaves_receipts_alone(window: Window) -> None:
    charge_id, _ = window.paid()
    copy_id = window.ask(charge_id)
    window.work()
    far = datetime.now(UTC) + timedelta(days=3)
    assert sweep(window.till.database, window.press.blobs, far) == 0
    assert window.fetch(charge_id, copy_id)


def test_a_cancelled_one_is_given_out_no_more(window: Window) -> None:
    charge_id, _ = window.paid()
    copy_id = window.ask(charge_id)
    window.work()
    application_id = _case(window, charge_id)
    with window.till.database.write() as session:
        assert cancel(session, SYSTEM, window.till.now, charge_id, application_id, "refund")
        assert not cancel(session, SYSTEM, window.till.now, charge_id, application_id, "refund")
    assert window.state(charge_id).cancelled
    for act in (lambda: window.fetch(charge_id, copy_id), lambda: window.ask(charge_id)):
        with pytest.raises(NotFound):
            act()


def _case(window: Window, charge_id: str) -> str:
    with window.till.database.read() as session:
        return session.scalar(select(Charge.application_id).where(Charge.id == charge_id))


def test_not_for_ever(window: Window) -> None:
    charge_id, _ = window.paid()
    for _ in range(asking.MOST_COPIES):
        window.ask(charge_id)
        window.work()
        window.till.now += HANDED_OUT
    with pytest.raises(EnoughCopies):
        window.ask(charge_id)


class TestSides:
    def test_who_paid_by_the_link_gets_it_in_their_name(self, window: Window) -> None:
        charge_id, link_id = window.paid(by_link=True)
        copy_id = window.ask(charge_id, link_id, "株式会社見本 御中")
        window.work()
        text = window.text(charge_id, copy_id, link_id)
        assert "株式会社見本 御中" in text
        assert "花子" not in text
        assert "内訳" not in text

    def test_the_other_side_gets_nothing_of_it(self, window: Window) -> None:
        charge_id, link_id = window.paid(by_link=True)
        copy_id = window.ask(charge_id, link_id)
        window.work()
        assert not window.state(charge_id).may_ask
        assert window.state(charge_id).addressee == ""
        for act in (lambda: window.ask(charge_id), lambda: window.fetch(charge_id, copy_id)):
            with pytest.raises(NotFound):
                act()

    def test_nor_does_the_link_where_the_applicant_paid(self, window: Window) -> None:
        till = window.till
        application_id = till.owing()
        token = link(till, application_id)
        page = page_of(till.open(application_id))
        window.provider.pay(page)
        settle(till, window.provider, page)
        charge_id = till.charge(application_id).id
        assert window.state(charge_id).may_ask
        assert not window.state(charge_id, "some-link").may_ask
        assert token

    def test_the_last_at_the_pay_page_is_the_payer(self, window: Window) -> None:
        till = window.till
        application_id = till.owing()
        page = page_of(press(till, link(till, application_id)))
        assert page_of(till.open(application_id)) == page
        window.provider.pay(page)
        settle(till, window.provider, page)
        assert window.state(till.charge(application_id).id).may_ask

    def test_after_its_time_it_is_the_applicants(self, window: Window) -> None:
        charge_id, _ = window.paid(by_link=True)
        assert not window.state(charge_id).may_ask
        window.till.now += AFTERWARDS
        assert window.state(charge_id).may_ask

    def test_a_link_taken_back_after_the_payment_stays_the_payers_door(self, window: Window) -> None:
        charge_id, link_id = window.paid(by_link=True)
        with pytest.raises(NotFound), window.till.database.write() as session:
            take_back(session, window.till.desk.people.hanako, window.till.now, _case(window, charge_id))
        assert window.state(charge_id, link_id).may_ask


@pytest.mark.parametrize("name", ["", "  ", "\u3000", "a" * 61, "a\nb", "a\x00b", "a\u202eb"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(NoName):
        checked_name(name)


@pytest.mark.parametrize("name", ["髙橋 𠮷子", "葛󠄀城", " 株式会社Ａ ", "O'Brien & Co. <b>"])
def test_names_stay_as_they_are(name: str) -> None:
    assert checked_name(name) == name.strip()


def test_a_name_that_cannot_be_printed_is_known_before(window: Window) -> None:
    assert window.press.can_draw("髙橋 𠮷子 葛󠄀 #[x] $y$")
    assert not window.press.can_draw("\U000f1234")
