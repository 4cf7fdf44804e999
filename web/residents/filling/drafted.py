"""The draft a request is about, with its journey: what every page of questions starts from."""

from dataclasses import dataclass
from datetime import date

from flask import redirect, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.fees import NoRate, UnknownFee, quote
from engine.journey import Journey, walk
from engine.lifecycle import Status
from engine.model import Procedure, Step
from procedures import amending, drafts
from procedures.drafts import Draft
from procedures.profiles import origins
from procedures.profiles.origins import Origin
from web.context import current_actor, now, today, writing
from web.residents.filling.moved import Moved, moved_of
from web.residents.filling.returning import place_of
from web.residents.filling.way import Page, unfinished
from web.security.csrf import SAFE


class Elsewhere(Exception):
    """The person belongs on another page: the answer is a redirect there."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(address)


class Outdated(Exception):
    """The draft is on a version that is not open any more."""

    def __init__(self, application_id: str) -> None:
        self.application_id = application_id
        super().__init__(application_id)


@dataclass(frozen=True, slots=True)
class Filling:
    """A draft being filled in, on `day` in Tokyo."""

    draft: Draft
    journey: Journey
    day: date
    moved: Moved | None = None
    origin: Origin = origins.NOTHING

    @property
    def id(self) -> str:
        """The application's id."""
        return self.draft.application_id

    @property
    def procedure(self) -> Procedure:
        """The version the draft is on."""
        return self.draft.procedure

    def fee_so_far(self) -> int | None:
        """Yen, once the answers tell; None before that and for procedures without a fee."""
        if self.procedure.fees is None:
            return None
        try:
            known = quote(self.procedure, self.journey, self.day)
        except (NoRate, UnknownFee):
            return None  # said where it stops somebody: on the check page
        return known.total if known else None

    def go_on(self) -> None:
        """Send somebody whose way has ended to the page that says why."""
        if self.journey.stops:
            raise Elsewhere(f"/applications/{self.id}/stopped")

    def require(self, step: Step) -> None:
        """Send somebody on whose answers have led past this step, or to an end before it."""
        if step not in self.journey.steps:
            self.go_on()
            page = unfinished(self.journey, self.day)
            raise Elsewhere(page.address(self.id) if page else f"/applications/{self.id}/check")


def open_draft(session: Session, application_id: str) -> Filling:
    """The actor's draft. Raises procedures' `NotFound`, and `Elsewhere` once it was submitted.

    Raises `Outdated` where a page is opened whose draft has to move to a new version first. What was typed into a page
    that is open already is saved before that.
    """
    day = today()
    draft = drafts.load(session, current_actor(), application_id, day)
    if draft.status is not Status.DRAFT:
        raise Elsewhere(f"/applications/{application_id}")
    if draft.outdated and request.method in SAFE:
        raise Outdated(application_id)
    journey = walk(draft.procedure, draft.answers, day)
    return Filling(draft, journey, day, moved_of(session, draft), origins.load(session, application_id))


def step_of(procedure: Procedure, step_id: str) -> Step:
    """A step by its id in an address. Raises 404."""
    step = procedure.step_by_id.get(step_id)
    if step is None:
        raise NotFound
    return step


def go_there(error: Elsewhere) -> Response:
    """The handler of `Elsewhere`."""
    return redirect(error.address, 303)


def go_to_new_version(error: Outdated) -> Response:
    """The handler of `Outdated`: moves the draft, and shows it with what changed."""
    with writing() as session:
        amending.move(session, current_actor(), now(), error.application_id)
    return redirect(f"/applications/{error.application_id}", 303)


def after(filling: Filling, page: Page | None, *, then: str = "") -> str:
    """Where to go when a page is answered: the next one; with `then`, back there once nothing is missing for it.

    To the check page, that is every page that is still missing; to the list of pages, what belongs to the same item.
    Where the answers end the way, that is said first.
    """
    if filling.journey.stops:
        return f"/applications/{filling.id}/stopped"
    if not then:
        return page.address(filling.id) if page else place_of(filling.id, "check")
    if page is not None and page.item and page.failures(filling.journey, filling.day):
        return page.address(filling.id, then=then)
    missing = unfinished(filling.journey, filling.day) if then == "check" else None
    return missing.address(filling.id, then=then) if missing else place_of(filling.id, then)
