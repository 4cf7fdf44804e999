"""Who is at work during an upgrade: visitors send files piece by piece, residents apply, clerks examine and decide."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Thread
from typing import Any

from tests.crash.person import Answer, Broken, File, Person
from tests.operating.installation import Acknowledged, Visitor
from tests.uploaded import padded

RESIDENTS = ("hanako", "taro")
WAITS = 30


class Refused(AssertionError):
    """What somebody did was not taken."""


@dataclass
class Customer(Person):
    """Somebody who comes again when they are told that it passes (503), and counts that."""

    told_to_wait: int = 0
    signed_in: bool = False

    def be_signed_in(self) -> None:
        """Once; the session outlives every release."""
        if not self.signed_in:
            self.sign_in()
            self.signed_in = True

    def ask(self, method: str, path: str, **options: Any) -> Answer:
        """One request, again while the answer is a declared 503."""
        for _ in range(WAITS):
            try:
                return super().ask(method, path, **options)
            except Broken as broken:
                if f"{method} {path}: 503 " not in str(broken):
                    raise
                self.told_to_wait += 1
                time.sleep(1)
        raise Refused(f"{method} {path}: 503 for ever")

    def do(self, page: str, answers: Mapping[str, Any], form: str, files: tuple[File, ...] = ()) -> Answer:
        """Open a page, fill in its form, and be told that it was taken."""
        shown = self.get(page)
        if shown.path != page or not self.has_form(form):
            raise Refused(f"{self.name} asked for {page} and got {shown.path}, {shown.status}, without {form}")
        answer = self.send(answers, form, files)
        named = files and all(name in answer.text for _, name, _ in files)  # with a file the page comes again
        if not (named or answer.status == 303) or answer.location.startswith("/sign-in"):
            raise Refused(f"{self.name} sent {form} of {page}: {answer.status} {answer.location}")
        return answer


@dataclass(frozen=True)
class Filed:
    """A case of which everything was acknowledged: what it holds."""

    id: str
    words: tuple[str, ...]


@dataclass
class Work:
    """Everybody, until told to stop; what they were told has been done, and what went wrong."""

    site: str
    visitors: int = 2
    stopping: Event = field(default_factory=Event)
    files: list[Acknowledged] = field(default_factory=list)
    cases: list[Filed] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    everybody: list[Customer] = field(default_factory=list)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """They are at work while the block lasts."""
        works: list[Callable[[], None]] = [self._visit] * self.visitors
        works += [partial(self._apply, name) for name in RESIDENTS]
        threads = [Thread(target=work) for work in works]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stopping.set()
            for thread in threads:
                thread.join()

    def waited(self) -> int:
        """How often somebody was told that it passes."""
        return sum(one.told_to_wait for one in self.everybody)

    def _again(self, once: Callable[[int], None]) -> None:
        number = 0
        while not self.stopping.is_set():
            number += 1
            try:
                once(number)
            except Exception as error:  # noqa: BLE001 - whatever it is, nobody may see it during an upgrade
                self.troubles.append(f"{type(error).__name__}: {error}"[:500])
                self.stopping.wait(0.5)

    def _visit(self) -> None:
        content = padded(0)

        def once(_number: int) -> None:
            visitor = Visitor(self.site)
            visitor.session.headers["Connection"] = "close"  # every request may come to the other release
            self.files.append(visitor.send(visitor.begin(), content))

        self._again(once)

    def _apply(self, name: str) -> None:
        """One case after another, each from its first answer to its decision; signed in once for all of them."""
        owner, clerk, approver = (Customer(self.site, one) for one in (name, "sato", "suzuki"))
        self.everybody += [owner, clerk, approver]
        content = padded(0)

        def once(number: int) -> None:
            for one in (owner, clerk, approver):
                one.be_signed_in()
            self.cases.append(one_case(owner, clerk, approver, number, content))

        self._again(once)


def one_case(owner: Customer, clerk: Customer, approver: Customer, number: int, content: bytes) -> Filed:
    """Begun, filled in, with a file, sent, asked about, claimed, proposed, decided."""
    name, goods, question = (
        f"髙橋 𠮷子{number}",
        f"薪 {number} 束 {owner.name}",
        f"いつ届きますか {owner.name} {number}",
    )
    case = owner.do("/procedures/shed", {}, "/start").location.split("/")[2]
    at, desk = f"/applications/{case}", f"/desk/cases/{case}"
    owner.do(f"{at}/steps/who", {"name": name, "email": f"{owner.name}@example.jp"}, "steps/who")
    file = ("plan.new", "図面.pdf", content)
    owner.do(f"{at}/steps/what", {"goods": goods, "upload": "plan"}, "steps/what", (file,))
    owner.do(f"{at}/steps/what", {"goods": goods}, "steps/what")
    owner.do(f"{at}/check", {}, "/check")
    owner.do(f"{at}/messages", {"text": question}, "/messages")
    clerk.do(desk, {}, "/claim")
    clerk.do(f"{desk}/propose", {"outcome": "approve", "step": "propose"}, "/propose")
    approver.do(desk, {}, "/approve")
    return Filed(case, (name, goods, question))
