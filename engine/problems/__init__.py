"""What is wrong with a source, where, and what to do: one type for the command line, CI and the screens."""

from engine.problems.codes import Code, declared
from engine.problems.problem import Problem, Severity, has_errors
from engine.problems.rendering import render_json, render_sarif, render_text
from engine.problems.report import PROBLEM_LIMIT, Place, Report, Spot
from engine.problems.suggestions import Suggestion

__all__ = [
    "PROBLEM_LIMIT",
    "Code",
    "Place",
    "Problem",
    "Report",
    "Severity",
    "Spot",
    "Suggestion",
    "declared",
    "has_errors",
    "render_json",
    "render_sarif",
    "render_text",
]
