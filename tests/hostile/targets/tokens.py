"""Whatever stands for somebody: cookies, pay links, codes of papers and drafts, links of mails, bearer tokens."""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random

from procedures.papers.codes import Verifying
from tests.conftest import NOW
from tests.hostile.mutation import spoiled
from tests.hostile.site import HOST, site, watched
from tests.hostile.target import Attack, Target
from web.identity.grants import write
from web.identity.visitors import Visitor
from web.security.cookies import DRAFTS, LANGUAGE, MAIL_LINK, PASSKEY, SESSION, SIGNING_IN, VISITOR

COOKIES = (SESSION, VISITOR, DRAFTS, SIGNING_IN, LANGUAGE, PASSKEY, MAIL_LINK)
PEOPLE = ("", "hanako", "sato", "tanaka")
PLACE = re.compile(r"<[^<>]+>")
NOWHERE = "aaaaaaaaaaaaaaaaaaaaaaaaaa"
ODD = (
    b"",
    b".",
    b"..",
    b"|",
    b":",
    b"=",
    b"\0",
    b"\xff",
    b"%00",
    "１".encode(),
    "𠮷".encode(),
    b"a" * 5000,
    b"/",
    b"\\",
)


def seeds() -> list[bytes]:
    """Real ones, and what is shaped like them."""
    key = site().app.config["SECRET_KEY"]
    return [
        site().cookies["hanako"].partition("=")[2].encode(),
        Visitor.new().cookie(key, NOW).encode(),
        write({NOWHERE: "0" * 64}, key).encode(),
        Verifying(key, HOST).code_of(NOWHERE).encode(),
        *(
            NOWHERE.encode(),
            b"en",
            b"1",
            b"7K3M-9QFA-22AB-C3DE",
            b"a.b.c",
            b"eyJhIjoxfQ.aaaa.bbbb",
            b"1:2|3:4",
            b"123456",
        ),
    ]


def spoil(chance: Random, source: bytes, others: Sequence[bytes]) -> bytes:
    """Spoiled as bytes, or an odd piece put in."""
    if chance.random() < 0.4:
        place = chance.randrange(len(source) + 1)
        return source[:place] + chance.choice(ODD) + source[place + chance.randrange(3) :]
    return spoiled(chance, source, others)


@contextmanager
def opened() -> Iterator[Attack]:
    """Every place where one is looked for."""
    with watched() as there:
        rules = [
            rule
            for rule in there.app.url_map.iter_rules()
            if "GET" in rule.methods and rule.arguments and not rule.rule.startswith(("/static", "/sign-in/<"))
        ]

        def attack(source: bytes) -> frozenset[str]:
            text = source.decode("latin-1").replace("\r", "").replace("\n", "")
            seen = set()
            for name in COOKIES:
                seen.add(f"{name} {there.ask('GET', '/applications', cookie=f'{name}={text}').status}")
            seen.add(f"all {there.ask('GET', '/', cookie='; '.join(f'{name}={text}' for name in COOKIES)).status}")
            for scheme in (text, f"Bearer {text}", f"Basic {text}", f"Basic {b64encode(source).decode()}"):
                told = there.ask("GET", "/api/v1/procedures", headers={"Authorization": scheme})
                seen.add(f"api {told.status}")
            rule = rules[sum(source) % len(rules)]
            path = PLACE.sub(lambda _: text, rule.rule)
            person = PEOPLE[len(source) % len(PEOPLE)]
            seen.add(f"{rule.rule} {there.ask('GET', path, person=person).status}")
            return frozenset(seen)

        yield attack


TARGET = Target(seeds, opened, spoil, few=25)
