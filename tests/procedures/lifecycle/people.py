"""One of every kind of person, and in which capacities each of them may act on a case of the office `hokenjo`."""

from datetime import datetime

from engine.lifecycle import Who
from procedures.actors import SYSTEM, Actor, posts
from procedures.database import Database
from procedures.models import Person

HERE, AWAY = "hokenjo", "elsewhere"


def staff(id: str, *roles: str, office: str) -> Actor:
    return Actor("staff", id, id, posts(set(roles), {office}))


KINDS: dict[str, Actor] = {
    "owner": Actor("resident", "hanako", "山田 花子"),
    "resident": Actor("resident", "taro", "鈴木 太郎"),
    "visitor": Actor("visitor", "v" * 26),
    "clerk with the case": Actor("staff", "sato", "佐藤 係員", posts({"clerk"}, {"*"})),
    "clerk": staff("clerk-here", "clerk", office=HERE),
    "clerk elsewhere": staff("clerk-away", "clerk", office=AWAY),
    "approver": Actor("staff", "suzuki", "鈴木 課長", posts({"approver"}, {"*"})),
    "approver elsewhere": staff("approver-away", "approver", office=AWAY),
    "clerk and approver": staff("both-here", "clerk", "approver", office=HERE),
    "manager": staff("manager-here", "manager", office=HERE),
    "finance": Actor("staff", "tanaka", "田中 会計", posts({"finance"}, {"*"})),
    "cashier": staff("cashier-here", "cashier", office=HERE),
    "auditor": staff("auditor", "auditor", office="*"),
    "author": Actor("staff", "kimura", "木村 企画", posts({"author"}, {"*"})),
    "operator": staff("operator", "operator", office="*"),
    "system": SYSTEM,
}


def capacities(kind: str) -> frozenset[Who]:
    """As the table names them."""
    return {
        "owner": frozenset({Who.APPLICANT}),
        "clerk with the case": frozenset({Who.CLERK}),
        "clerk": frozenset({Who.CLERK}),
        "approver": frozenset({Who.APPROVER}),
        "clerk and approver": frozenset({Who.CLERK, Who.APPROVER}),
        "manager": frozenset({Who.MANAGER}),
        "system": frozenset({Who.SYSTEM}),
    }.get(kind, frozenset())


def enrol(database: Database, now: datetime) -> None:
    """Rows for those who have none yet, since a case names who holds it."""
    with database.write() as session:
        for actor in KINDS.values():
            if actor.kind == "staff" and session.get(Person, actor.id) is None:
                facts = {"issuer": "https://issuer.test", "subject": actor.id, "name": actor.name}
                session.add(Person(id=actor.id, created_at=now, seen_at=now, **facts))
