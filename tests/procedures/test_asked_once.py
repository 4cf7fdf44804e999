"""Asked once across the real procedures: what was said in one is offered in every other, and never another person's."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from engine.compiling import compile_procedure, load_concepts, load_tariffs
from engine.compiling.tariffs import is_tariff
from engine.journey import walk
from engine.model import Procedure
from engine.reuse import acceptable, by_concept, own_leaves, put
from procedures import drafts, library
from procedures.actors import SYSTEM, Actor
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.profiles import offering

SPECS = Path(__file__).parents[2] / "procedure_specs"
HOME = {"postcode": "1630001", "prefecture": "東京都", "city": "新宿区", "street": "西新宿2-8-1", "building": ""}
HANAKO: Mapping[str, Any] = {
    "applicant.name": {"family": "山田", "given": "花子", "family_kana": "ヤマダ", "given_kana": "ハナコ"},
    "applicant.name_and_former": {
        "family": "山田",
        "given": "花子",
        "family_kana": "ヤマダ",
        "given_kana": "ハナコ",
        "former_family": "佐藤",
        "former_family_kana": "サトウ",
    },
    "applicant.birth": "1990-05-06",
    "applicant.address": HOME,
    "applicant.phone": "0353211111",
    "applicant.mobile": "09012345678",
    "applicant.daytime_phone": "0353212222",
    "applicant.email": "hanako@example.jp",
    "contact.name": {"family": "係", "given": "員", "family_kana": "カカリ", "given_kana": "イン"},
    "contact.department": "総務課",
    "contact.extension": "12345",
    "contact.phone": "0353213333",
    "contact.email": "office@example.jp",
    "business.name": "見本株式会社",
    "business.kana": "ミホンカブシキガイシャ",
    "business.corporate_number": "7000012050002",
    "business.address": HOME,
    "business.phone": "0353214444",
    "business.representative": {"family": "代", "given": "表", "family_kana": "ダイ", "given_kana": "ヒョウ"},
    "business.representative_title": "代表取締役",
    "business.capital": 10_000_000,
    "business.employees": 12,
}


def differently(answer: Any) -> Any:
    """What Taro says of the same thing."""
    if isinstance(answer, dict):
        same = {"prefecture", "postcode", "building"}
        return {part: text if part in same or part.endswith("_kana") else f"{text}太" for part, text in answer.items()}
    return answer


TARO = {
    **{concept: differently(answer) for concept, answer in HANAKO.items()},
    "applicant.phone": "0312345678",
    "applicant.email": "taro@example.jp",
    "business.name": "別の株式会社",
}


def compiled() -> list[Procedure]:
    concepts, _ = load_concepts((SPECS / "concepts.yaml").read_text(encoding="utf-8"), "concepts.yaml")
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(SPECS.glob("*/*.yaml"))}
    tariffs, _ = load_tariffs({str(path): source for path, source in sources.items() if is_tariff(path.as_posix())})
    found = [
        compile_procedure(source, path.name, concepts, tariffs, checked=False).procedure
        for path, source in sources.items()
    ]
    return [one for one in found if one is not None]


ALL = {procedure.id: procedure for procedure in compiled()}


def filled(procedure: Procedure, person: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The answers of a scenario, with what the person says wherever a concept of theirs is asked on its path."""
    answers: Any = next(one.answers for one in procedure.scenarios if not one.expect.errors and not one.expect.stop)
    asked = [field for field in procedure.fields.values() if field.id in walk(procedure, answers, today).shown]
    for leaf in own_leaves(asked):
        if leaf.field.concept in person:
            answers = put(answers, leaf.place, person[str(leaf.field.concept)])
    return dict(answers)


def publish(session: Session, now: datetime) -> None:
    concepts = (SPECS / "concepts.yaml").read_text(encoding="utf-8")
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(SPECS.glob("*/*.yaml"))}
    tariffs = {str(path): source for path, source in sources.items() if is_tariff(path.as_posix())}
    for path, source in sources.items():
        if str(path) not in tariffs:
            library.publish(session, SYSTEM, now, source, path.name, concepts, tariffs)


def file(session: Session, actor: Actor, now: datetime, procedure: Procedure, person: Mapping[str, Any]) -> None:
    application_id = drafts.start(session, actor, now, procedure)
    drafts.save(session, actor, now, application_id, filled(procedure, person, tokyo_day(now)), 1)


def offered(session: Session, actor: Actor, now: datetime, procedure: Procedure) -> dict[tuple[Any, ...], Any]:
    """What a new draft of `procedure` offers, by place."""
    known = offering.known(session, actor, now, "new")
    wanted = {leaf.place: str(leaf.field.concept) for leaf in own_leaves(procedure.fields.values())}
    answers = {place: known[concept][0].answer for place, concept in wanted.items() if concept in known}
    return acceptable(procedure, {}, answers, tokyo_day(now))


@pytest.mark.sqlite_only
def test_what_was_said_in_one_is_offered_in_every_other(database: Database, now: datetime, people: object) -> None:
    with database.write() as session:
        publish(session, now)
    offers = 0
    for first in ALL.values():
        if first.audience == ("staff",):
            continue
        hanako, taro = (Actor("resident", f"{name}-{first.id}") for name in ("hanako", "taro"))
        with database.write() as session:
            file(session, hanako, now, first, HANAKO)
            file(session, taro, now, first, TARO)
            said = by_concept(walk(first, filled(first, HANAKO, tokyo_day(now)), tokyo_day(now)))
            for second in ALL.values():
                found = offered(session, hanako, now, second)
                asked = {leaf.place: str(leaf.field.concept) for leaf in own_leaves(second.fields.values())}
                shared = {place: concept for place, concept in asked.items() if concept in said}
                assert found.keys() == shared.keys(), (first.id, second.id)
                assert all(agrees(said[concept][1], found[place]) for place, concept in shared.items())
                offers += len(found)
    assert offers > 300  # so that the test cannot pass by offering nothing


def agrees(said: Any, offered: Any) -> bool:
    """Whether exactly what was said is offered, parts that are not asked left out."""
    if isinstance(said, dict):
        return bool(offered) and all(said[part] == text for part, text in offered.items())
    return bool(said == offered)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("kind", ["visitor", "another"])
def test_nobody_is_offered_what_somebody_else_said(
    database: Database, now: datetime, people: dict[str, Actor], kind: str
) -> None:
    other = Actor("visitor", "hanako") if kind == "visitor" else people["taro"]
    with database.write() as session:
        publish(session, now)
        for procedure in ALL.values():
            if procedure.audience != ("staff",):
                file(session, people["hanako"], now, procedure, HANAKO)
        for procedure in ALL.values():
            assert offered(session, other, now, procedure) == {}


@pytest.mark.parametrize("procedure", ALL.values(), ids=ALL)
def test_no_sensitive_answer_and_no_other_person_is_ever_offered_by_concept(procedure: Procedure) -> None:
    for leaf in own_leaves(procedure.fields.values()):
        assert leaf.field.privacy not in {"sensitive", "my_number", "financial"}
        assert str(leaf.field.concept).split(".")[0] in {"applicant", "contact", "business"}
