"""What the YAML parser complains about, turned into what an author can do about it."""

from yaml import YAMLError
from yaml.error import MarkedYAMLError

from engine.problems import Report, Spot
from engine.source import codes
from engine.words import catalogue

# The parser's complaint (a part of it) → the catalogue's advice.
ADVICE: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", "colon"),
    ("did not find expected ',' or '}'", "comma"),
    ("did not find expected ',' or ']'", "comma"),
    ("could not find expected ':'", "missing_colon"),
    ("did not find expected key", "indentation"),
    ("did not find expected '-' indicator", "indentation"),
    ("block sequence entries are not allowed", "indentation"),
    ("cannot start any token", "first_character"),
    ("found unexpected end of stream", "closing_quote"),
    ("unexpected document separator", "closing_quote"),
    ("unknown escape character", "escape"),
    ("did not find expected alphabetic or numeric", "first_character"),
    ("did not find URI escaped", "first_character"),
)


def explain(error: YAMLError, report: Report) -> None:
    """Note a syntax error at the place where the parser stumbled."""
    mark = None
    complaint = str(error).splitlines()[0] if str(error) else ""
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        complaint = error.problem or error.context or complaint
    spot = Spot(mark.line + 1, mark.column + 1) if mark else Spot(1, 1)
    advice = next((name for part, name in ADVICE if part in complaint), "general")
    wordings = catalogue()[f"problems.yaml-syntax.advice.{advice}"]
    report.add(codes.SYNTAX, spot, complaint=complaint, advice=wordings)
