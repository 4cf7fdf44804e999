"""What other systems submit by the API, and how they ask for a token."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from tests.hostile.json_spoiling import spoiled_json
from tests.hostile.site import Site, watched
from tests.hostile.target import Attack, Target
from tests.house.tree import ROOT
from tests.web.api.system import BASE, HANAKO, System, registered

PROCEDURES = ("dog-registration", "metropolitan-tax-certificate")


def seeds() -> list[bytes]:
    """The scenarios of the two procedures, for a person and for a business."""
    from engine.tree import check_tree

    found = []
    tree = {str(path): path.read_bytes() for path in sorted((ROOT / "procedure_specs").rglob("*.yaml"))}
    report = check_tree(tree)
    for procedure in report.procedures.values():
        if procedure.id in PROCEDURES:
            for scenario in procedure.scenarios:
                body = {
                    "applicant": HANAKO,
                    "answers": dict(scenario.answers),
                    "language": "ja",
                    "version": "2026-04-01",
                }
                found.append(json.dumps({"procedure": procedure.id, **body}, default=str).encode())
    business = {"number": "7000012050002", "name": "見本株式会社", "role": "owner", "level": "high"}
    bodies = ({"answers": {}}, {"applicant": {**HANAKO, "business": business}, "answers": {"dogs": [{}]}})
    return [*found, *(json.dumps(body).encode() for body in bodies)]


@contextmanager
def opened() -> Iterator[Attack]:
    """The route, with a token that may do everything."""
    with watched() as site:
        bearer = _token(site)

        def attack(source: bytes) -> frozenset[str]:
            seen = set()
            for procedure in PROCEDURES:
                headers = {**bearer, "Idempotency-Key": uuid4().hex}
                path = f"{BASE}/procedures/{procedure}/submissions"
                answer = site.ask("POST", path, body=source, kind="application/json", headers=headers)
                told = json.loads(answer.body)
                problems = {f"{one.get('code')}" for one in told.get("errors", [])}
                seen |= {f"{answer.status} {told.get('type', '')}", *problems}
            form = "application/x-www-form-urlencoded"
            seen.add(f"token {site.ask('POST', '/api/oauth/token', body=source[:2000], kind=form).status}")
            return frozenset(seen)

        yield attack


def _token(site: Site) -> dict[str, str]:
    from tests.conftest import NOW

    return System(site.app, *registered(site.database, NOW)).headers()


TARGET = Target(seeds, opened, spoiled_json, few=40)
