"""What stands on a certificate: the frozen answers and the spec's wording, as plain strings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.model import CertificateKind, Field, Procedure
from engine.words import say
from procedures.papers.codes import Verifying, qr_svg

LANGUAGE = "ja"
"""Certificates are official documents in Japanese, whatever language the applicant reads."""

FIRST_REIWA = 2019


@dataclass(frozen=True, slots=True)
class Issue:
    """The particulars of one certificate; `code` is checked where `verifying` says.

    `replaces` is the number of the certificate whose place it takes; `again`: as that one is issued again (再交付).
    `granted` is what an approval in part grants; `preview` marks it as a sample (見本).
    """

    number: str
    issued_on: date
    valid_until: date | None
    authority: str
    code: str
    verifying: Verifying
    replaces: str = ""
    again: bool = False
    granted: str = ""
    preview: bool = False

    @property
    def marked(self) -> str:
        """What a certificate says that takes the place of another; "" for any other."""
        if not self.replaces:
            return ""
        return say("certificate.again" if self.again else "certificate.instead", LANGUAGE, number=self.replaces)


def contents(procedure: Procedure, kind: CertificateKind, answers: Mapping[str, Any], issue: Issue) -> dict[str, Any]:
    """The `data` of the template; `parts` are lists of `{label, value}` under a heading ("" for none)."""
    until = issue.valid_until
    return {
        "language": LANGUAGE,
        "title": kind.title.say(LANGUAGE),
        "statement": kind.statement.say(LANGUAGE),
        "number_label": say("certificate.number_label", LANGUAGE),
        "number": issue.number,
        "issued_on": era_day(issue.issued_on),
        "valid_until": say("certificate.valid_until", LANGUAGE, day=era_day(until)) if until else "",
        "marked": issue.marked,
        "granted_label": say("certificate.granted", LANGUAGE) if issue.granted else "",
        "granted": issue.granted,
        "sample": say("letter.sample", LANGUAGE) if issue.preview else "",
        "authority": issue.authority,
        "sealed": say("certificate.sealed" if kind.sealed else "certificate.unsealed", LANGUAGE),
        "footer": say("certificate.footer", LANGUAGE) if kind.sealed else "",
        "code_label": say("certificate.code_label", LANGUAGE),
        "code": issue.code,
        "verify_at": say("certificate.verify_at", LANGUAGE),
        "verify_page": issue.verifying.page,
        "qr": qr_svg(issue.verifying.address(issue.code)) if issue.code else "",
        "qr_alt": say("certificate.qr_alt", LANGUAGE, code=issue.code),
        "parts": _parts([procedure.printed[field_id] for field_id in kind.shows], answers),
    }


def era_day(day: date) -> str:
    """A day since May 2019 in the era Reiwa: 令和8年5月1日."""
    year = day.year - FIRST_REIWA + 1
    era_year = say("certificate.first_year", LANGUAGE) if year == 1 else year
    return say("certificate.issued_on", LANGUAGE, era_year=era_year, month=day.month, day=day.day)


def _parts(fields: list[Field], answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Plain answers together first, then each item of each list under its own heading; unanswered ones left out."""
    answered = [field for field in fields if field.id in answers]
    plain = [_entry(field, answers) for field in answered if not field.is_list]
    parts = [{"heading": "", "entries": plain}] if plain else []
    for field in answered:
        if field.is_list:
            parts += [_item(field, number, item) for number, item in enumerate(answers[field.id], start=1)]
    return parts


def _item(field: Field, number: int, item: Mapping[str, Any]) -> dict[str, Any]:
    answers = field.item_answers(item)
    heading = say("certificate.item", LANGUAGE, title=field.title.say(LANGUAGE), number=number)
    return {"heading": heading, "entries": [_entry(part, answers) for part in field.item_fields if part.id in answers]}


def _entry(field: Field, answers: Mapping[str, Any]) -> dict[str, str]:
    return {"label": field.title.say(LANGUAGE), "value": field.type.show(field, answers[field.id], LANGUAGE)}
