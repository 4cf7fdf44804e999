"""What everybody does under load, a few requests at a time: residents, an office, finance, a system, strangers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from uuid import uuid4

from tests.canary.marks import Mark
from tests.canary.people import Somebody, links, paper, picture
from tests.canary.serving import FAULT
from tests.web.api.system import basic

PROCEDURES = {"permit": "hokenjo", "proof": "shuzei-shomei"}
PAGES = ("", "/check", "/messages", "/pay", "/devices", "/submitted", "/correction", "/withdraw", "/steps/what")
OWN = ("/applications", "/account", "/profile", "/profile/data.json")
NOWHERE = "a" * 26


@dataclass
class Shared:
    """Addresses that have been seen by somebody, for strangers to try: (owner, path)."""

    paths: list[tuple[str, str]] = field(default_factory=list)
    cases: list[tuple[str, str, str]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def tell(self, owner: str, *paths: str) -> None:
        """These are there."""
        with self.lock:
            self.paths += [(owner, path) for path in paths]

    def case(self, id: str, owner: str, office: str) -> None:
        """A case that is there, and comes to this office."""
        with self.lock:
            self.cases.append((id, owner, office))


def resident(who: Somebody, shared: Shared) -> None:
    """One case from beginning to payment, with mistakes and faults on the way."""
    marks, office = who.watch.marks, ""
    procedure = who.chance.choice(list(PROCEDURES))
    office = PROCEDURES[procedure]

    def mine(kind: str) -> str:
        return marks.word(Mark(who.name, kind, office))

    started = who.send(f"/procedures/{procedure}", {}, form="/start")
    if started.status != 303:
        return
    id = started.location.split("/")[2]
    here = f"/applications/{id}"
    step = f"{here}/steps/what"
    shared.tell(who.name, here, *(here + page for page in PAGES))
    values = {"name": mine("answer"), "copies": "2"}
    who.send(step, {**values, "copies": mine("answer")})
    who.post(f"{here}/unfinished/what", {"name": mine("answer")})
    _stumbles(who, step, {**values, "copies": marks.phone(Mark(who.name, "phone", office))})
    files = [("paper.new", f"{mine('file')}.pdf", paper(mine("file"))), ("paper.new", "b.jpg", picture(mine("file")))]
    who.send(step, {**values, "upload": "paper"}, files=files[:1])
    who.send(step, values, files=files[1:])
    if who.send(f"{here}/check", {}, form="/check").status == 303:
        shared.case(id, who.name, office)
    for path in links(who.get(here), "/attachments/"):
        shared.tell(who.name, path)
        who.get(path)
    number = marks.phone(Mark(who.name, "phone", office))
    who.send(f"{here}/messages", {"text": f"{mine('message')} {number}"}, form="/messages")
    paying = who.send(f"{here}/pay", {}, form="/pay")
    if paying.location.startswith(who.site.stripe):
        who.http.post(paying.location, data={"choice": "card_ok"}, allow_redirects=False, timeout=30)
    for page in (
        "/applications",
        here,
        f"{here}/messages",
        "/account",
        "/profile",
        "/profile/data.json",
        f"{here}/pay",
    ):
        who.get(page)
    pries(who, shared)


def _stumbles(who: Somebody, path: str, values: Mapping[str, Any]) -> None:
    """Too large, broken, and at a fault of ours, with personal data in hand each time."""
    fault = who.chance.choice(("python", "database"))
    who.post(path, values, headers={FAULT: fault})
    who.get(f"{path}?name={values['name']}", headers={FAULT: fault})
    if who.chance.random() < 0.2:
        who.post(path, values, files=[("paper.new", "c.jpg", b"\0" * 25 * 1024 * 1024)])
    who.post(f"{path}/{values['name']}", values)
    who.ask("POST", path, data=f"name={values['name']}%ZZ&=%00".encode(), headers={"Content-Type": "text/plain"})


def pries(who: Somebody, shared: Shared) -> None:
    """Tries a few addresses that are somebody else's."""
    with shared.lock:
        others = [path for owner, path in shared.paths if owner != who.name]
    for path in who.chance.sample(others, min(4, len(others))):
        who.get(path)
    if others:
        who.post(who.chance.choice(others), {"name": "x", "text": "x", "copies": "1"})


