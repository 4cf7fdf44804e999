"""What commands say, and in which language."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.words import say

if TYPE_CHECKING:
    from engine.problems import Problem

CHOICES = ("ja", "en")


def language_of_terminal() -> str:
    """English where the terminal is set to it, else Japanese."""
    wished = os.environ.get("TETSUZUKI_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if wished.startswith("en") else "ja"


def tell(key: str, language: str, **parameters: object) -> str:
    """The wording `cli.<key>`."""
    return say(f"cli.{key}", language, **parameters)


def add_language(parser: argparse.ArgumentParser) -> None:
    """`--language`, by default the terminal's."""
    usual = language_of_terminal()
    parser.add_argument("--language", choices=CHOICES, default=usual, help=tell("language_option", usual))


def complain(text: str) -> None:
    """One line on standard error."""
    print(text, file=sys.stderr)


def say_count(problems: "Sequence[Problem]", key: str, language: str, **facts: object) -> str:
    """The last line of a command that looks for problems: how many mistakes, how many warnings."""
    errors = sum(problem.severity == "error" for problem in problems)
    return tell(key, language, errors=errors, warnings=len(problems) - errors, **facts)
