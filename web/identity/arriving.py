"""The end of every sign-in, by whatever means: a new session, what was begun before, and on to where they wanted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import make_response, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from procedures.actors import Actor
from procedures.models import Person
from web.context import now, settings, visit
from web.identity.bringing import draft_of
from web.identity.configuration import LEVELS
from web.identity.devices import device_of
from web.identity.people import take_over
from web.identity.sessions import Opening, begin_session, end_session
from web.security.cookies import A_YEAR, LANGUAGE, SESSION, VISITOR, drop_cookie, set_cookie

OF_A_CASE = re.compile(r"/applications/([a-z2-7]{26})(?:/|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """By what means and how surely they signed in, when they proved it, where they want to go, what was asked for."""

    means: str
    level: str
    then: str
    wanted: str = LEVELS[0]
    at: datetime | None = None
    id_token: str = ""
    business: Mapping[str, str] | None = None


def let_in(session: Session, person: Person, welcome: Welcome) -> Response:
    """Open a session under a new id for `person`; the answer sets its cookie and leads on.

    What this browser began without signing in becomes the person's. Where it was signed in as somebody else, nothing of
    theirs does; only the draft they are on their way to may be brought along, after a question.
    """
    facts = visit()
    before = facts.signed_in
    if before is None:
        actor = Actor("resident", person.id, person.name, language=person.language)
        take_over(session, now(), Actor("visitor", facts.visitor.key), actor)
    if facts.session_token:
        end_session(session, facts.session_token)
    came_from = before.person_id if before and before.person_id != person.id else None
    device = device_of(request.headers.get("User-Agent", ""))
    more = Opening(welcome.at, came_from, welcome.id_token, welcome.business, device)
    token = begin_session(session, now(), person.id, welcome.means, welcome.level, more)
    response = _onward(session, welcome, came_from)
    set_cookie(response, settings(), SESSION, token)
    set_cookie(response, settings(), LANGUAGE, person.language, A_YEAR)
    drop_cookie(response, settings(), VISITOR)
    facts.keep_visitor_cookie = False
    return response


def _onward(session: Session, welcome: Welcome, came_from: str | None) -> Response:
    if LEVELS.index(welcome.level) < LEVELS.index(welcome.wanted):
        page = render_template("identity/too_low.html", then=welcome.then, level=welcome.wanted)
        return make_response(page, 403)
    case = OF_A_CASE.match(welcome.then)
    if case and came_from and draft_of(session, came_from, case[1]):
        return redirect(f"/sign-in/bring/{case[1]}", 303)
    return redirect(welcome.then, 303)
