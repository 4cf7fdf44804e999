"""A world: the whole application on one database, its people's browsers, the local Stripe, a worker and one clock."""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from flask import Flask
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from procedures import tracing
from procedures.database import Database
from procedures.models import Application
from tests.databases import in_memory
from tests.machine.chance import drawing_from
from tests.machine.forgetting import forget
from tests.machine.ground import BEGINNING, Ground, comes
from tests.machine.model import Case
from tests.machine.stripe import LocalStripe
from tests.web.api.system import System
from tests.web.browsing import Browser
from tests.web.client import form_values, main_form, read
from tests.web.standing import standing_app
from web.identity.configuration import USUAL_CLAIMS, local_issuer
from web.identity.sessions import Opening, begin_session
from web.identity.visitors import LIVES
from web.security.cookies import SESSION, VISITOR
from web.services import Overrides
from web.settings import Settings
from web.wiring import work_of
from web.worker import Worker

ACME = {"number": "7000012050002", "name": "株式会社アクメ", "role": "staff"}
ACTING = {"acme": ("akiko", ACME), "partner": ("taro", ACME)}
BUSINESS = {**USUAL_CLAIMS, "business.number": "corporate_number", "business.role": "role"}
ISSUER = replace(local_issuer(), claims=MappingProxyType(BUSINESS), business_roles=("staff",))
VISITORS = ("visitor", "guest", "system")
FRESH = timedelta(minutes=4)
"""After so long somebody signs in again before they act: a session ends, and decisions want a fresh one."""
JOBS = 300
IDS = re.compile(r"[a-z2-7]{26}")


class Clock:
    """Moved by hand."""

    def __init__(self) -> None:
        self.moment = BEGINNING

    def __call__(self) -> datetime:
        """What it shows."""
        return self.moment


def picture(colour: int = 0) -> bytes:
    """A small JPEG."""
    target = BytesIO()
    Image.new("RGB", (32, 24), (colour % 256, 90, 160)).save(target, "JPEG")
    return target.getvalue()


SILENT = 503
"""What whoever wants to pay is told while Stripe does not answer."""


