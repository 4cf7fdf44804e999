"""What stands on a certificate comes from the frozen answers and the spec, and from nowhere else."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from engine.compiling import compile_procedure, load_concepts
from engine.model import Procedure, Scenario
from engine.papers.templates import GROUPS, KEYS
from procedures.papers.codes import Verifying
from procedures.papers.contents import Issue, contents
from procedures.papers.shown import Material
from procedures.papers.typesetting import typeset
from procedures.submitting.applicants import contact_email
from procedures.submitting.files import named_files

SPECS = Path(__file__).parents[2] / "procedure_specs"
VERIFYING = Verifying("s" * 32, "https://t.example/")
ISSUE = Issue("hokenjo-2026-000001", date(2026, 5, 1), date(2027, 4, 30), "東京都", VERIFYING.code_of("one"), VERIFYING)


def compiled(file: str) -> Procedure:
    concepts, _ = load_concepts((SPECS / "concepts.yaml").read_text(), "concepts.yaml")
    procedure = compile_procedure((SPECS / file).read_text(), file, concepts).procedure
    assert procedure is not None
    return procedure


def answers_of(scenario: Scenario) -> dict[str, Any]:
    return json.loads(json.dumps(dict(scenario.answers), default=str))


def material(procedure: Procedure, scenario: Scenario) -> Material:
    return Material(procedure, answers_of(scenario), scenario.on)


DOGS = "hokeniryo/dog-registration.yaml"
TAX = "shuzei/metropolitan-tax-certificate.yaml"


def test_each_item_of_a_list_has_its_own_part() -> None:
    procedure = compiled(DOGS)
    data = contents(procedure.certificates[0], material(procedure, procedure.scenarios[0]), ISSUE)
    assert [part["heading"] for part in data["parts"]] == ["", "登録する犬（1件目）", "登録する犬（2件目）"]
    labels = [[entry["label"] for entry in part["entries"]] for part in data["parts"]]
    assert "マイクロチップ番号" in labels[1]
    assert "マイクロチップ番号" not in labels[2]
    assert {"label": "犬の名前", "value": "ポチ"} in data["parts"][1]["entries"]


def test_what_was_not_answered_is_left_out() -> None:
    procedure = compiled(TAX)
    by_holder, by_agent = (
        contents(procedure.certificates[0], material(procedure, scenario), ISSUE)
        for scenario in procedure.scenarios[:2]
    )
    assert len(by_agent["parts"][0]["entries"]) == len(by_holder["parts"][0]["entries"]) + 2


def test_only_what_the_spec_shows_stands_on_it() -> None:
    procedure = compiled(DOGS)
    data = json.dumps(contents(procedure.certificates[0], material(procedure, procedure.scenarios[0]), ISSUE))
    assert "0353211111" not in data
    assert "hanako@" not in data


def test_everything_is_a_string() -> None:
    procedure = compiled(DOGS)
    data = contents(procedure.certificates[0], material(procedure, procedure.scenarios[0]), ISSUE)
    assert data.keys() == KEYS
    assert {key for key, value in data.items() if not isinstance(value, str)} == {"parts", "notes", *GROUPS}
    assert all(isinstance(entry["value"], str) for part in data["parts"] for entry in part["entries"])
    assert data["valid_until"] == "有効期限　令和9年4月30日"


@pytest.mark.parametrize("file", [DOGS, TAX])
def test_every_certificate_of_the_first_procedures_can_be_set(file: str, tmp_path: Path) -> None:
    procedure = compiled(file)
    for kind in procedure.certificates:
        for scenario in procedure.scenarios[:2]:
            data = contents(kind, material(procedure, scenario), ISSUE)
            (tmp_path / "paper.pdf").write_bytes(typeset(SPECS / "templates", kind.template, data))
            text = "".join(page.extract_text() for page in PdfReader(tmp_path / "paper.pdf").pages)
            assert kind.title.ja in text
            assert answers_of(scenario)["name"]["family"] in text


def test_the_address_for_notices_is_the_concepts_own() -> None:
    procedure = compiled(DOGS)
    answers = answers_of(procedure.scenarios[0])
    assert contact_email(procedure, answers) == "hanako@example.jp"
    assert contact_email(procedure, {**answers, "email": ""}) is None
    assert contact_email(procedure, {}) is None


def test_file_questions_are_found_wherever_they_stand() -> None:
    procedure = compiled(TAX)
    found = list(named_files(procedure, answers_of(procedure.scenarios[1])))
    assert [(path, field.id, ids) for path, field, ids in found] == [(("mandate",), "mandate", ["attachment-1"])]
    assert list(named_files(procedure, answers_of(procedure.scenarios[0]))) == []