def office(who: Somebody, shared: Shared, other: Somebody, office: str) -> None:
    """A clerk and an approver work on their cases; now and then one asks for a case of the other office."""
    with shared.lock:
        cases = [case for case in shared.cases if case[2] == office]
        elsewhere = [case for case in shared.cases if case[2] != office]
    for path in ("/desk?tab=open", "/desk?tab=mine", "/desk/register", "/desk/register.csv", "/desk/office"):
        who.get(path)
    if elsewhere:
        who.get(f"/desk/cases/{who.chance.choice(elsewhere)[0]}")
    if not cases:
        who.get(f"/desk/cases/{NOWHERE}")
        return
    id, owner, _ = who.chance.choice(cases)
    here = f"/desk/cases/{id}"
    who.send(here, {}, form="/claim")
    who.send(here, {"text": who.watch.marks.word(Mark(owner, "note", office))}, form="/notes")
    answer = who.watch.marks.word(Mark(owner, "message", office))
    who.send(f"{here}/messages", {"text": answer, "step": "send"}, form="/messages")
    page = who.get(here)
    for path in links(page, "/attachments/")[:2]:
        who.get(path)
    who.send(here, {"text": ""}, form="/notes")
    who.post(f"{here}/propose", {"text": "x"}, headers={FAULT: "python"})
    told = who.watch.marks.word(Mark(owner, "decision", office))  # the applicant reads it once it is decided
    values = {"outcome": "approve", "text": f"記録のとおり{told}"}
    who.send(f"{here}/propose", {**values, "step": "preview"}, form="/propose")
    who.send(f"{here}/propose", {**values, "step": "propose"}, form="/propose")
    other.send(here, {}, form="/approve")
    who.send("/desk/export", {}, form="/export")


BOOKS = ("", "/charges", "/charges.csv", "/entries", "/entries.csv", "/payable", "/discrepancies", "/refunds", "/days")


def finance(who: Somebody, shared: Shared) -> None:
    """Reads the books; asks for a case, which is none of its business."""
    for path in who.chance.sample(BOOKS, 4):
        page = who.get(f"/finance{path}")
        for link in links(page, "/finance/charges/")[:1]:
            who.get(link)
    with shared.lock:
        cases = list(shared.cases)
    if cases:
        who.get(f"/desk/cases/{who.chance.choice(cases)[0]}")


def system(who: Somebody, shared: Shared) -> None:
    """Submits for somebody, reads what it may and what it may not."""
    asked = who.ask("POST", "/api/oauth/token", data={"grant_type": "client_credentials"},
                    headers=basic(*who.site.client))  # fmt: skip
    token = {"Authorization": f"Bearer {asked.text.split('access_token')[1].split(chr(34))[2]}"}
    owner = f"{who.name}-{uuid4().hex[:8]}"
    name, mail, word = (who.watch.marks.word(Mark(owner, kind, "hokenjo")) for kind in ("name", "mail", "answer"))
    applicant = {"subject": owner, "name": name, "email": f"{mail}@example.jp", "level": "high"}
    body = {"applicant": applicant, "answers": {"name": word, "copies": who.chance.choice([1, 99])}}
    headers = {**token, "Idempotency-Key": uuid4().hex}
    who.ask("POST", "/api/v1/procedures/permit/submissions", json=body, headers=headers)
    who.ask("POST", "/api/v1/procedures/permit/submissions", data=b'{"answers": {"name": "' + word.encode(),
            headers={**headers, "Content-Type": "application/json"})  # fmt: skip
    with shared.lock:
        cases = list(shared.cases)
    for id, _, _ in who.chance.sample(cases, min(2, len(cases))):
        who.ask("GET", f"/api/v1/submissions/{id}", headers=token)


OPEN = ("/", "/metrics", "/healthz", "/readyz", "/verify", "/resume", "/api/docs", "/api/v1/openapi.json", "/sign-in")


def stranger(who: Somebody, shared: Shared) -> None:
    """Guesses addresses, with nothing and with rubbish."""
    for path in who.chance.sample(OPEN, 3):
        who.get(path)
    pries(who, shared)
    with shared.lock:
        cases = list(shared.cases)
    for id, _, _ in who.chance.sample(cases, min(2, len(cases))):
        who.get(f"/desk/cases/{id}")
        who.get(f"/pay/{id}")
        who.get(f"/applications/{id}?lang=en", headers={FAULT: "python"})
    who.post("/verify", {"code": NOWHERE})
