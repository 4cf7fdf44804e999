"""Finding a procedure, reading what it needs, starting it."""

import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from itertools import groupby
from urllib.parse import urlencode

from flask import redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engine.lifecycle import Status
from engine.model import FeeLine, Procedure, Text
from engine.model.prices import NotInForce
from engine.routing import usual_days
from engine.rules.acceptance import Standing
from engine.words import catalogue as words
from engine.words.bureaus import bureau_name
from engine.words.ruby import read_out
from procedures import applications, drafts, library
from procedures.errors import NotAccepted
from procedures.profiles import beginning
from procedures.submitting import acceptance, audience
from web.access import ANYONE, BusinessNeeded, SignInNeeded, policy, require_business, require_sign_in
from web.context import current_actor, language, now, reading, today, writing
from web.identity.addresses import sign_in_address
from web.residents import insight
from web.residents.routes import blueprint
from web.residents.telling.reception import Tag, few, places, tag
from web.residents.telling.tasks import is_long


@blueprint.get("/")
@policy(ANYONE)
def catalogue() -> str:
    """Every procedure in force, by bureau; `?q=` keeps those where all of its words occur."""
    wanted, actor = request.args.get("q", "").strip()[:100], current_actor()
    with reading() as session:
        offered = [
            one
            for one in library.offered(session, today())
            if matches(one.procedure, wanted) and audience.is_for(one.procedure, actor)
        ]
        found = [_entry(one.procedure, acceptance.look(session, one, today())) for one in offered]
    found.sort(key=lambda entry: (entry[0].bureau, entry[0].id))
    bureaus = groupby(found, lambda entry: entry[0].bureau)
    groups = [(bureau_name(bureau, language()), list(some)) for bureau, some in bureaus]
    return render_template("residents/catalogue.html", groups=groups, wanted=wanted, count=len(found))


@blueprint.get("/procedures/<procedure_id>")
@policy(ANYONE)
def before_you_start(procedure_id: str) -> str:
    """What it takes: minutes, papers, fee, who may."""
    actor = current_actor()
    with reading() as session:
        found = library.in_force(session, procedure_id, today())
        audience.require(found.procedure, actor)
        standing = acceptance.look(session, found, today())
        own = applications.list_own(session, actor) if request.cookies else ()  # without cookies nothing is theirs
        earlier = beginning.earlier(session, actor, procedure_id) if own else ()
    procedure = found.procedure
    going = [row for row in own if row.procedure.id == procedure_id and row.status is Status.DRAFT]
    return render_template(
        "residents/before_you_start.html",
        procedure=procedure,
        bureau=bureau_name(procedure.bureau, language()),
        rates=rates_today(procedure),
        drafts=going,
        earlier=earlier,
        days=usual_days(procedure),
        must_sign_in=not known_well_enough(procedure),
        standing=standing,
        places=places(procedure),
        few=few(procedure, standing),
    )


@blueprint.post("/procedures/<procedure_id>/start")
@policy(ANYONE)
def start(procedure_id: str) -> Response:
    """Begin a draft and go to its first page; where none can be begun, the page says why."""
    actor = current_actor()
    try:
        with writing() as session:
            found = library.in_force(session, procedure_id, today())
            audience.require(found.procedure, actor)
            acceptance.require(session, found, today())
            procedure = found.procedure
            require_sign_in(procedure.sign_in)
            require_business(procedure.audience)
            application_id = _begin(session, procedure)
    except NotAccepted:
        return redirect(f"/procedures/{procedure_id}", 303)
    except BusinessNeeded:
        return redirect(f"/sign-in/as-business?{urlencode({'next': f'/procedures/{procedure_id}'})}", 303)
    except SignInNeeded as error:
        return redirect(sign_in_address(f"/procedures/{procedure_id}", error.level, why=_why()), 303)
    insight.started(procedure)
    if procedure.representation is not None:
        return redirect(f"/applications/{application_id}/acting", 303)
    first = "" if is_long(procedure) else f"/steps/{procedure.steps[0].id}"
    return redirect(f"/applications/{application_id}{first}", 303)


def _why() -> str:
    """Who is signed in already is told why that is not enough; who is not expects to be asked."""
    return "start" if current_actor().kind != "visitor" else ""


def _begin(session: Session, procedure: Procedure) -> str:
    """An empty draft, or one with the answers of the earlier application that was chosen."""
    if source := request.form.get("from"):
        return beginning.begin(session, current_actor(), now(), procedure, source)
    return drafts.start(session, current_actor(), now(), procedure)


def _entry(procedure: Procedure, standing: Standing) -> tuple[Procedure, Tag | None]:
    return procedure, tag(procedure, standing)


def known_well_enough(procedure: Procedure) -> bool:
    """Whether the person before us may start without signing in (again)."""
    try:
        require_sign_in(procedure.sign_in)
    except SignInNeeded:
        return False
    return True


def matches(procedure: Procedure, wanted: str) -> bool:
    """Whether every word of `wanted` occurs in what the catalogue tells of the procedure, in any language."""
    told = folded(" ".join(_told(procedure)))
    return all(word in told for word in folded(wanted).split())


def folded(text: str) -> str:
    """Text for comparison: full-width or half, upper or lower case, katakana or hiragana alike."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in plain)


def _told(procedure: Procedure) -> Iterable[str]:
    for wording in (procedure.title, procedure.summary):
        if wording is not None:
            yield wording.ja
            yield from wording.others.values()
            yield from map(read_out, wording.read.values())
    yield from procedure.law
    key = f"bureau.{procedure.bureau}"
    if key in words():
        yield from words()[key].values()


def rates_today(procedure: Procedure) -> list[tuple[FeeLine, int | Text]]:
    """Each line of the fee with what one unit costs today, or in words how it is found."""
    found: list[tuple[FeeLine, int | Text]] = []
    for line in procedure.fees.lines if procedure.fees else ():
        with suppress(NotInForce):
            found.append((line, line.price.tag(today())))
    return found
