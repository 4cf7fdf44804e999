"""Opening the pay page of a case: all that it owes, one open checkout, however often somebody clicks."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import select

from payments.checkouts import attempts
from payments.checkouts.attempts import Attempt, OwesOtherwise
from payments.checkouts.orders import SHORTEST, new_order, shared_order
from payments.checkouts.resolving import resolve
from payments.demands.reading import payable
from payments.links.opening import SharedCharge
from payments.providers import CheckoutOrder, CheckoutState, Provider, ProviderRefused
from payments.repricing import has_changed, reprice
from payments.settlement import record
from procedures.actors import Actor
from procedures.database import Database
from procedures.errors import NotFound
from procedures.models import Application

SPARE = timedelta(minutes=2)
"""A pay page that closes sooner than this is not worth going to."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Where the payer goes.

    `open`: to `url`, the pay page. `waiting`: a konbini number is out until `until`, `url` shows it again to whom it
    was given. `paid`: the money has come, there is nothing to do.
    """

    state: Literal["open", "waiting", "paid"]
    url: str | None
    until: datetime | None


class PriceChanged(Exception):
    """What is owed costs something else today, and was demanded anew: the payer is told before a pay page opens."""


class NothingToPay(Exception):
    """The case has no charge that waits for payment (any more), or owes something else than a moment ago."""


@dataclass(frozen=True, slots=True)
class _Ask:
    """One click on "pay"."""

    database: Database
    provider: Provider
    now: datetime
    order: CheckoutOrder
    link_id: str | None = None


def open_checkout(
    database: Database,
    provider: Provider,
    actor: Actor,
    now: datetime,
    application_id: str,
    *,
    success_url: str,
    cancel_url: str,
    another_way: bool = False,
) -> Opened:
    """Open the pay page of the actor's case, or find the one that is open. Call it outside any transaction.

    `another_way` gives up a konbini number that waits, to pay differently. Raises `NotFound` (no such case, or
    somebody else's), `NothingToPay`, `PriceChanged`, `ProviderUnavailable`, `ProviderRefused`.
    """
    with database.read() as session:
        query = select(Application.owner, Application.contact_email).where(Application.id == application_id)
        case = session.execute(query).one_or_none()
        if case is None or case.owner != actor.owner_key:
            raise NotFound(application_id)
    _at_todays_price(database, now, application_id)
    with database.read() as session:
        charges = payable(session, application_id, now)
        if not charges:
            raise NothingToPay(application_id)
        newest = attempts.latest(session, [charge.id for charge in charges])
    order = new_order(charges, now, success_url, cancel_url, actor.language, case.contact_email)
    return _opened(_Ask(database, provider, now, order), newest, another_way=another_way)


def open_shared_checkout(
    database: Database,
    provider: Provider,
    now: datetime,
    shared: SharedCharge,
    *,
    language: str,
    success_url: str,
    cancel_url: str,
    another_way: bool = False,
) -> Opened:
    """The same for whoever holds a pay link, as `payments.links.opening` read it. Outside any transaction, too.

    They never see a page that was opened with the applicant's address: that one is closed and another opened in its
    place, so there is still one. Raises `NothingToPay`, `PriceChanged`, `ProviderUnavailable`, `ProviderRefused`.
    """
    _at_todays_price(database, now, shared.application_id)
    with database.read() as session:
        charges = payable(session, shared.application_id, now)
        if not charges:
            raise NothingToPay(shared.charge_id)
        newest = attempts.latest(session, [charge.id for charge in charges])
    order = shared_order(charges, now, success_url, cancel_url, language, shared.title.say(language))
    return _opened(_Ask(database, provider, now, order, shared.link_id), newest, another_way=another_way)


def _at_todays_price(database: Database, now: datetime, application_id: str) -> None:
    """Raises `PriceChanged` after demanding anew what costs something else today."""
    with database.read() as session:
        if not has_changed(session, application_id, now):
            return
    with database.write() as session:
        reprice(session, now, application_id)
    raise PriceChanged(application_id)


def _opened(ask: _Ask, newest: Attempt | None, *, another_way: bool) -> Opened:
    """Open, and keep who goes there."""
    try:
        opened = _open(ask, newest, another_way=another_way)
    except OwesOtherwise as changed:
        raise NothingToPay(ask.order.application_id) from changed
    if opened.state == "open":
        with ask.database.write() as session:
            attempts.note_who(session, ask.order.shares, ask.link_id)
    return opened


def _open(ask: _Ask, newest: Attempt | None, *, another_way: bool) -> Opened:
    if newest is not None and newest.status != "expired" and _is_anothers(ask, newest):
        opened = _replace(ask, newest, another_way=another_way)
        return opened or _begin_anew(ask, newest)
    if newest is not None and newest.session_id is not None and newest.status != "expired":
        opened = _look_again(ask, newest, another_way=another_way)
        if opened is not None:
            return opened
    if newest is not None and newest.status == "opening" and newest.order.expires_at > ask.now + SHORTEST - SPARE:
        with suppress(ProviderRefused):
            return _ask_provider(ask, newest)
    return _begin_anew(ask, newest)


def _begin_anew(ask: _Ask, newest: Attempt | None) -> Opened:
    with ask.database.write() as session:
        attempt = attempts.begin(session, ask.now, ask.provider.name, ask.order, newest, ask.link_id)
    if _is_anothers(ask, attempt):  # somebody was quicker
        return _open(ask, attempt, another_way=False)
    if attempt.url is not None:  # somebody clicked at the same moment and was quicker
        return Opened("open", attempt.url, None)
    return _ask_provider(ask, attempt)


def _is_anothers(ask: _Ask, attempt: Attempt) -> bool:
    """Whether this page is not the one to go to: for less or more than is owed now, or one with another's address."""
    return attempt.shares != ask.order.shares or (ask.link_id is not None and attempt.link_id is None)


def _replace(ask: _Ask, theirs: Attempt, *, another_way: bool) -> Opened | None:
    """Close a page that is not the one to go to; None once nobody can pay through it any more.

    A konbini number is given up only by who says so, and never shown to somebody else.
    """
    session_id = resolve(ask.database, ask.provider, ask.now, theirs)
    if session_id is None:
        return None
    state = ask.provider.checkout(session_id)
    if state.waiting_until is not None and not another_way:
        mine = theirs.link_id == ask.link_id
        return Opened("waiting", state.voucher_url if mine else None, state.waiting_until)
    if state.taken is None:
        state = ask.provider.close_checkout(session_id)
    _record(ask, state)
    return Opened("paid", None, None) if state.taken is not None else None


def _look_again(ask: _Ask, newest: Attempt, *, another_way: bool) -> Opened | None:
    """What became of the attempt that was opened before; None when a new one is needed."""
    state = ask.provider.checkout(str(newest.session_id))
    if another_way and state.waiting_until is not None:
        state = ask.provider.close_checkout(state.id)
    _record(ask, state)
    if state.taken is not None:
        return Opened("paid", None, None)
    if state.waiting_until is not None:
        theirs = newest.link_id is not None and ask.link_id is None
        return Opened("waiting", None if theirs else state.voucher_url, state.waiting_until)
    if state.status == "open" and state.expires_at > ask.now + SPARE:
        return Opened("open", state.url, None)
    return None


def _ask_provider(ask: _Ask, attempt: Attempt) -> Opened:
    """The same order under the same key, however often: the provider opens one pay page for it."""
    try:
        state = ask.provider.open_checkout(attempt.order)
    except ProviderRefused:
        with ask.database.write() as session:
            attempts.give_up(session, ask.now, attempt.id)
        raise
    with ask.database.write() as session:
        attempts.note_state(session, ask.now, attempt.id, state)
    return Opened("open", state.url, None)


def _record(ask: _Ask, state: CheckoutState) -> None:
    with ask.database.write() as session:
        record(session, ask.provider.name, ask.now, state)
