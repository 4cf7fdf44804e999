"""Forms of residents, staff and finance, sent with names and values that no page of ours offers."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from random import Random
from urllib.parse import urlencode

from tests.hostile.form_spoiling import spoiled_form
from tests.hostile.site import Site, site, watched
from tests.hostile.target import Attack, Target
from tests.house.tree import modules
from tests.web.browsing import Browser
from tests.web.client import form_values, read
from tests.web.residents.applicant import DOG, OWNER

URLENCODED = "application/x-www-form-urlencoded"
ASKED = re.compile(r"request\.form(?:\.get|\.getlist)?[\[(]\"(\w+)\"")
PLACE = re.compile(r"<(?:[^<>]*:)?(\w+)>")
PERSONS = {"finance": "tanaka", "desk": "sato", "author": "kimura"}


@cache
def begun() -> tuple[str, str]:
    """A draft of Hanako's with some answers, and a case of hers that Sato examines."""
    there = site()
    browser = Browser(there.app, "hanako", "high")
    browser.get("/procedures/dog-registration")
    browser.post("/procedures/dog-registration/start")
    draft = browser.page.headers["Location"].split("/")[2]
    browser.follow()
    browser.post(f"/applications/{draft}/steps/owner", OWNER)
    case = there.casework.file().application_id
    there.casework.claim(case)
    return draft, case


def addresses(there: Site) -> list[str]:
    """Every address that takes a form, with the ids of what there is in place of its parts."""
    draft, case = begun()
    procedure = {"step_id": "dogs", "procedure_id": "dog-registration", "field_id": "dogs", "number": "1", "place": "1"}
    found = set()
    for rule in there.app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.rule.startswith(("/api/", "/webhooks/")) or "sign-out" in rule.rule:
            continue
        for application in (case,) if rule.rule.startswith("/desk") else (draft, case):
            known = {**procedure, "application_id": application}
            found.add(PLACE.sub(lambda part, known=known: known.get(part[1], "a" * 26), rule.rule))
    return sorted(found)


def seeds() -> list[bytes]:
    """What each page's own forms would send, and every name that any view asks for."""
    there = site()
    names = sorted({name for module in modules(packages=("web",)) for name in ASKED.findall(module.text)})
    everything = urlencode([(name, "1") for name in names]).encode()
    found = [b"0\n" + everything, b"0\n" + urlencode({**OWNER, **DOG}).encode()]
    for number, path in enumerate(addresses(there)):
        person = PERSONS.get(path.split("/")[1], "hanako")
        page = Browser(there.app, person, "high").get(path)
        if page.status_code != 200 or page.mimetype != "text/html":
            found.append(b"%d\n%s" % (number, everything))
            continue
        bodies = (urlencode(form_values(form), doseq=True).encode() for form in read(page).all("form"))
        found += [b"%d\n%s" % (number, body) for body in bodies]
    return found


def spoil(chance: Random, source: bytes, others: Sequence[bytes]) -> bytes:
    """The form spoiled, mostly at its own address."""
    where, _, form = source.partition(b"\n")
    where = where if chance.random() < 0.8 else b"%d" % chance.randrange(1000)
    return where + b"\n" + spoiled_form(chance, form, [one.partition(b"\n")[2] for one in others[:50]])


@contextmanager
def opened() -> Iterator[Attack]:
    """Every route that takes a form, with the token that its page would have."""
    with watched() as there:
        paths = addresses(there)
        tokens = {person: _token(there, person) for person in ("hanako", "sato", "tanaka", "kimura")}

        def attack(source: bytes) -> frozenset[str]:
            which, _, form = source.partition(b"\n")
            path = paths[int(which) % len(paths)] if which.isdigit() and len(which) < 9 else paths[0]
            person = PERSONS.get(path.split("/")[1], "hanako")
            told = {"X-CSRF-Token": tokens[person]}
            answer = there.ask("POST", path, person=person, body=form, kind=URLENCODED, headers=told)
            return frozenset({f"{path} {answer.status}"})

        yield attack


def _token(there: Site, person: str) -> str:
    page = there.ask("GET", "/sign-in/done", person=person).body.decode()
    return re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]


TARGET = Target(seeds, opened, spoil, few=60)
