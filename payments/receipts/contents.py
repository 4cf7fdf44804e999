"""What stands on a receipt: fixed when it is issued, the same on every copy but for the mark of a re-issue."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.words import say
from payments.demands.quotes import read_lines
from payments.models import Charge
from procedures import library
from procedures.days import tokyo_day
from procedures.models import Application
from procedures.papers.contents import LANGUAGE, era_day

ENDINGS = ("様", "御中", "殿", "さま")
"""With one of these the payer has written the form of address already."""


def frozen(
    session: Session, charge: Charge, number: str, addressee: str, today: date, authority: str, *, private: bool
) -> dict[str, Any]:
    """The `data` of the template. `private` leaves the lines out: they would tell somebody else of the applicant."""
    query = select(Application.reference, Application.digest).where(Application.id == charge.application_id)
    case = session.execute(query).one()
    title = library.by_digest(session, case.digest).title.say(LANGUAGE)
    received = tokyo_day(charge.paid_at) if charge.paid_at else today
    return {
        "language": LANGUAGE,
        "title": say("receipt.title", LANGUAGE),
        "number_label": say("certificate.number_label", LANGUAGE),
        "number": number,
        "issued_on": era_day(today),
        "addressee": addressee if addressee.endswith(ENDINGS) else say("receipt.to", LANGUAGE, name=addressee),
        "yen": say("receipt.amount", LANGUAGE, yen=charge.yen),
        "statement": say("receipt.statement", LANGUAGE, title=title),
        "facts": _facts(charge, received, case.reference or ""),
        "lines_heading": say("receipt.lines", LANGUAGE),
        "lines": [] if private else _lines(charge),
        "authority": authority,
        "sealed": say("certificate.sealed", LANGUAGE),
        "footer": say("receipt.footer", LANGUAGE),
        "again": "",
    }


def marked(contents: dict[str, Any], again_on: date | None, given_back: int = 0) -> dict[str, Any]:
    """The contents of a copy: with 再発行 and its day on later ones, and the yen that were given back until then."""
    marks = [say("receipt.again", LANGUAGE, day=era_day(again_on))] if again_on else []
    if given_back:
        marks.append(say("receipt.partly_returned", LANGUAGE, yen=say("receipt.amount", LANGUAGE, yen=given_back)))
    return {**contents, "again": "　".join(marks)}


def _facts(charge: Charge, received: date, reference: str) -> list[dict[str, str]]:
    facts = {
        "received_on": era_day(received),
        "method": say(f"receipt.method_{charge.method}", LANGUAGE),
        "reference": reference,
    }
    return [{"label": say(f"receipt.{key}", LANGUAGE), "value": value} for key, value in facts.items()]


def _lines(charge: Charge) -> list[dict[str, str]]:
    lines = [
        {"label": line.title.say(LANGUAGE), "value": say("receipt.amount", LANGUAGE, yen=line.yen)}
        for line in read_lines(charge.lines)
        if line.yen
    ]
    whole = sum(line.yen for line in read_lines(charge.lines))
    if less := charge.yen - whole:
        lines.append({"label": say("receipt.adjusted", LANGUAGE), "value": say("receipt.amount", LANGUAGE, yen=less)})
    return lines
