"""Random walks with two devices, several windows and the browser's back: no acknowledged answer is ever lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from werkzeug.test import TestResponse

from procedures.database import Database
from procedures.models import Draft, Unfinished
from procedures.storing import answers as stored
from tests.web.client import form_values, main_form
from tests.web.residents.applicant import PLACE, USER, Applicant
from tests.web.residents.continuing.test_devices import make_code, open_code

PAGES = {"place": (PLACE, "customer_number"), "user": (USER, "phone")}
FIT = {
    "place": st.sampled_from(["12345678", "１２３４５６７９", "99999999"]),
    "user": st.sampled_from(["0311112222", "０３ー１１１１ー３３３３", "0311114444"]),
}
READ = {"１２３４５６７９": "12345679", "０３ー１１１１ー３３３３": "0311113333"}
UNFIT = "いち"


@dataclass
class Window:
    """A page as a window still shows it, and what was saved of it when it was drawn."""

    device: int
    page: str
    form: dict[str, Any]
    saved: str | None


@dataclass
class Kept:
    """Text that the server says it keeps: in which version, from which window, typed over which saved answer."""

    text: str
    version: int
    window: str
    over: str | None


class Walk(RuleBasedStateMachine):
    """`saved` and `kept` are what the server acknowledged, by page."""

    devices: ClassVar[list[Applicant]]
    database: ClassVar[Database]
    windows = Bundle("windows")

    @initialize()
    def begin(self) -> None:
        """A new draft, opened on both devices."""
        self.id = self.devices[0].start("water-service-start")
        open_code(self.devices[1], make_code(self.devices[0], self.id))
        self.saved: dict[str, str] = {}
        self.kept: dict[str, Kept] = {}

    @rule(target=windows, device=st.sampled_from([0, 1]), page=st.sampled_from(sorted(PAGES)))
    def open(self, device: int, page: str) -> Window:
        """The page shows what was kept over the answer that is saved, else the answer; and what was kept beside it."""
        person, kept, saved = self.devices[device], self.kept.get(page), self.saved.get(page)
        person.open(f"/applications/{self.id}/steps/{page}")
        shown = person.typed(PAGES[page][1])
        assert shown == [kept.text if kept and kept.over == saved else saved or ""]
        if kept and kept.text not in {"", saved}:
            assert kept.text in (shown[0] if kept.over == saved else person.main)
        return Window(device, page, form_values(main_form(person.tree)), saved)

    def _send(self, window: Window, path: str, text: str) -> TestResponse:
        whole, name = PAGES[window.page]
        return self.devices[window.device].post(
            f"/applications/{self.id}/{path}/{window.page}", {**window.form, **whole, name: text}
        )

    def _stale(self, window: Window) -> bool:
        return window.saved != self.saved.get(window.page)

    @rule(window=windows, data=st.data())
    def send(self, window: Window, data: st.DataObject) -> None:
        """From the window before us, or from one that the browser's back brought up again: all the same."""
        text = data.draw(FIT[window.page])
        answer, read, kept = self._send(window, "steps", text), READ.get(text, text), self.kept.get(window.page)
        if self._stale(window) and read != self.saved.get(window.page):
            assert answer.status_code == 409  # told, and nothing written
            return
        assert answer.status_code == 303
        self.saved[window.page] = read
        if kept and (self._version(window) == kept.version or window.form["kept:window"] == [kept.window]):
            del self.kept[window.page]

    @rule(window=windows)
    def send_what_is_refused(self, window: Window) -> None:
        """It is kept as text, unless another window keeps some."""
        answer = self._send(window, "steps", UNFIT)
        assert answer.status_code == (409 if self._stale(window) else 422)
        self._keep(window, UNFIT)

    @rule(window=windows, text=st.sampled_from(["1", "あ", "9999"]))
    def type_and_pause(self, window: Window, text: str) -> None:
        """What the script does; it knows the new version then."""
        answer, fits = self._send(window, "unfinished", text), self._fits(window)
        assert answer.status_code == (200 if fits else 409)
        self._keep(window, text)
        if fits:
            window.form["kept:version"] = [str(answer.json["version"])]

    @staticmethod
    def _version(window: Window) -> int:
        return int(window.form["kept:version"][0])

    def _fits(self, window: Window) -> bool:
        kept = self.kept.get(window.page)
        return not self._stale(window) and self._version(window) == (kept.version if kept else 0)

    def _keep(self, window: Window, text: str) -> None:
        if self._fits(window):
            version = self._version(window) + 1
            self.kept[window.page] = Kept(text, version, window.form["kept:window"][0], window.saved)

    @invariant()
    def what_was_acknowledged_is_there_and_nothing_else(self) -> None:
        """In the database itself."""
        if not hasattr(self, "kept"):
            return
        with self.database.read() as session:
            packed = session.execute(select(Draft.answers).where(Draft.application_id == self.id)).scalar_one()
            typed = session.execute(select(Unfinished).where(Unfinished.application_id == self.id)).scalars().all()
        answers = stored.unpack(packed)
        assert {page: answers[name] for page, (_, name) in PAGES.items() if name in answers} == self.saved
        found = {row.page.removeprefix("steps/"): row.texts for row in typed}
        assert {page: texts[PAGES[page][1]] for page, texts in found.items()} == {
            page: [kept.text] for page, kept in self.kept.items()
        }


@pytest.mark.sqlite_only
def test_walks_lose_nothing(applicant: Callable[..., Applicant], database: Database) -> None:
    Walk.devices, Walk.database = [applicant(), applicant()], database
    few = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Walk, settings=few)
