"""What stands on a certificate: the frozen answers and the spec's wording, as plain strings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.model import CertificateKind
from engine.words import say
from procedures.papers.codes import Verifying, qr_svg
from procedures.papers.shown import LANGUAGE, Entry, Group, Material, groups, labels

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


def contents(kind: CertificateKind, material: Material, issue: Issue) -> dict[str, Any]:
    """The `data` of the template; `parts` are lists of `{label, value}` under a heading ("" for none).

    The same by id, for templates that place each value themselves: `values`, `maybe` ("" where there is none),
    `labels`, and `lists` of items.
    """
    until, shown = issue.valid_until, groups(kind, material)
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
        "parts": [_part(group) for group in shown],
        "notes": [say("certificate.respelt", LANGUAGE)] if any(_respelt(group) for group in shown) else [],
        **_by_id(kind, material, shown),
    }


def _part(group: Group) -> dict[str, Any]:
    return {"heading": group.heading, "entries": [{"label": one.label, "value": _marked(one)} for one in group.entries]}


def _by_id(kind: CertificateKind, material: Material, shown: Sequence[Group]) -> dict[str, Any]:
    values = {one.place: _marked(one) for group in shown if not group.list for one in group.entries}
    names = labels(kind, material.procedure)
    lists: dict[str, list[dict[str, str]]] = {
        name: [] for name in kind.shows if name in material.procedure.fields and name not in names
    }
    for group in shown:
        if group.list:
            lists[group.list].append({one.place.rsplit(".", 1)[1]: _marked(one) for one in group.entries})
    return {"values": values, "maybe": {**dict.fromkeys(names, ""), **values}, "labels": names, "lists": lists}


def _marked(entry: Entry) -> str:
    """The value, with the mark of one that is not spelt as the applicant wrote it."""
    return entry.value + say("certificate.respelt_mark", LANGUAGE) if entry.respelt else entry.value


def _respelt(group: Group) -> bool:
    return any(one.respelt for one in group.entries)


def era_day(day: date) -> str:
    """A day since May 2019 in the era Reiwa: 令和8年5月1日."""
    year = day.year - FIRST_REIWA + 1
    era_year = say("certificate.first_year", LANGUAGE) if year == 1 else year
    return say("certificate.issued_on", LANGUAGE, era_year=era_year, month=day.month, day=day.day)
