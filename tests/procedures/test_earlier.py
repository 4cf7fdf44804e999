"""Other cases of the same applicant: by account, without one by name and birth, in one's own offices alone."""

from pathlib import Path

import pytest

from procedures import cases, drafts, library, submissions
from procedures.actors import Actor
from procedures.reading.earlier import How, alike
from tests.procedures.conftest import Desk

CONCEPTS = (Path(__file__).parents[2] / "procedure_specs" / "concepts.yaml").read_text()
SPEC = """
id: visit
version: 2026-04-01
title: 見本
bureau: sample
sign_in: {required: false}
steps:
  one:
    title: 一
    fields:
      name: {concept: applicant.name, title: 氏名}
      born: {concept: applicant.birth, title: 生年月日, searchable: true}
      office: {type: choice, title: 窓口, options: {north: 北, south: 南}}
review:
  office: {value: office}
  standard_days: 5
  stages: {decide: {title: 決裁, role: approver}}
  refusal_reasons: [{code: R1, title: 要件, law: 見本法第1条}]
retention: {years: 1}
"""
NORTH = Actor("staff", "sato", "佐藤 係員", frozenset({("clerk", "north")}))


@pytest.fixture
def file(desk: Desk) -> object:
    published = desk.do(library.publish, desk.people.kimura, SPEC, "visit.yaml", CONCEPTS).procedure

    def send(family: str, born: str, who: Actor | str, office: str = "north") -> str:
        actor = Actor("visitor", who) if isinstance(who, str) else who
        name = {"family": family, "given": "花子", "family_kana": "ヤマダ", "given_kana": "ハナコ"}
        application_id = desk.do(drafts.start, actor, published)
        desk.do(drafts.save, actor, application_id, {"name": name, "born": born, "office": office}, 1)
        desk.do(submissions.submit, actor, application_id, 2, "確認しました")
        return application_id

    return send


def found(desk: Desk, case: str, actor: Actor) -> tuple[How, set[str]]:
    with desk.database.read() as session:
        seen = cases.view(session, actor, case)
        account = seen.applicant is not None
        how, others = alike(session, actor, case, seen.procedure, seen.answers, account=account)
    return how, {one.application_id for one in others}


def test_visitors_are_matched_by_name_and_birth_and_both_must_be_the_same(desk: Desk, file) -> None:  # noqa: ANN001
    case = file("髙山", "1990-01-02", "a")
    same = file("高山", "1990-01-02", "b")  # another form of the same character
    file("高山", "1990-01-03", "c")
    file("高木", "1990-01-02", "d")
    south = file("髙山", "1990-01-02", "e", office="south")
    assert found(desk, case, desk.people.sato) == ("name", {same, south})
    assert found(desk, case, NORTH) == ("name", {same})


def test_accounts_are_matched_whatever_the_name(desk: Desk, file) -> None:  # noqa: ANN001
    case = file("山田", "1990-01-02", desk.people.hanako)
    other = file("鈴木", "1980-01-02", desk.people.hanako)
    south = file("山田", "1990-01-02", desk.people.hanako, office="south")
    file("山田", "1990-01-02", desk.people.taro)
    file("山田", "1990-01-02", "a")
    assert found(desk, case, desk.people.sato) == ("account", {other, south})
    assert found(desk, case, NORTH) == ("account", {other})
