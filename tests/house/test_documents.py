"""The documents lead somewhere, and the procedures they show can be published as they stand."""

from pathlib import Path

import pytest

from engine.compiling import compile_procedure, load_concepts
from engine.fields import registry
from engine.scenarios import run
from tests.house import documents, reference
from tests.house.tree import ROOT, expect_none
from web.cli import COMMANDS
from web.identity.issuers_file import read_issuers

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CONCEPTS = ROOT / "procedure_specs" / "concepts.yaml"
WHOLE = [
    (page, line, text)
    for page in PAGES
    if page.name != "tutorial.md"  # its files grow from part to part: tests/docs carries it out
    for line, text in documents.blocks(page, "yaml")
    if "\nid: " in f"\n{text}"
]


def test_no_link_is_dead() -> None:
    expect_none(documents.dead_links(PAGES))


def test_the_reference_says_what_the_code_says() -> None:
    same = reference.TARGET.read_text(encoding="utf-8") == reference.reference()
    expect_none([] if same else ["docs/reference.md is behind the code. Run `make docs` and commit it."])


def test_the_reference_names_every_field_type_and_command() -> None:
    text = reference.reference()
    wanted = [*(f"`{name}`" for name in registry.names()), *(f"tetsuzuki {name}" for name in COMMANDS)]
    expect_none([f"docs/reference.md lacks {name}." for name in wanted if name not in text])


def test_the_readme_shows_a_whole_procedure() -> None:
    assert any(page.name == "README.md" for page, _, _ in WHOLE)


@pytest.mark.parametrize(("page", "line", "text"), WHOLE, ids=[f"{page.name}:{line}" for page, line, _ in WHOLE])
def test_a_procedure_in_the_documents_is_right(page: Path, line: int, text: str) -> None:
    concepts, mistakes = load_concepts(CONCEPTS.read_text(encoding="utf-8"), str(CONCEPTS))
    compiled = compile_procedure(text, page.name, concepts)
    expect_none([problem.render("en") for problem in (*mistakes, *compiled.problems)])
    assert compiled.procedure
    expect_none([problem.render("en") for problem in run(compiled.procedure).problems])


def test_every_setting_is_explained() -> None:
    sources = [ROOT / "web" / name for name in ("settings.py", "authority.py", "gateways.py", "cli/speech.py")]
    expect_none(documents.unwritten_settings(sources, ROOT / "docs" / "production.md"))


def test_the_issuers_of_the_documents_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "line.secret").write_text("x" * 32, encoding="utf-8")
    found = [text for _, text in documents.blocks(ROOT / "docs" / "sign-in.md", "yaml")]
    assert [issuer.id for text in found for issuer in read_issuers(text, tmp_path)] == ["auth-app", "line"]


def test_an_unexplained_setting_is_found(tmp_path: Path) -> None:
    source, page = tmp_path / "settings.py", tmp_path / "page.md"
    source.write_text('known["SECRET_KEY"], known["TETSUZUKI_SMTP_URL"]', encoding="utf-8")
    page.write_text("`SECRET_KEY`", encoding="utf-8")
    (found,) = documents.unwritten_settings([source], page)
    assert "TETSUZUKI_SMTP_URL" in found


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("[here](a.md) [there](b.md#part) [far](https://example.jp/) ![x](c.png)", encoding="utf-8")
    assert len(documents.dead_links([page])) == 2


def test_a_heading_that_is_not_there_is_found(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text(
        "# Fees, and more\n[a](#fees-and-more) [b](a.md#fees) [c](#lost)\n```sh\n# lost\n```\n", encoding="utf-8"
    )
    assert len(documents.dead_links([page])) == 2
