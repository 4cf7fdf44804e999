"""The editor schema in a real YAML language server: completion, underlining, explanations."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editor.server import PROGRAM, Server
from tests.engine.language.specs import FEATURES, REAL

FRONT = "# yaml-language-server: $schema=../schema/procedure.schema.json\n"
FIELD = "steps:\n  one:\n    fields:\n      it:\n        "
FOLDER = REAL[0].parent

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="no yaml-language-server: `make test` installs it")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_real_procedure_is_not_underlined(server: Server, path: Path) -> None:
    assert server.open(path.parent, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FEATURES, ids=lambda path: path.stem)
def test_no_feature_of_the_language_is_underlined(server: Server, path: Path) -> None:
    assert server.open(FOLDER, FRONT + path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", {"id", "version", "title", "steps", "fees", "review", "retention"}),
        ("sign_in:\n  ", {"required", "assurance"}),
        ("sign_in:\n  assurance: ", {"basic", "substantial", "high"}),
        (
            "steps:\n  one:\n    fields:\n      it:\n        ",
            {"type", "title", "when", "optional", "concept", "maxLength"},
        ),
        (
            "steps:\n  one:\n    fields:\n      it:\n        type: ",
            {"person_name", "address", "date", "file", "choice"},
        ),
        ("fees:\n  due: ", {"submission", "approval"}),
        ("fees:\n  lines:\n    a:\n      ", {"title", "law", "account", "count", "yen"}),
    ],
)
def test_what_may_be_written_is_offered(server: Server, written: str, words: set[str]) -> None:
    text = FRONT + written
    server.open(FOLDER, text)
    lines = text.split("\n")
    assert words <= set(server.complete(len(lines) - 1, len(lines[-1])))


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("id: Big Letters\n", 1),
        ("sign_in: {assurance: hihg}\n", 1),
        ("retention:\n  years: 0\n", 2),
        ("steps:\n  one:\n    title: 一\n    fields:\n      it: {type: txt}\n", 5),
        ("steps:\n  one:\n    title: 一\n    fields:\n      it: {typ: text}\n", 5),
        ("fees:\n  due: someday\n", 2),
    ],
)
def test_a_mistake_is_underlined_on_its_line(server: Server, written: str, line: int) -> None:
    underlined = {problem["range"]["start"]["line"] for problem in server.open(FOLDER, FRONT + written)}
    assert line in underlined


def test_a_key_is_explained_in_both_languages(server: Server) -> None:
    server.open(FOLDER, FRONT + "retention: {years: 5}\n")
    told = server.hover(1, 2)
    assert "保存期間" in told
    assert "How long cases are kept" in told
