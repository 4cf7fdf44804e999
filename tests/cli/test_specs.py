"""Commands on spec files: check, test, explain, schema."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., tuple[int, str, str]]
WATER = Path("procedure_specs/suido/water-service-start.yaml")


def specs(folder: Path) -> list[Path]:
    return [path for path in (folder / "procedure_specs").glob("*/*.yaml") if path.parent.name != "tariffs"]


def test_the_specs_of_the_project_have_no_mistakes(tetsuzuki: Command, folder: Path) -> None:
    code, out, told = tetsuzuki("check")
    assert code == 0
    assert f"Specs checked: {len(specs(folder))}. Mistakes: 0." in told
    assert all("(warning)" in line for line in out.splitlines())


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_mistake_is_told_with_its_place_and_what_to_do(tetsuzuki: Command, folder: Path) -> None:
    spoil(folder / WATER, "steps:", "stpes:")
    code, out, _ = tetsuzuki("check", WATER)
    line = (folder / WATER).read_text(encoding="utf-8").splitlines().index("stpes:") + 1
    assert code == 1
    assert f"{WATER}:{line}:1: " in out


def test_mistakes_of_all_files_are_told_at_once(tetsuzuki: Command, folder: Path) -> None:
    for name in ("suido/water-service-start", "hokeniryo/dog-registration"):
        spoil(folder / f"procedure_specs/{name}.yaml", "version:", "versoin:")
    code, out, _ = tetsuzuki("check")
    assert code == 1
    assert "water-service-start.yaml" in out
    assert "dog-registration.yaml" in out


@pytest.mark.parametrize(("language", "japanese"), [("ja", True), ("en", False)])
def test_problems_are_told_in_either_language(tetsuzuki: Command, folder: Path, language: str, japanese: bool) -> None:
    spoil(folder / WATER, "steps:", "stpes:")
    out = tetsuzuki("check", WATER, "--language", language)[1]
    assert any("ぁ" <= letter <= "ん" for letter in out) is japanese


def test_problems_come_as_json_and_sarif(tetsuzuki: Command, folder: Path) -> None:
    spoil(folder / WATER, "steps:", "stpes:")
    rows = json.loads(tetsuzuki("check", WATER, "--format", "json")[1])
    assert {"file", "line", "col", "message", "fix"} <= rows[0].keys()
    sarif = json.loads(tetsuzuki("check", WATER, "--format", "sarif")[1])
    assert sarif["version"] == "2.1.0"
    assert len(sarif["runs"][0]["results"]) == len(rows)


def test_no_problems_in_json_is_an_empty_list(tetsuzuki: Command) -> None:
    code, out, _ = tetsuzuki("check", WATER, "--format", "json")
    assert (code, json.loads(out)) == (0, [])


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"id: [", b"a: &x 1\nb: *x\n", b"- 1", b"\t: x"])
def test_a_file_that_is_no_spec_is_told_and_no_traceback(tetsuzuki: Command, folder: Path, content: bytes) -> None:
    (folder / "broken.yaml").write_bytes(content)
    code, out, _ = tetsuzuki("check", "broken.yaml")
    assert code == 1
    assert "broken.yaml:" in out


def test_a_path_that_is_not_there_is_wrong_use(tetsuzuki: Command, folder: Path) -> None:
    assert tetsuzuki("check", "nowhere")[0] == 2
    (folder / "empty").mkdir()
    assert tetsuzuki("check", "empty")[0] == 2


def test_a_scenario_that_fails_is_a_mistake(tetsuzuki: Command, folder: Path) -> None:
    spoil(folder / "procedure_specs/hokeniryo/dog-registration.yaml", "fee: 6550", "fee: 6551")
    code, out, _ = tetsuzuki("check")
    assert code == 1
    assert "6,551" in out


def test_a_procedure_that_stands_in_two_files_is_a_mistake(tetsuzuki: Command, folder: Path) -> None:
    (folder / "procedure_specs/suido/water-service-start-2.yaml").write_bytes((folder / WATER).read_bytes())
    code, out, _ = tetsuzuki("check")
    assert code == 1
    assert str(WATER) in out


def test_a_file_named_twice_is_checked_once(tetsuzuki: Command) -> None:
    assert "Specs checked: 1." in tetsuzuki("check", WATER, WATER, f"./{WATER}")[2]


def test_the_scenarios_of_the_project_pass(tetsuzuki: Command) -> None:
    code, out, _ = tetsuzuki("test")
    assert code == 0
    assert "✗" not in out
    assert out.count("✓") >= 9
    assert "visited: steps 3 of 3" in out


def test_a_scenario_that_fails_is_told_with_its_line(tetsuzuki: Command, folder: Path) -> None:
    dogs = folder / "procedure_specs/hokeniryo/dog-registration.yaml"
    spoil(dogs, "fee: 6550", "fee: 6551")
    code, out, _ = tetsuzuki("test", dogs)
    assert code == 1
    assert "✗" in out
    line = next(n for n, text in enumerate(dogs.read_text(encoding="utf-8").splitlines(), 1) if "6551" in text)
    assert f"dog-registration.yaml:{line}:" in out


def test_the_schema_of_a_submission_is_json_schema(tetsuzuki: Command) -> None:
    from jsonschema import Draft202012Validator

    code, out, _ = tetsuzuki("schema", "dog-registration")
    assert code == 0
    Draft202012Validator.check_schema(json.loads(out))
    assert "dogs" in json.loads(out)["properties"]


def test_the_schemas_of_all_procedures_are_written_to_a_folder(tetsuzuki: Command, folder: Path) -> None:
    code, out, _ = tetsuzuki("schema", "--output", folder / "out" / "schemas")
    files = sorted((folder / "out/schemas").iterdir())
    assert code == 0
    assert out.split() == [str(file) for file in sorted(files, key=lambda file: out.index(file.name))]
    assert len(files) == len(specs(folder))
    text = files[0].read_text(encoding="utf-8")
    assert json.loads(text)["x-tetsuzuki-procedure"] in files[0].name
    assert "\\u202a" in text
    assert "\u202a" not in text


def test_one_schema_is_written_and_what_does_not_compile_is_told(tetsuzuki: Command, folder: Path) -> None:
    tetsuzuki("schema", "dog-registration", "--output", folder / "one")
    assert len(list((folder / "one").iterdir())) == 1
    spoil(folder / WATER, "steps:", "stpes:")
    code, out, told = tetsuzuki("schema", "--output", folder / "all")
    assert code == 1
    assert "water-service-start" in told
    assert "water-service-start" not in out
    assert "dog-registration" in out


def test_the_schema_of_the_language_is_the_committed_one(tetsuzuki: Command, folder: Path) -> None:
    committed = folder / "procedure_specs/schema/procedure.schema.json"
    assert json.loads(tetsuzuki("schema")[1]) == json.loads(committed.read_text(encoding="utf-8"))


def test_a_procedure_that_is_not_there_is_wrong_use(tetsuzuki: Command) -> None:
    code, _, told = tetsuzuki("schema", "nothing")
    assert code == 2
    assert "nothing" in told


@pytest.fixture
def answers(folder: Path) -> Path:
    """The answers of the first scenario of the dog registration."""
    from web.cli.specs import one_procedure

    procedure = one_procedure("dog-registration")
    path = folder / "answers.json"
    path.write_text(json.dumps(dict(procedure.scenarios[0].answers), ensure_ascii=False), encoding="utf-8")
    return path


def test_explain_shows_path_fee_and_office(tetsuzuki: Command, answers: Path) -> None:
    code, out, _ = tetsuzuki("explain", "dog-registration", "--answers", answers, "--on", "2026-05-01")
    assert code == 0
    assert "✓ owner" in out
    assert "total " in out
    assert "hokenjo" in out


def test_explain_says_what_is_missing(tetsuzuki: Command, folder: Path) -> None:
    (folder / "none.yaml").write_text("{}", encoding="utf-8")
    code, out, _ = tetsuzuki("explain", "dog-registration", "--answers", "none.yaml")
    assert code == 1
    assert "missing or not accepted" in out


@pytest.mark.parametrize("content", ["[1]", "{", "x: [", "\x00"])
def test_answers_that_cannot_be_read_are_wrong_use(tetsuzuki: Command, folder: Path, content: str) -> None:
    for name in ("answers.json", "answers.yaml"):
        (folder / name).write_text(content, encoding="utf-8")
        assert tetsuzuki("explain", "dog-registration", "--answers", name)[0] == 2


TARIFF = """\
title: {ja: 写し, en: Copies}
law: 条例別表
rates: {bw: {title: {ja: 白黒, en: Black and white}, yen: [{from: 2020-01-01, amount: 10}]}}
"""


def test_a_tariff_beside_the_specs_is_found_and_its_mistakes_are_told(tetsuzuki: Command, folder: Path) -> None:
    tariff = folder / "procedure_specs" / "tariffs" / "copies.yaml"
    tariff.parent.mkdir(exist_ok=True)
    tariff.write_text(TARIFF, encoding="utf-8")
    spec = folder / WATER
    fees = 'fees: {due: submission, lines: {copy: {title: {ja: 写し, en: Copy}, account: "1", tariff: copies.bw}}}\n'
    spec.write_text(f"{fees}{spec.read_text(encoding='utf-8')}", encoding="utf-8")
    _, out, _ = tetsuzuki("check", WATER)
    assert "unknown" not in out
    assert "copies.yaml" not in out
    tariff.write_text(TARIFF.replace("law: 条例別表\n", ""), encoding="utf-8")
    for path in (WATER, "procedure_specs/tariffs/copies.yaml"):
        code, out, _ = tetsuzuki("check", path)
        assert code == 1
        assert "tariffs/copies.yaml:1:1: law:" in out


def test_the_places_where_a_language_is_missing_are_told(tetsuzuki: Command) -> None:
    code, out, told = tetsuzuki("check", WATER, "--languages", "en,zh")
    assert code == 0
    places = out.splitlines()
    assert len(places) > 20
    assert all(line.startswith(f"{WATER}:") and "(warning) Chinese (zh) is missing" in line for line in places)
    missing = 27 - len(places)
    assert f"{WATER}: en 27/27, zh {missing}/27" in told


def test_a_procedure_in_every_language_misses_nothing(tetsuzuki: Command) -> None:
    code, out, told = tetsuzuki("check", "procedure_specs/hokeniryo/dog-registration.yaml", "--languages", "all")
    assert (code, out) == (0, "")
    assert "en 41/41, easy 38/38, zh 38/38, ko 38/38" in told


def test_a_language_that_nobody_speaks_here_is_wrong_use(tetsuzuki: Command) -> None:
    code, _, told = tetsuzuki("check", WATER, "--languages", "en,tlh")
    assert code == 2
    assert "tlh" in told
