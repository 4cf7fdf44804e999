"""Who may use a route: declared beside the view, enforced before it runs, demanded when the application starts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from flask import Flask, request
from werkzeug.exceptions import Forbidden

from engine.model.procedure import SignIn
from procedures.actors import Actor
from procedures.authority import may_somewhere, row_of
from web.context import assurance, now, settings, visit
from web.identity.configuration import LEVELS

View = TypeVar("View", bound=Callable[..., object])
MARK = "tetsuzuki_policy"
POLICIES = "tetsuzuki.policies"


@dataclass(frozen=True, slots=True)
class Who:
    """A group of people: everybody, all who are signed in, or the staff whose roles may do `action` somewhere.

    `open`: nobody needs to be looked up. `signed`: the message proves itself, no CSRF token.
    """

    name: str
    action: str | None = None
    open: bool = False
    signed: bool = False

    def admits(self, actor: Actor) -> bool:
        """Whether `actor` belongs to the group."""
        if self.open:
            return True
        if self.action is None:
            return actor.kind in {"resident", "staff"}
        return may_somewhere(actor, self.action)


ANYONE = Who("anyone", open=True)
APPLICANT = Who("applicant", open=True)  # signed in or not; whether it is theirs the service decides, with a 404
RESIDENT = Who("resident")  # anybody signed in
SIGNED_MESSAGE = Who("signed message", open=True, signed=True)
WATCHER = Who("watcher", open=True)  # who shows the token of the metrics, or an operator; the view looks, with a 404
CLIENT = Who("client", open=True, signed=True)  # another system: the API looks at its token before the view runs


def MAY(action: str) -> Who:  # noqa: N802 - reads as one of the constants beside it
    """Staff who may do `action` (a row of `procedures.authority`) in at least one office; in which, the service asks.

    A `KeyError` when the module is imported says that the table has no such row.
    """
    return Who(f"may {row_of(action).action}", action=action)


@dataclass(frozen=True, slots=True)
class Policy:
    """The groups that may use a route; one of them is enough."""

    who: tuple[Who, ...]

    @property
    def open(self) -> bool:
        """Whether everybody is admitted without a look at who they are."""
        return any(group.open for group in self.who)

    @property
    def signed(self) -> bool:
        """Whether callers prove themselves by a signature instead of a session."""
        return all(group.signed for group in self.who)

    def admits(self, actor: Actor) -> bool:
        """Whether one of the groups admits `actor`."""
        return any(group.admits(actor) for group in self.who)


class UndeclaredRoute(Exception):
    """Routes without a policy: the application does not start."""


class SignInNeeded(Exception):
    """The person must sign in (again), at least at `level`; `fresh`: what they proved is too long ago."""

    def __init__(self, level: str = "basic", *, fresh: bool = False) -> None:
        self.level, self.fresh = level, fresh
        super().__init__(level)


def policy(*who: Who) -> Callable[[View], View]:
    """Declare who may use the view below. Put it under the route decorator."""
    if not who:
        raise UndeclaredRoute("policy() needs at least one group; use policy(ANYONE) for a public page")

    def declare(view: View) -> View:
        setattr(view, MARK, Policy(who))
        return view

    return declare


def policies_of(app: Flask) -> Mapping[str, Policy]:
    """The policy of every endpoint. Raises `UndeclaredRoute` naming those that have none."""
    found = {endpoint: getattr(view, MARK, None) for endpoint, view in app.view_functions.items()}
    if missing := sorted(endpoint for endpoint, declared in found.items() if declared is None):
        names = ", ".join(missing)
        raise UndeclaredRoute(f"no policy for {names}. Put @policy(…) of web.access under the route decorator.")
    return {endpoint: declared for endpoint, declared in found.items() if declared is not None}


def current_policy(app: Flask) -> Policy | None:
    """The policy of the route asked for; None where the address leads nowhere."""
    if request.endpoint is None:
        return None
    return app.extensions[POLICIES][request.endpoint]


def enforce(app: Flask) -> None:
    """Before every view. Raises `SignInNeeded` for a stranger and Forbidden for somebody of another group."""
    declared = current_policy(app)
    if declared is None or declared.open:
        return
    facts = visit()
    if facts.signed_in is None:
        raise SignInNeeded
    if not declared.admits(facts.actor):
        raise Forbidden


def require_sign_in(rule: SignIn) -> None:
    """For a procedure that wants people signed in: raises `SignInNeeded` unless they are, at its assurance or above."""
    if not rule.required:
        return
    reached = assurance()
    if reached is None or LEVELS.index(reached) < LEVELS.index(rule.assurance):
        raise SignInNeeded(rule.assurance)


class BusinessNeeded(Exception):
    """The procedure is for businesses: the person has to act for one."""


def require_business(audience: tuple[str, ...]) -> None:
    """For a procedure for businesses alone: raises `BusinessNeeded` unless the person acts for one.

    Where no issuer tells for whom people act, nobody can be asked for it, and everybody is let through.
    """
    known = any(issuer.knows_businesses for issuer in settings().issuers)
    if audience == ("business",) and known and visit().actor.business is None:
        raise BusinessNeeded


def require_recent_sign_in(rule: SignIn) -> None:
    """For sending it: `require_sign_in`, and at the level `high` a proof no older than the settings allow."""
    require_sign_in(rule)
    signed_in = visit().signed_in
    if not rule.required or rule.assurance != LEVELS[-1] or signed_in is None:
        return
    if now() - signed_in.at > timedelta(minutes=settings().high_minutes):
        raise SignInNeeded(rule.assurance, fresh=True)


def require_fresh_staff() -> None:
    """Before deciding: raises `SignInNeeded` where the person proved who they are too long ago (`FRESH_MINUTES`).

    They sign in again, with a passkey or at the issuer (`max_age=0`), and what they typed waits to be sent again.
    """
    signed_in = visit().signed_in
    if signed_in is None:
        raise SignInNeeded
    if now() - signed_in.at > timedelta(minutes=settings().fresh_minutes):
        raise SignInNeeded(fresh=True)