@dataclass
class World:
    """Everything that an act works with. `cases` is the model beside it."""

    kind: str
    app: Flask
    database: Database
    clock: Clock
    stripe: LocalStripe
    client: tuple[str, str]
    seed: str
    cases: list[Case] = field(default_factory=list)
    browsers: dict[str, Browser] = field(default_factory=dict)
    signed_in: dict[str, datetime] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)
    served: set[str] = field(default_factory=set)
    worker: Worker | None = None
    step: int = 0

    @contextmanager
    def acting(self) -> Iterator[None]:
        """One step: everything drawn at random inside depends on the seed and on how many steps there were."""
        self.step += 1
        forget()
        with drawing_from(f"{self.seed}:{self.step}"):
            yield

    # People.

    def browser(self, name: str) -> Browser:
        """Theirs, signed in afresh where that was some time ago; a visitor's keeps only its cookie."""
        found = self.browsers.get(name)
        if found is None:
            found = self.browsers[name] = _Watched(self)
        if self._is_new_again(found):
            for case in self.cases:
                case.gone = case.gone or case.owner == name
        if name not in VISITORS and self.clock() - self.signed_in.get(name, BEGINNING - FRESH) >= FRESH:
            person, business = ACTING.get(name, (name, None))
            with self.database.write() as session:
                how = Opening(business=business) if business else Opening()
                comes(session, person, self.clock())
                session.flush()
                token = begin_session(session, self.clock(), person, "local", "high", how)
            found.client.set_cookie(SESSION, token)
            found._token, self.signed_in[name] = "", self.clock()
        return found

    def _is_new_again(self, browser: Browser) -> bool:
        """Whether a visitor stayed away longer than their cookie is good for, and with it all that is theirs."""
        cookie = browser.client.get_cookie(VISITOR)
        issued = cookie and int(cookie.value.partition("|")[2].partition(".")[0])
        return issued is not None and self.clock().timestamp() - issued >= LIVES.total_seconds()

    def send(
        self,
        name: str,
        path: str,
        values: Mapping[str, Any] | None = None,
        form: str = "",
        files: Sequence[tuple[str, str, bytes]] = (),
    ) -> TestResponse:
        """Open a page and send its form whose address contains `form`; the page itself where it cannot be opened."""
        browser = self.browser(name)
        page = browser.get(path)
        if page.status_code != 200 or page.mimetype != "text/html":
            return page
        return self.press(name, page, values, form, files)

    def press(
        self,
        name: str,
        page: TestResponse,
        values: Mapping[str, Any] | None = None,
        form: str = "",
        files: Sequence[tuple[str, str, bytes]] = (),
    ) -> TestResponse:
        """Send the form of a page that was opened before, as it stood then, but for `values`."""
        try:
            node = main_form(read(page), form)
        except (StopIteration, IndexError):  # no such form; no page at all
            return page
        filled: dict[str, Any] = {**form_values(node), **(values or {})}
        for field_name, file, content in files:
            filled[field_name] = (BytesIO(content), file)
        address = node.attributes.get("action") or page.request.path
        kind = node.attributes.get("enctype", "application/x-www-form-urlencoded")
        return self.browser(name).post(address, filled, content_type=kind)

    def api(self) -> System:
        """The client of the API, with a token of its own."""
        return System(self.app, *self.client)

    # What there is.

    def some(self, which: int, *statuses: str, where: Callable[[Case], bool] = lambda _: True) -> Case | None:
        """One of the cases that stand there, the same for the same number."""
        found = [case for case in self.cases if case.status in statuses and not case.gone and where(case)]
        return found[which % len(found)] if found else None

    def standing(self) -> dict[str, str]:
        """Every case's status in the database."""
        with self.database.read() as session:
            return {row.id: row.status for row in session.execute(select(Application.id, Application.status))}

    # Time and work.

    def moves(self, by: timedelta) -> None:
        """It is later."""
        self.clock.moment += by
        self.stripe.catches_up()

    def works(self, most: int = JOBS) -> int:
        """The worker does what is due, periodic tasks first; how many jobs."""
        if self.worker is None:
            self.worker = Worker(self.database, self.clock, work_of(self.services))
        done = 0
        with tracing.within(None):  # it is a process of its own, which nobody's request has begun
            while done < most and self.worker.step():
                done += 1
        return done

    @property
    def services(self) -> Any:
        """The adapters of the application."""
        return self.app.extensions["tetsuzuki"]


class _Watched(Browser):
    """Counts what is answered and by which route; bears no answer of 500 or more, but 503 while Stripe is silent."""

    def __init__(self, world: World) -> None:
        super().__init__(world.app)
        self._world = world

    def _remember(self, page: TestResponse) -> TestResponse:
        self._world.answers[page.status_code] += 1
        self._world.served.add(f"{page.request.method} {IDS.sub('…', page.request.path)}")
        silent = self._world.stripe.provider.line.down and page.status_code == SILENT
        assert silent or page.status_code < 500, f"{page.request.method} {page.request.path}: {page.status_code}"
        return super()._remember(page)


@contextmanager
def world_on(ground: Ground, seal: Path, seed: str) -> Iterator[World]:
    """A new world on this ground; nothing of it is left when the block ends."""
    with TemporaryDirectory(dir=in_memory()) as folder, ground.lent() as database:
        clock = Clock()
        settings = Settings(public_url="http://localhost", data_dir=Path(folder), issuers=(ISSUER,))
        settings = replace(settings, upload_limit=settings.upload_limit + (ground.kind == "postgresql"))
        shutil.copytree(seal, settings.seal_dir)
        with drawing_from(f"{seed}:0"):
            stripe = LocalStripe(clock)
            app = standing_app(settings, database, Overrides(clock=clock, provider=stripe.provider))
            try:
                yield World(ground.kind, app, database, clock, stripe, ground.client, seed)
            finally:
                stripe.close()
