"""Pages that run: their examples, in the order of the page, with what an invisible comment above says of each.

An example is a fenced block. A comment `<!-- file PATH -->` right above makes it a whole file, `<!-- into PATH -->`
a part of one: each key at its left edge replaces that part of the file, or is added at its end; a block of language
`diff` shows lines that go (-), come (+) and stay. `<!-- within` and a skeleton of a spec say where an example stands,
by a line `…`; `<!-- concepts -->` and `<!-- tariff -->` that it is not a spec.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COMMENT = r"^<!-- (?P<verb>file|into|within|concepts|tariff)\b(?P<about>(?:(?!-->).)*)-->\n+"
BLOCK = r"^```(?P<language>\w+)\n(?P<text>.*?)^```$"
EXAMPLE = re.compile(f"(?:{COMMENT})?{BLOCK}", re.MULTILINE | re.DOTALL)
PART = re.compile(r"^(?=[a-z_]+:)", re.MULTILINE)
HERE = re.compile(r"^(?P<margin> *)…\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """A block of a page: its language, its text, the line on which it begins, and the words of the comment above."""

    page: str
    line: int
    language: str
    text: str
    verb: str = ""
    about: str = ""

    def __str__(self) -> str:
        """Its place, as tests name it."""
        return f"{self.page}:{self.line}"


def examples(page: Path) -> Iterator[Example]:
    """Every example of a page from its beginning to its end."""
    text = page.read_text(encoding="utf-8")
    for match in EXAMPLE.finditer(text):
        line = text.count("\n", 0, match.start("text")) + 1
        about = (match["about"] or "").strip("\n")
        yield Example(page.name, line, match["language"], match["text"], match["verb"] or "", about)


def with_parts(spec: str, parts: str) -> str:
    """`spec` with the parts of it that `parts` writes anew, or adds."""
    found = {part.split(":", 1)[0]: part for part in PART.split(spec) if part.strip()}
    found |= {part.split(":", 1)[0]: part for part in PART.split(parts) if part.strip()}
    return "".join(part.rstrip() + "\n" for part in found.values())


def with_changes(spec: str, changes: str) -> str:
    """`spec` with lines changed as shown. Raises `ValueError` where the lines that stay or go are not there once."""
    for change in changes.rstrip("\n").split("\n\n"):
        lines = [(line[0], line[1:] + "\n") for line in change.splitlines()]
        before = "".join(text for sign, text in lines if sign in "- ")
        after = "".join(text for sign, text in lines if sign in "+ ")
        if spec.count(before) != 1:
            raise ValueError(f"the file has these lines {spec.count(before)} times:\n{before}")
        spec = spec.replace(before, after)
    return spec


def within(skeleton: str, example: str) -> str:
    """The skeleton with the example in the place of the line `…`, as far to the right as that stands."""
    match = HERE.search(skeleton + "\n")
    if match is None:
        raise ValueError("a skeleton has a line … where the example stands")
    return HERE.sub(lambda _: textwrap.indent(example, match["margin"]), skeleton + "\n")


@dataclass(frozen=True, slots=True)
class Said:
    """A command of a console, and what the page shows that it answers."""

    command: str
    answer: str


def console(text: str) -> Iterator[Said]:
    """The commands of a console, each begun with `$ `."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, answer = part.partition("\n")
        yield Said(command.split("  #")[0].strip(), answer)
