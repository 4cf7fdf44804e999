"""Every scenario of every real procedure goes through the API as its author promised; what the engine refuses fails."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.fees import quote
from engine.journey import walk
from engine.model import Field, Procedure
from engine.validation import check_received
from procedures import library
from procedures.actors import Actor
from procedures.attachments import Prepared
from procedures.clients import managing, uploads
from procedures.database import Database
from procedures.reading import casefile
from procedures.submitting.files import named_files
from tests.web.api.system import HANAKO, System
from tests.web.conftest import Clock

pytestmark = pytest.mark.sqlite_only
FOLDER = Path(__file__).parents[3] / "procedure_specs"
SPECS = sorted(path for path in FOLDER.glob("*/*.yaml") if path.parent.name not in {"schema", "tariffs", "templates"})
TOKYO = ZoneInfo("Asia/Tokyo")
Open = Callable[..., System]


@pytest.fixture
def known(database: Database, now: datetime, kimura: Actor) -> dict[str, Procedure]:
    """All of them, published."""
    concepts = (FOLDER / "concepts.yaml").read_text()
    tariffs = {path.name: path.read_text() for path in (FOLDER / "tariffs").glob("*.yaml")}
    with database.write() as session:
        found = [
            library.publish(session, kimura, now, path.read_text(), path.name, concepts, tariffs).procedure
            for path in SPECS
        ]
    return {one.id: one for one in found}


def sent_ahead(client: System, procedure_id: str, field: Field, day: datetime) -> str:
    """A file that was examined and kept; that uploads are is tested beside submitting."""
    adapters = client.app.extensions["tetsuzuki"]
    key = adapters.blobs.put(b"jpg")
    prepared = Prepared("紙.jpg", "image/jpeg", 3, "0" * 64, key, blob_secret=key.secret)
    with adapters.database.write() as session:
        owner = managing.one(session, client.client_id)
        return uploads.keep(session, day, owner, procedure_id, field, prepared)


def ready(client: System, procedure: Procedure, answers: Mapping[str, Any], day: datetime) -> dict[str, Any]:
    """The answers on the path, with files sent ahead in place of those that an example only names."""
    kept: dict[str, Any] = deepcopy(dict(walk(procedure, answers, day.date()).answers))
    for path, field, ids in list(named_files(procedure, kept)):
        sent = [sent_ahead(client, procedure.id, field, day) for _ in ids]
        holder: Any = kept
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = sent
    return kept


def noon(day: object) -> datetime:
    """Of that day, in Tokyo."""
    return datetime.combine(day, time(12), TOKYO)


def test_every_scenario_comes_out_as_promised(
    system: Open, known: dict[str, Procedure], database: Database, clock: Clock
) -> None:
    client, done = system(), 0
    for procedure in known.values():
        for scenario in procedure.scenarios:
            clock.moment = noon(scenario.on)
            client.authorize()
            if procedure.audience == ("staff",):
                assert client.submit(procedure.id, scenario.answers).status_code == 404
                continue
            _one(client, procedure, scenario, database, clock)
            done += 1
    assert done > 50


def _one(client: System, procedure: Procedure, scenario: Any, database: Database, clock: Clock) -> None:
    where = f"{procedure.id}: {scenario.name}"
    answers = ready(client, procedure, scenario.answers, clock.moment)
    answer = client.submit(procedure.id, answers)
    told = answer.get_json()
    expect = scenario.expect
    if expect.stop or expect.errors:
        assert (answer.status_code, told["type"].rpartition("#")[2]) == (422, "answers"), where
        stops = {one.get("stop") for one in told["errors"]}
        assert not expect.stop or expect.stop in stops, where
        return
    assert answer.status_code == 201, f"{where}: {told}"
    with database.read() as session:
        sent = casefile.submission(session, told["id"])
    journey = walk(procedure, sent.answers, scenario.on)
    assert sent.answers == answers, where
    assert expect.steps is None or tuple(step.id for step in journey.steps) == expect.steps, where
    assert expect.office is None or told["office"] == expect.office, where
    price = quote(procedure, journey, scenario.on)
    assert (told["fee"] or {"yen": 0})["yen"] == (price.total if price else 0), where
    if expect.fee is not None and not (scenario.paid_on or scenario.issued_on or scenario.granted):
        assert (told["fee"] or {"yen": 0})["yen"] == expect.fee, where


JUNK = st.sampled_from([None, True, 0, -1, 3.5, 10**20, "", "x", "2026-13-45", [], ["nothing"], {}, {"x": 1}, "\u0000"])


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Everywhere in the answers."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield (*path, key)
        yield from places(below, (*path, key))


@st.composite
def spoiled(draw: st.DrawFn, procedures: list[Procedure]) -> tuple[Procedure, dict[str, Any], Any]:
    """Answers of an example, a few of them taken out, changed or added to."""
    procedure = draw(st.sampled_from(procedures))
    scenario = draw(st.sampled_from(procedure.scenarios))
    answers: dict[str, Any] = deepcopy(dict(walk(procedure, scenario.answers, scenario.on).answers))
    for _ in range(draw(st.integers(0, 2))):
        there = sorted(places(answers), key=str)
        if not there:
            break
        path = draw(st.sampled_from(there))
        holder: Any = answers
        for step in path[:-1]:
            holder = holder[step]
        if draw(st.booleans()):
            del holder[path[-1]]
        else:
            holder[path[-1]] = draw(JUNK)
    if draw(st.integers(0, 4)) == 0:
        answers["surely_not_asked"] = draw(JUNK)
    return procedure, answers, scenario.on


def test_what_the_api_takes_is_what_the_engine_takes(system: Open, known: dict[str, Procedure], clock: Clock) -> None:
    client = system()
    without_files = [
        one
        for one in known.values()
        if one.audience != ("staff",) and not any(list(named_files(one, each.answers)) for each in one.scenarios)
    ]
    assert without_files
    seen = set()

    @settings(max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=spoiled(without_files))
    def alike(case: tuple[Procedure, dict[str, Any], Any]) -> None:
        procedure, answers, day = case
        if noon(day) > clock.moment + timedelta(minutes=10) or noon(day) < clock.moment:
            clock.moment = noon(day)
            client.authorize()
        refused = check_received(procedure, answers, day)
        answer = client.submit(procedure.id, answers, applicant=HANAKO)
        assert answer.status_code in {201, 422}, answer.get_data(as_text=True)
        assert (answer.status_code == 201) == (not refused), answer.get_data(as_text=True)
        seen.add(answer.status_code)
        for one in (answer.get_json().get("errors") or []) if refused else []:
            _leads_somewhere(one["pointer"], {"answers": answers})

    alike()
    assert seen == {201, 422}


def _leads_somewhere(pointer: str, document: Any) -> None:
    """To a value, or to a member that is missing from an object that is there."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.removeprefix("#/").split("/")]
    here = document
    for last, step in enumerate(steps, 1):
        if isinstance(here, list):
            here = here[int(step)]
        elif step in here:
            here = here[step]
        else:
            assert last == len(steps), pointer
            return
