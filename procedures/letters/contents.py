"""What stands on a letter, as plain strings for its template; letters are official documents in Japanese."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.words import say
from procedures.letters.facts import Facts
from procedures.papers.contents import LANGUAGE, era_day

TEMPLATE = "decision-letter"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known only when it is issued; `preview` marks it as a sample (見本)."""

    number: str
    issued_on: date
    authority: str
    preview: bool = False


def contents(facts: Facts, issue: Particulars) -> dict[str, Any]:
    """The `data` of the template."""

    def word(key: str, **params: object) -> str:
        return say(f"letter.{key}", LANGUAGE, **params)

    return {
        "language": LANGUAGE,
        "title": word(f"title_{facts.outcome}"),
        "number": issue.number,
        "issued_on": era_day(issue.issued_on),
        "addressee": word("addressee", name=facts.addressee) if facts.addressee else word("addressee_unnamed"),
        "authority": issue.authority,
        "sealed": word("sealed"),
        "footer": word("footer"),
        "statement": word(
            f"statement_{facts.outcome}",
            day=era_day(facts.submitted_on),
            title=facts.procedure.title.say(LANGUAGE),
            reference=facts.reference,
        ),
        "granted_heading": word("granted") if facts.granted else "",
        "granted": facts.granted or "",
        "reasons_heading": word("reasons"),
        "reasons": [
            {"title": reason["title"]["ja"], "law": word("law", law=reason["law"]) if reason["law"] else ""}
            for reason in facts.reasons
        ],
        "text": facts.text,
        "hearing": _hearing(facts),
        "appeal_heading": word("appeal"),
        "appeal": facts.appeal["ja"] if facts.appeal else "",
        "sample": word("sample") if issue.preview else "",
    }


def _hearing(facts: Facts) -> str:
    """How the holder was heard, which a revocation says (行政手続法第13条)."""
    if not facts.hearing:
        return ""
    day = facts.hearing.get("on")
    on = era_day(date.fromisoformat(day)) if day else ""
    return say(f"letter.heard_{facts.hearing['how']}", LANGUAGE, day=on).strip()
