"""Query strings of every page that is narrowed or turned by one: the queue, finance, the catalogue, the API."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random

from tests.conftest import NOW
from tests.hostile.form_spoiling import spoiled_form
from tests.hostile.site import watched
from tests.hostile.target import Attack, Target
from tests.web.api.system import System, registered

QUERIES = (
    b"tab=open&procedure=dog-registration&office=hokenjo&assignee=sato&status=in_review&q=%E5%B1%B1%E7%94%B0",
    b"due_from=2026-04-01&due_to=2026-05-01&submitted_from=2026/4/1&submitted_to=20260501&from=",
    b"from=2026-05-01T01:00:00.000000..aaaaaaaaaaaaaaaaaaaaaaaaaa..2026-05-08&tab=mine",
    b"from=b2026-05-01T01:00:00.000000..aaaaaaaaaaaaaaaaaaaaaaaaaa..",
    b"q=dog&page=2&day=2026-05-01&month=2026-05&year=2026&account=1201-03&method=card&kind=receipt",
    b"cursor=12&limit=50&since=2026-05-01T00:00:00Z&until=2026-06-01T00:00:00%2B09:00&status=received",
    b"next=/applications&level=high&fresh=1&cancelled=1&why=level",
    b"view=all&age=0&state=open&owner=me&number=3&place=5&after=7&before=2&lang=en",
)


def seeds() -> list[bytes]:
    """Each of the queries at each address is a seed of its own only by its first line."""
    return [b"%d\n%s" % (number * 7, query) for number in range(12) for query in QUERIES]


def spoil(chance: Random, source: bytes, others: Sequence[bytes]) -> bytes:
    """The query spoiled, at another address."""
    queries = [one.partition(b"\n")[2] for one in others]
    return b"%d\n%s" % (chance.randrange(1000), spoiled_form(chance, source.partition(b"\n")[2], queries))


@contextmanager
def opened() -> Iterator[Attack]:
    """Every page without a place in its address, as whoever may see it; signing in would ask an issuer."""
    with watched() as site:
        rules = sorted(
            rule.rule
            for rule in site.app.url_map.iter_rules()
            if "GET" in rule.methods and not rule.arguments and not rule.rule.startswith("/sign-in")
        )
        bearer = System(site.app, *registered(site.database, NOW)).headers()

        def attack(source: bytes) -> frozenset[str]:
            which, _, query = source.partition(b"\n")
            path = rules[int(which or b"0") % len(rules)] if which.isdigit() and len(which) < 9 else "/desk"
            person = {"/finance": "tanaka", "/author": "kimura", "/desk": "sato"}.get(
                f"/{path.split('/')[1]}", "hanako"
            )
            headers = bearer if path.startswith("/api/") else {}
            answer = site.ask("GET", path, person=person, query=query.decode("latin-1"), headers=headers)
            return frozenset({f"{path} {answer.status}"})

        yield attack


TARGET = Target(seeds, opened, spoil, few=60)
