"""`make docs`: writes docs/reference.md from the code: keys, field types, functions, problems, cases, commands."""

import argparse
import os
import re
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from unittest.mock import patch

from engine.compiling import load_concepts
from engine.expressions.functions import FUNCTIONS
from engine.fields import registry
from engine.language.derived import Derived
from engine.language.fields import FIELD
from engine.language.kinds import Choice, Either, Key, Kind, ListOf, MapOf, Record, YesNo
from engine.language.procedure import PROCEDURE
from engine.language.procedure.money import TARIFF
from engine.lifecycle import FINAL, TRANSITIONS, Status
from engine.tables import HITS
from engine.tree import all_codes, check_tree
from engine.words import say
from tests.house.authority import authority
from tests.house.markdown import table
from tests.house.tree import ROOT
from web.cli import COMMANDS, module_of

TARGET = ROOT / "docs" / "reference.md"
OPENING = """# Reference

Generated from the code by `make docs`; a test keeps it so. Do not edit it by hand.
"""


def reference() -> str:
    """The whole page."""
    sections = [
        ("Keys of a procedure", key_table(procedure_keys(PROCEDURE))),
        ("Keys of a tariff", key_table(procedure_keys(TARIFF))),
        ("Keys of a field", key_table((name, key) for name, key in FIELD.record.keys.items())),
        ("Field types", field_types()),
        ("Concepts", concepts()),
        ("Functions of expressions", functions()),
        ("Ways of choosing rows of a table (`hit`)", hit_policies()),
        ("Problems", problems()),
        ("Real procedures", real_procedures()),
        ("The life of a case", diagram() + "\n" + transitions()),
        ("Who may do what", authority()),
        ("Commands", commands()),
    ]
    return OPENING + "".join(f"\n## {title}\n\n{text}" for title, text in sections)


def key_table(keys: Iterable[tuple[str, Key]]) -> str:
    """Keys with what they mean; those that must be there are marked."""
    rows = [[f"`{name}`", "yes" if key.required else "", holds(key.kind), key.doc.en, key.doc.ja] for name, key in keys]
    return table(["key", "needed", "holds", "meaning", "意味"], rows)


def procedure_keys(record: Record, prefix: str = "") -> Iterator[tuple[str, Key]]:
    """Every key below `record` but those of fields; `*` stands for a name that the author chooses."""
    for name, key in record.keys.items():
        yield prefix + name, key
        inner, path = key.kind, f"{prefix}{name}."
        while isinstance(inner, ListOf | MapOf | Derived | Either):
            path += "*." if isinstance(inner, MapOf) else ""
            inner = _inside(inner)
        if isinstance(inner, Record):
            yield from procedure_keys(inner, path)


def _inside(kind: ListOf | MapOf | Derived | Either) -> Kind:
    match kind:
        case Derived():
            return kind.record
        case Either():
            return kind.composed
    return kind.kind


def holds(kind: Kind) -> str:  # noqa: PLR0911 - one way out for each kind
    """What is written there, in a word or two."""
    match kind:
        case ListOf():
            return f"list of {holds(kind.kind)}"
        case MapOf():
            return f"names → {holds(kind.kind)}"
        case Either():
            return f"{holds(kind.plain)}, or {holds(kind.composed)}"
        case Choice():
            return " · ".join(f"`{value}`" for value in kind.words)
        case Derived():
            return f"{holds(kind.plain)}, or keys below"
        case YesNo():
            return "`true` · `false`"
    return NAMES.get(type(kind).__name__, type(kind).__name__.lower())


NAMES = {
    "Words": "text",
    "Formula": "expression",
    "Axes": "names, or names → expression",
    "RowShape": "cells by axis, `give` or `calculate`",
    "Shown": "`true` · `false` · list of steps",
    "AnyValue": "value",
    "Whole": "whole number",
    "Record": "keys below",
    "FieldShape": "field",
    "AnyMap": "answers",
    "Inner": "field",
    "Items": "field",
    "Plain": "JSON Schema",
    "TypeName": "type",
    "String": "string",
    "Day": "day",
    "PeriodDay": "day, or `12-01` every year",
    "WholeSchema": "JSON Schema",
    "Standard": "JSON Schema",
    "OneOrMore": "name, or list of names",
    "AmountRowShape": "cells by axis, `yen` or `tariff`",
    "Limit": "value, or expression",
    "Count": "whole number, or expression",
    "Options": "names → text, or keys of an option",
    "Pointer": "JSON Pointer",
}


def field_types() -> str:
    """Every type with the keywords that only it knows."""
    rows = []
    for name in registry.names():
        kind = registry.by_name(name)
        own = "<br>".join(f"`{key}` {keyword.doc['en']}" for key, keyword in sorted(kind.keywords.items()))
        rows.append([f"`{name}`", kind.doc["en"], kind.doc["ja"], own])
    return table(["type", "meaning", "意味", "keywords of its own"], rows)


def concepts() -> str:
    """The dictionary that comes with the project."""
    found, _ = load_concepts((ROOT / "procedure_specs" / "concepts.yaml").read_bytes(), "concepts.yaml")
    rows = [
        [
            f"`{name}`",
            f"`{part.get('type')}`" + "".join(f"<br>{inner}" for inner in part.get("properties", {})),
            part.get("title").say("en"),
            part.get("title").say("ja"),
            part.get("privacy", ""),
            part.get("reuse", ""),
            part.get("law", ""),
        ]
        for name, part in found.parts.items()
    ]
    return table(["concept", "type", "title", "名称", "privacy", "offered again", "legal basis"], rows)


