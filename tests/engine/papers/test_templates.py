"""What a template names is found where it stands, and nothing that it does not name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.papers.templates import KEYS, Mention, always, mentions
from engine.tree import check_tree
from tests.engine.language.specs import REAL, SPECS
from tests.house.tree import ROOT

FEATURE = SPECS / "features" / "certificates-of-all-kinds.yaml"
TEMPLATES = ROOT / "procedure_specs" / "templates"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("#data.title", [Mention("title", "", 1)]),
        ("\n\n#data.values.name", [Mention("values", "name", 3)]),
        ('#data.at("marked", default: "")', [Mention("marked", "", 1)]),
        ("#data.values.name.len()", [Mention("values", "name", 1)]),
        ('#data.values.at("x")', [Mention("values", "", 1)]),
        ("#data.title #data.title", [Mention("title", "", 1)]),
        ("// #data.values.gone\n#data.code", [Mention("code", "", 2)]),
        ("/* #data.a\n #data.b */#data.c", [Mention("c", "", 2)]),
        ("https://data.example/data.html", []),
        ("#mydata.title #data", []),
        ("#for part in data.parts { part.heading }", [Mention("parts", "", 1)]),
    ],
)
def test_what_is_named(source: str, found: list[Mention]) -> None:
    assert list(mentions(source)) == found


@given(st.text(max_size=300))
def test_no_text_breaks_it(source: str) -> None:
    assert all(mention.key for mention in mentions(source)) or '""' in source


def test_our_own_template_names_what_there_is() -> None:
    source = (TEMPLATES / "certificate.typ").read_text(encoding="utf-8")
    assert {mention.key for mention in mentions(source)} <= KEYS


@pytest.mark.parametrize(
    ("name", "there"),
    [("name", True), ("total", True), ("permit_number", True), ("today", False), ("unknown", False)],
)
def test_what_is_always_there(name: str, *, there: bool) -> None:
    procedure = check_tree({FEATURE.name: FEATURE.read_bytes()}).procedures[FEATURE.name]
    assert always(procedure, name) is there


def test_every_procedure_has_its_template() -> None:
    from web.cli.specs import compile_file

    names = {kind.template for path in REAL for kind in compile_file(path).procedure.certificates}
    assert names <= {path.stem for path in TEMPLATES.glob("*.typ")}
