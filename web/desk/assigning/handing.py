"""/desk/cases/<id>/hand/<way>: taking over, giving back, assigning, transferring, each with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, request
from sqlalchemy.orm import Session

from engine.words import say
from procedures.assigning import colleagues, handing, presence
from procedures.assigning.moves import ReasonRefused
from procedures.assigning.transferring import TransferRefused, possible, transfer
from procedures.cases import CaseView
from procedures.errors import Conflict, NotFound, TransitionRefused
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, today, writing
from web.desk.assigning.ways import WAYS, Way, open_to
from web.desk.frame import blueprint, show, to_case, to_queue
from web.desk.pages.conflicts import told
from web.desk.views.conflict import conflict_answer
from web.desk.views.opening import opened
from web.forms.plain_text import plain_lines

HERE = "/desk/cases/<application_id>/hand/<way>"


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody or somewhere that can be chosen; `away` marks who is not there today."""

    id: str
    name: str
    away: bool = False


@blueprint.get(HERE)
@policy(MAY("case.take_over"), MAY("case.assign"))
def show_handing(application_id: str, way: str) -> Response:
    """The empty form; where the case went on meanwhile, what became of it."""
    return _form(opened(application_id), _way(way))


@blueprint.post(HERE)
@policy(MAY("case.take_over"), MAY("case.assign"))
def hand_on(application_id: str, way: str) -> Response:
    """Do it. What was typed survives a mistake; a case that went on meanwhile is told with who has it."""
    chosen = _way(way)
    reason, target = plain_lines(request.form.get("reason", "")), request.form.get("target", "")[:100]
    try:
        with writing() as session:
            _do(session, chosen, application_id, target, reason)
    except (ReasonRefused, TransferRefused) as refused:
        about = "#reason" if isinstance(refused, ReasonRefused) else "#target"
        words = _words(refused, reason)
        return _form(opened(application_id), chosen, [(about, words)], 422, reason=reason, target=target)
    except (Conflict, TransitionRefused) as refused:
        return conflict_answer(application_id, told(refused), reason)
    if chosen.target == "office":
        return to_queue("transferred")
    return to_case(application_id, f"handed_{chosen.key}")


def _way(name: str) -> Way:
    if name not in WAYS:
        raise NotFound(name)
    return WAYS[name]


def _do(session: Session, way: Way, application_id: str, target: str, reason: str) -> None:
    actor, moment = current_actor(), now()
    match way.id:
        case "take-over":
            handing.take_over(session, actor, moment, application_id, reason, request.form.get("seen") or None)
        case "give-back":
            handing.give_back(session, actor, moment, application_id, reason)
        case "assign":
            handing.assign(session, actor, moment, application_id, target, reason)
        case _:
            transfer(session, actor, moment, application_id, target, reason)


def _words(refused: ReasonRefused | TransferRefused, reason: str) -> str:
    if isinstance(refused, ReasonRefused):
        return say(f"desk.assign_reason_{refused.what}", language(), length=f"{len(reason):,}")
    return say(f"desk.transfer_wrong_{refused.what}", language())


def _form(
    case: CaseView,
    way: Way,
    problems: Sequence[tuple[str, str]] = (),
    status: int = 200,
    **typed: str,
) -> Response:
    with reading() as session:
        choices = _choices(session, case, way)
    if way not in open_to(case, current_actor()) and not problems:
        return show("assigning/not_now.html", 409, case=case, way=way)
    values: Mapping[str, object] = {"choices": choices, "problems": problems, "reason": "", "target": "", **typed}
    return show("assigning/hand.html", status, case=case, way=way, **values)


def _choices(session: Session, case: CaseView, way: Way) -> list[Choice]:
    if way.target == "office":
        return [Choice(one.id, one.name(language())) for one in possible(session, case.office)]
    if way.target == "person":
        people = colleagues.of_office(session, case.office)
        away = presence.absent(session, (one.id for one in people), today())
        return [Choice(one.id, one.name, one.id in away) for one in people if one.id != case.claimed_by_id]
    return []
