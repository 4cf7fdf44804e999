"""Problems as lines of text, as JSON, and as SARIF 2.1.0 for code-scanning tools."""

import json
from collections.abc import Iterable
from string import ascii_letters, digits
from typing import Any

from engine.problems.problem import Problem

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

UNRESERVED = frozenset(ascii_letters + digits + "-._~/")


def render_text(problems: Iterable[Problem], language: str = "ja") -> str:
    """One line a problem, in reading order."""
    return "\n".join(problem.render(language) for problem in sorted(problems))


def render_json(problems: Iterable[Problem], language: str = "ja") -> str:
    """A JSON array of objects: code, severity, file, line, col, path, message, fix."""
    rows = [
        {
            "code": problem.code,
            "severity": problem.severity,
            "file": problem.file,
            "line": problem.line,
            "col": problem.col,
            "path": problem.path,
            "message": problem.message.get(language, problem.message["ja"]),
            "fix": problem.fix.get(language, problem.fix["ja"]),
        }
        for problem in sorted(problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def render_sarif(problems: Iterable[Problem], language: str = "ja") -> str:
    """A SARIF log with one run; file names become relative URIs, columns count code points."""
    ordered = sorted(problems)
    rules = [{"id": code} for code in sorted({problem.code for problem in ordered})]
    run = {
        "tool": {"driver": {"name": "tetsuzuki", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "language": language,
        "results": [_result(problem, language) for problem in ordered],
    }
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _address(file: str) -> str:
    """A relative URI reference (RFC 3986 §2): every byte that is not unreserved, but `/`, is percent-encoded."""
    octets = file.encode("utf-8", "surrogateescape")
    return "".join(chr(octet) if chr(octet) in UNRESERVED else f"%{octet:02X}" for octet in octets)


def _result(problem: Problem, language: str) -> dict[str, Any]:
    region = {"startLine": problem.line, "startColumn": problem.col}
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": _address(problem.file)}, "region": region},
    }
    if problem.path:
        location["logicalLocations"] = [{"fullyQualifiedName": problem.path}]
    return {
        "ruleId": problem.code,
        "level": problem.severity,
        "message": {"text": problem.says(language)},
        "locations": [location],
    }
