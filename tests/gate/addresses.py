"""From a rule to addresses: of the object in question, of one that is missing, and of one that lies elsewhere."""

from collections.abc import Mapping

from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter

NOWHERE = "aaaaaaaaaaaaaaaaaaaaaaaaaa"
"""Shaped like an id, and nobody's."""

# By the beginning of a rule, the longest that fits: which case or thing stands in which place.
CASES: Mapping[str, str] = {
    "/applications/<application_id>": "draft",
    "/applications/<application_id>/acting": "represented",
    "/applications/<application_id>/attachments/": "received",
    "/applications/<application_id>/certificates/": "approved",
    "/applications/<application_id>/charges/": "paid",
    "/applications/<application_id>/correction": "correcting",
    "/applications/<application_id>/correction/sent": "correcting",
    "/applications/<application_id>/devices": "visitor_draft",
    "/applications/<application_id>/feedback": "received",
    "/applications/<application_id>/keep": "received",
    "/applications/<application_id>/letters/": "refused",
    "/applications/<application_id>/messages": "received",
    "/applications/<application_id>/pay": "owing",
    "/applications/<application_id>/submitted": "received",
    "/applications/<application_id>/withdraw": "received",
    "/applications/<application_id>/withdrawn": "withdrawn",
    "/api/v1/cases/<application_id>": "approved",
    "/api/v1/cases/<application_id>/attachments/": "received",
    "/api/v1/submissions/": "received",
    "/counter/cases/": "owing",
    "/desk/cases/<application_id>": "received",
    "/desk/cases/<application_id>/<any": "changing",
    "/desk/cases/<application_id>/approve": "proposed",
    "/desk/cases/<application_id>/certificates/": "approved",
    "/desk/cases/<application_id>/change/": "changing",
    "/desk/cases/<application_id>/correction": "claimed",
    "/desk/cases/<application_id>/correction/extension": "correcting",
    "/desk/cases/<application_id>/correction/take-back": "correcting",
    "/desk/cases/<application_id>/examination/": "examined",
    "/desk/cases/<application_id>/hand/": "claimed",
    "/desk/cases/<application_id>/letters/": "refused",
    "/desk/cases/<application_id>/opinions": "claimed",
    "/desk/cases/<application_id>/proposals/": "proposed",
    "/desk/cases/<application_id>/propose": "claimed",
    "/desk/cases/<application_id>/send-back": "proposed",
    "/desk/cases/<application_id>/spelling/": "approved",
    "/desk/cases/<application_id>/waivers/": "received",
    "/sign-in/bring/": "draft",
}
_NAMED = (
    "absence attachment batch certificate charge client deputy discrepancy dispute entry file grant invitation job "
    "letter opinion passkey proposal refund secret statement subscription upload view"
)
THINGS: Mapping[str, str] = {
    **{f"{name}_id": name for name in _NAMED.split()},
    "payment_row": "payment",
    "text": "reference",
    "token": "pay_token",
}
WORDS: Mapping[str, str] = {
    "concept": "applicant.phone", "day": "2026-05-01", "office": "hokenjo", "paper": "certificate:proof",
    "period": "2026-05", "place": "phone", "procedure_id": "dog-registration", "stage_id": "check", "step_id": "owner",
    "way": "assign", "kind": "claim", "number": "1", "issuer_id": "local", "postcode": "1630001",
}  # fmt: skip
SPECIAL: Mapping[tuple[str, str], str] = {
    ("/mandates/<grant_id>/<secret>", "grant_id"): "asked_grant",
    ("/mandates/<grant_id>/<secret>", "secret"): "grant_secret",
    ("/counter/entries/<entry_id>/charges/<charge_id>/receipt", "charge_id"): "counter_charge",
}
PLACED: Mapping[tuple[str, str], str] = {
    ("/applications/<application_id>/steps/<step_id>/<list:place>", "step_id"): "dogs",
    ("/applications/<application_id>/steps/<step_id>/<list:place>", "place"): "dogs",
    ("/applications/<application_id>/steps/<step_id>/<list:place>/<int(min=1):number>", "step_id"): "dogs",
    ("/applications/<application_id>/steps/<step_id>/<list:place>/<int(min=1):number>", "place"): "dogs",
    ("/applications/<application_id>/steps/<step_id>/<list:place>/<int(min=1):number>/remove", "step_id"): "dogs",
    ("/applications/<application_id>/steps/<step_id>/<list:place>/<int(min=1):number>/remove", "place"): "dogs",
    ("/applications/<application_id>/unfinished/<step_id>/<list:place>/<int(min=1):number>", "step_id"): "dogs",
    ("/applications/<application_id>/unfinished/<step_id>/<list:place>/<int(min=1):number>", "place"): "dogs",
    ("/applications/<application_id>/correction/change/<list:place>/<int(min=1):number>", "place"): "dogs",
    ("/applications/<application_id>/correction/change/<list:place>/<int(min=1):number>/remove", "place"): "dogs",
}
FORMS: Mapping[str, Mapping[str, str]] = {
    "POST /applications/<application_id>/keep": {"never": "1"},
    "POST /applications/<application_id>/uploads": {
        "field": "certificate_photo.proof", "name": "b.png", "size": "5", "sha256": "0" * 64},
    "POST /counter/entries/<entry_id>/void": {"reason": "打ち間違い"},
    "POST /account/notices": {"channel": "mail"},
    "POST /manage/<office>/sign-out": {"person": "sato"},
    "POST /manage/<office>/people": {"who": "taro@example.jp", "role": "clerk"},
    "POST /desk/assigning/<office>": {"automatic": "on"},
    "POST /counter/deposits": {"office": "hokenjo", "method": "cash", "yen": "1", "slip": "B-1"},
}  # fmt: skip
"""What is sent along where an empty form is refused before anybody looks for the object."""
QUERIES: Mapping[str, str] = {"GET /desk/register.csv": "?kind=certificate&office=shuzei-shomei&year=2026"}
"""What such an address has to end with."""
CHANGED_ELSEWHERE = frozenset({"attachment_id", "certificate_id"})
"""Of these there is one of another case, which must not be found below this one."""


