"""Every route, every method, every kind of person, at something of theirs, of another's and at nothing."""

from collections.abc import Iterator
from itertools import islice

import pytest
from werkzeug.routing import Rule

from tests import ringed
from tests.databases import Source
from tests.gate.addresses import address, values_of
from tests.gate.expected import EVERYTHING, expected, routes_of, who_tries
from tests.gate.judging import door
from tests.gate.people import KINDS
from tests.gate.trying import lines, try_route
from tests.gate.world import World
from tests.web.browsing import TOKEN
from web.access import POLICIES

OF_FORMS = ("GET", "POST")
ODD = ("HEAD", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
SOME = 1 if EVERYTHING else 3
PEOPLE = tuple(kind.name for kind in KINDS if not kind.system)


@pytest.fixture(scope="module")
def world(sqlite_source: Source, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One for all."""
    url = sqlite_source.lend()
    database = ringed.opened(url)
    yield World(tmp_path_factory.mktemp("gate"), database)
    database.close()
    sqlite_source.take_back(url)


def test_every_line_is_written_down_and_no_other(world: World) -> None:
    there = {f"{method} {rule.rule}" for method, rule in lines(world)}
    assert there - expected().keys() == set(), "write these into tests/gate/tables: who may what there?"
    assert expected().keys() - there == set(), "no route answers to these any more"


def test_somebody_is_let_in_wherever_there_is_something(world: World) -> None:
    """A table whose object was never found would only compare nothing with nothing."""
    nobody = {route for route, letters in expected().items() if "+" not in letters}
    assert nobody == set(routes_of("absent"))


@pytest.mark.timeout(600)
def test_everybody_gets_what_the_tables_say(world: World) -> None:
    wrong = []
    for method, rule in lines(world):
        who = who_tries(f"{method} {rule.rule}")
        tried = try_route(world, method, rule, who)
        wanted = expected().get(tried.line, "?" * len(KINDS))
        for kind, got, letter in zip(KINDS, tried.letters, wanted, strict=True):
            if got not in {".", letter}:
                wrong.append(f"{tried.line}: {kind.name} should get {letter}, and gets {got}")
        wrong += [f"{tried.line}: {fault}" for fault in tried.faults]
    assert wrong == [], "\n".join(wrong[:60])


def by_address(world: World) -> Iterator[tuple[str, str, set[str]]]:
    """Whose turn it is, an address, and the methods that are declared for it by whatever rules it fits."""
    known = world.app.url_map.bind("localhost")
    rules = [rule for rule in world.app.url_map.iter_rules() if not rule.rule.startswith("/static/")]
    paths = {address(rule, values_of(rule, world.objects)) for rule in rules if "callback" not in rule.rule}
    for number, path in enumerate(sorted(paths)):
        yield PEOPLE[number % len(PEOPLE)], path, set(known.allowed_methods(path))


def test_a_method_that_is_not_declared_is_refused_and_does_nothing(world: World) -> None:
    wrong = []
    for number, (name, path, declared) in enumerate(by_address(world)):
        odd = ODD if EVERYTHING else (ODD[number % len(ODD)],)
        for method in {*OF_FORMS, *odd} - declared:
            answer = world.send(name, method, path)
            allowed = {one.strip() for one in answer.headers.get("Allow", "").split(",")}
            if answer.status_code != 405 or world.written or allowed != declared:
                wrong.append(f"{name}: {method} {path}: {answer.status_code}, {world.written}, Allow: {allowed}")
    assert wrong == []


def test_a_look_at_the_headers_alone_is_a_look(world: World) -> None:
    wrong = []
    for name, path, declared in islice(by_address(world), 0, None, SOME):
        if "GET" not in declared or path.startswith("/sign-in/local"):
            continue
        whole, heads = world.send(name, "GET", path), world.send(name, "HEAD", path)
        if (heads.status_code, heads.get_data()) != (whole.status_code, b""):
            wrong.append(f"{name}: HEAD {path}: {heads.status_code}, GET: {whole.status_code}")
    assert wrong == []


def admitted(world: World, method: str, rule: Rule) -> str:
    """Somebody who is let in where this is written down; somebody signed in where nobody is."""
    letters = expected()[f"{method} {rule.rule}"]
    names = [kind.name for kind, letter in zip(KINDS, letters, strict=True) if letter in "+-=" and not kind.system]
    return next((name for name in names if name not in {"stranger", "visitor"}), names[0])


def test_every_form_wants_the_token_of_this_very_session(world: World) -> None:
    wrong = []
    for method, rule in lines(world):
        if method == "GET" or world.app.extensions[POLICIES][rule.endpoint].signed:
            continue
        name, path = admitted(world, method, rule), address(rule, values_of(rule, world.objects))
        others = world.tokens["taro" if name == "other" else "clerk" if name != "clerk" else "other"]
        for what, token in (("none", ""), ("a wrong one", "A" * 86 + "=="), ("another's", others)):
            answer = world.send(name, method, path, token=token)
            if answer.status_code != 403 or world.written:
                wrong.append(f"{name}: {method} {path} with {what}: {answer.status_code}, {world.written}")
    assert wrong == []


def test_the_tokens_of_these_tests_are_good(world: World) -> None:
    for name, token in world.tokens.items():
        assert TOKEN.search(world.send(name, "GET", "/sign-in/done").text)[1] != token  # masked anew each time
        assert door(world.send(name, "POST", "/language", {"language": "en"})) == "", name