def functions() -> str:
    """What may be called in an expression."""
    rows = [[f"`{one.usage}`", one.doc["en"], one.doc["ja"]] for _, one in sorted(FUNCTIONS.items())]
    rows.append(
        [
            "`answered(field)`",
            "whether there is an answer; the one thing that is never unknown",
            "答えがあるか（不明にならない）",
        ]
    )
    return table(["function", "meaning", "意味"], rows)


def hit_policies() -> str:
    """How a table chooses among the rows that match."""
    return table(["hit", "meaning", "意味"], [[f"`{hit.name}`", hit.doc["en"], hit.doc["ja"]] for hit in HITS.values()])


def real_procedures() -> str:
    """The procedures that come with the project, and what of the language each shows."""
    folder = ROOT / "procedure_specs"
    paths = sorted(path for path in folder.glob("*/*.yaml") if path.parent.name != "tariffs")
    shared = [folder / "concepts.yaml", *sorted((folder / "tariffs").glob("*.yaml"))]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in [*shared, *paths]}
    rows = [
        [
            f"[`{found.id}`](../{path.relative_to(ROOT).as_posix()})",
            found.title.say("en"),
            found.title.say("ja"),
            say(f"bureau.{found.bureau}", "en"),
            str(len(found.steps)),
            found.fees.due if found.fees else "",
            str(len(found.stops) or ""),
            str(len(found.scenarios)),
        ]
        for path, found in zip(paths, check_tree(files).procedures.values(), strict=True)
    ]
    return table(["procedure", "title", "手続", "bureau", "steps", "fee due at", "stops", "scenarios"], rows)


def problems() -> str:
    """Every kind of problem: how grave it is, a line or two that have it, what it says, in English and Japanese."""
    rows = [
        [
            f"`{code.id}`",
            code.severity,
            f"<code>{escaped(code.example)}</code>",
            wording(code.id, "what", "en"),
            wording(code.id, "fix", "en"),
            wording(code.id, "what", "ja"),
        ]
        for code in all_codes().values()
    ]
    return PROBLEMS + table(["problem", "severity", "example", "what is wrong", "what to do", "意味"], rows)


PROBLEMS = """What `check`, `test` and `publish` may say. A file with an error cannot be published; a warning is advice.
What stands in ‹ › is filled in: a name, a value, a condition in words.

"""
OPEN = re.compile(r"\{\{|\}\}|\{(?P<name>\w+)\}")
SINGLE = re.compile(r"\{\w+\}")


def wording(code: str, part: str, language: str) -> str:
    """What the catalogue says; where that is nothing but a parameter, what is said of the spec that has the mistake."""
    found = say(f"problems.{code}.{part}", language)
    if SINGLE.fullmatch(found):
        return escaped(LIKE[language].format(told=said_of_spec(code, part, language)))
    return escaped(OPEN.sub(lambda match: f"‹{match['name']}›" if match["name"] else match[0][0], found))


LIKE = {"en": "for example: {told}", "ja": "例：{told}"}


def said_of_spec(code: str, part: str, language: str) -> str:
    """The wording of a problem in the spec of tests/specs/mistakes that is named after it."""
    specs = ROOT / "tests" / "specs"
    path, templates = specs / "mistakes" / f"{code}.yaml", sorted(specs.glob("templates/*.typ"))
    found = check_tree({one.relative_to(specs).as_posix(): one.read_bytes() for one in (path, *templates)}).problems
    problem = next(problem for problem in found if problem.code == code)
    return (problem.message if part == "what" else problem.fix)[language]


def escaped(text: str) -> str:
    """Text that Markdown and HTML leave as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")


def commands() -> str:
    """Every command with its arguments."""
    with patch.dict(os.environ, {"TETSUZUKI_LANGUAGE": "en"}):
        return "\n".join(command(name) for name in COMMANDS)


def command(name: str) -> str:
    """One of them."""
    parser = argparse.ArgumentParser(prog=f"tetsuzuki {name}", add_help=False)
    import_module(module_of(name)).arguments(parser)
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
    rows = [
        [f"`{', '.join(action.option_strings) or action.metavar or action.dest}`", action.help or ""]
        for action in parser._actions
    ]
    listed = table(["argument", "meaning"], rows) if rows else "No arguments.\n"
    return f"### {name}\n\n{say(f'cli.{name}_help', 'en')}\n\n```\n{usage}\n```\n\n{listed}"


def diagram() -> str:
    """The states and events as a Mermaid diagram."""
    lines = [f"    {row.source} --> {row.target}: {row.event}" for row in TRANSITIONS]
    ends = [f"    {status} --> [*]" for status in Status if status in FINAL]
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {Status.DRAFT}", *lines, *ends, "```", ""])


def transitions() -> str:
    """Every row of the table of a case's life."""
    rows = [
        [
            f"`{row.source}` {say(f'status.{row.source}')}",
            f"`{row.event}`",
            f"`{row.target}` {say(f'status.{row.target}')}",
            ", ".join(sorted(row.who)),
            ", ".join([*sorted(row.given), *(f"not {fact}" for fact in sorted(row.unless))]),
        ]
        for row in TRANSITIONS
    ]
    return table(["from", "event", "to", "who", "when"], rows)


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.relative_to(ROOT)} is written\n")