def values_of(rule: Rule, objects: Mapping[str, str]) -> dict[str, str]:
    """What stands in each place of the rule for the object in question."""
    return {name: _value(rule, name, objects) for name in rule.arguments}


def _value(rule: Rule, name: str, objects: Mapping[str, str]) -> str:
    if (key := SPECIAL.get((rule.rule, name))) is not None:
        return objects[key]
    if (word := PLACED.get((rule.rule, name))) is not None:
        return word
    if name == "application_id":
        beginning = max((one for one in CASES if rule.rule.startswith(one)), key=len)
        return objects.get(CASES[beginning], NOWHERE)
    if name in THINGS:
        return objects.get(THINGS[name], NOWHERE)
    kind = rule._converters[name]
    return min(kind.items) if isinstance(kind, AnyConverter) else WORDS.get(name, NOWHERE)


def address(rule: Rule, values: Mapping[str, str]) -> str:
    """The path."""
    converted = {name: int(value) if name == "number" else value for name, value in values.items()}
    built = rule.build(converted, append_unknown=False)
    assert built is not None, rule
    return built[1]


def missing(rule: Rule, values: Mapping[str, str]) -> str | None:
    """The same of an object that is not there; None for a rule that names none."""
    named = [name for name in ("application_id", *THINGS, "code", "link_id") if name in values]
    named += [name for name in ("office", "procedure_id") if name in values and not named]
    return address(rule, {**values, named[0]: NOWHERE}) if named else None


def misplaced(rule: Rule, values: Mapping[str, str], objects: Mapping[str, str]) -> str | None:
    """The same case with something of another's below it."""
    below = [name for name in CHANGED_ELSEWHERE if name in values and "application_id" in values]
    return address(rule, {**values, below[0]: objects[f"anothers_{below[0][:-3]}"]}) if below else None
