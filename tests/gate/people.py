"""The kinds of person that knock at every door, each with a browser of its own."""

from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from procedures.database import Database
from procedures.models import Office, Person, StaffRole
from tests.web.api.system import registered
from web.identity.sessions import begin_session
from web.security.cookies import SESSION

OFFICES = ("hokenjo", "shuzei-shomei")
"""Where the cases lie; the fire office has none of them."""

STAFF = {
    "sato": ("clerk", OFFICES),
    "koga": ("clerk", ("fire",)),
    "suzuki": ("approver", OFFICES),
    "hayashi": ("manager", OFFICES),
    "okada": ("cashier", OFFICES),
    "tanaka": ("finance", ("*",)),
    "noda": ("auditor", ("*",)),
    "ono": ("operator", ("*",)),
    "kimura": ("author", ("*",)),
}
RESIDENTS = ("hanako", "taro", "jiro")


@dataclass(frozen=True)
class Kind:
    """One kind. `person` is who signs in, at `level`; `system` speaks to the API."""

    name: str
    person: str = ""
    level: str = "high"
    system: str = ""


KINDS = (
    Kind("stranger"),
    Kind("visitor"),  # began a draft without signing in
    Kind("owner", "hanako"),  # whose objects these are
    Kind("low", "hanako", "basic"),  # the same, less surely known
    Kind("other", "taro"),  # who must see nothing
    Kind("deputy", "jiro"),  # holds a mandate of Hanako's
    Kind("clerk", "sato"),
    Kind("away", "koga"),  # a clerk of another office
    Kind("approver", "suzuki"),
    Kind("manager", "hayashi"),
    Kind("cashier", "okada"),
    Kind("finance", "tanaka"),
    Kind("auditor", "noda"),
    Kind("operator", "ono"),
    Kind("author", "kimura"),
    Kind("system", system="*"),
    Kind("elsewhere", system="fire"),  # a system of another office
)
"""The columns of the tables, in this order."""


def settle(database: Database, now: datetime) -> None:
    """Offices, people and what staff may be where."""
    with database.write() as session:
        session.add_all(Office(id=id, name_ja=id, name_en=id) for id in (*OFFICES, "fire"))
        for id in (*RESIDENTS, *STAFF):
            known = {"issuer": "https://issuer.test", "subject": id, "name": f"名 {id}", "email": f"{id}@example.jp"}
            session.add(Person(id=id, assurance="high", created_at=now, seen_at=now, **known))
        session.flush()
        for id, (role, offices) in STAFF.items():
            session.add_all(StaffRole(person_id=id, role=role, office=office) for office in offices)


class Caller:
    """One kind with its browser or its token."""

    def __init__(self, app: Flask, kind: Kind, now: datetime) -> None:
        self.kind = kind
        self.client: FlaskClient = app.test_client(use_cookies=not kind.system)
        self.headers: dict[str, str] = {}
        database: Database = app.extensions["tetsuzuki"].database
        if kind.person:
            with database.write() as session:
                token = begin_session(session, now, kind.person, "local", kind.level)
            self.client.set_cookie(SESSION, token)
        if kind.system:
            client_id, secret = registered(database, now, name=kind.name, offices=[kind.system])
            form = {"grant_type": "client_credentials"}
            answer = self.client.post("/api/oauth/token", data=form, auth=(client_id, secret))
            self.headers = {"Authorization": f"Bearer {answer.get_json()['access_token']}"}

    @property
    def name(self) -> str:
        """Its column."""
        return self.kind.name
