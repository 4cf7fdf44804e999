"""What a view may know of its request: who, when, in which language, and the way to the database."""

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import current_app, g, request

from engine.words import LANGUAGES
from procedures.actors import Actor
from procedures.continuing.resuming import granted
from web.identity.grants import Grants
from web.identity.grants import read as read_grants
from web.identity.sessions import SignedIn, read_session
from web.identity.visitors import Visitor
from web.pages.languages import STAFF, for_staff, preferred_language
from web.security.cookies import DRAFTS, LANGUAGE, SESSION, VISITOR, cookie_name
from web.services import Services
from web.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TOKYO = ZoneInfo("Asia/Tokyo")


class Visit:
    """The facts of one request, each found out at most once."""

    __slots__ = (
        "_actor",
        "_language",
        "_signed_in",
        "_visitor",
        "frames",
        "keep_visitor_cookie",
        "moment",
        "nonce",
        "services",
        "token",
    )

    def __init__(self, services: Services) -> None:
        self.services = services
        self.moment = services.clock()
        self.nonce: str | None = None
        self.frames = False  # whether the page shows files of ours in a frame
        self.token: str | None = None
        self.keep_visitor_cookie = True
        self._actor: Actor | None = None
        self._language: str | None = None
        self._visitor: Visitor | None = None
        self._signed_in: SignedIn | bool | None = False  # False: not looked up yet

    @property
    def session_token(self) -> str | None:
        """The secret of the session cookie, whether or not a session stands behind it."""
        return request.cookies.get(cookie_name(SESSION, self.services.settings))

    @property
    def signed_in(self) -> SignedIn | None:
        """The session behind the cookie: one SELECT, on first use."""
        if self._signed_in is False:
            token = self.session_token
            self._signed_in = (token and read_session(self.services.database, self.moment, token)) or None
        return self._signed_in

    @property
    def known_session(self) -> SignedIn | None:
        """The session if anything in this request looked for it."""
        return self._signed_in if isinstance(self._signed_in, SignedIn) else None

    def ask_nobody(self) -> None:
        """From now on nothing is looked up: the database does not answer, and the page goes without."""
        self._signed_in = None

    @property
    def visitor(self) -> Visitor:
        """Who this browser is without signing in; a new one gets its cookie with the answer."""
        if self._visitor is None:
            settings = self.services.settings
            text = request.cookies.get(cookie_name(VISITOR, settings))
            self._visitor = Visitor.from_cookie(text, settings.secret_key, self.moment)
        return self._visitor

    @property
    def known_visitor(self) -> Visitor | None:
        """The visitor if anything in this request asked for it."""
        return self._visitor

    @property
    def chosen_language(self) -> str | None:
        """The language that was chosen in this browser."""
        chosen = request.cookies.get(cookie_name(LANGUAGE, self.services.settings))
        return chosen if chosen in LANGUAGES else None

    @property
    def wished_language(self) -> str:
        """What was chosen, else what the browser prefers; without a look at who it is."""
        return self.chosen_language or preferred_language(request.headers.get("Accept-Language", ""))

    @property
    def language(self) -> str:
        """One of `engine.words.LANGUAGES`; for staff the nearest that staff pages speak."""
        if self._language is None:
            wished = self.wished_language
            staff = wished not in STAFF and self.signed_in is not None and bool(self.signed_in.posts)
            self._language = for_staff(wished) if staff else wished
        return self._language

    @property
    def actor(self) -> Actor:
        """Who acts: the person signed in, else the visitor."""
        if self._actor is None:
            self._actor = self._find_actor()
        return self._actor

    @property
    def grants(self) -> Grants:
        """The drafts that this browser opened by a code."""
        settings = self.services.settings
        return read_grants(request.cookies.get(cookie_name(DRAFTS, settings)), settings.secret_key)

    def granted(self, application_id: str) -> Actor | None:
        """Who this browser is for a case that it opened by a code: the visitor whose case it is. One SELECT."""
        code = self.grants.get(application_id)
        if code is None:
            return None
        with self.services.database.read() as session:
            key = granted(session, application_id, code)
        return Actor("visitor", key, language=self.language) if key else None

    def _find_actor(self) -> Actor:
        asked = (request.view_args or {}).get("application_id")
        if asked and (shared := self.granted(asked)):
            return shared
        if session := self.signed_in:
            return session.actor(self.language)
        return Actor("visitor", self.visitor.key, language=self.language)


def visit() -> Visit:
    """The current request's facts."""
    # Asked for hundreds of times a page, and through the proxy each costs three times as much.
    kept = g._get_current_object()  # noqa: SLF001 - public, says Werkzeug, for all its name
    found = kept.get("visit")
    if found is None:
        found = kept.visit = Visit(services())
    return found


def services() -> Services:
    """The adapters of this application."""
    return current_app.extensions["tetsuzuki"]


def settings() -> Settings:
    """What this installation chose."""
    return services().settings


def current_actor() -> Actor:
    """Who makes this request: a person signed in (resident or staff), or a visitor."""
    return visit().actor


def assurance() -> str | None:
    """How sure the issuer was at this sign-in (`basic`, `substantial`, `high`); None without one."""
    session = visit().signed_in
    return session.assurance if session else None


def language() -> str:
    """The language of this request, one of `engine.words.LANGUAGES`."""
    return visit().language


def now() -> datetime:
    """The moment this request began, UTC; the same throughout the request."""
    return visit().moment


def today() -> date:
    """The day in Tokyo at that moment."""
    return visit().moment.astimezone(TOKYO).date()


def reading() -> "AbstractContextManager[Session]":
    """A database session that only reads."""
    return services().database.read()


def writing() -> "AbstractContextManager[Session]":
    """A database session in one write transaction: committed at the end of the block, rolled back by an exception."""
    return services().database.write()
