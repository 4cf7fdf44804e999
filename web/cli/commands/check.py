"""`tetsuzuki check`: every mistake of every spec, with its place and remedy, in one run."""

import argparse

from engine.problems import has_errors, render_json, render_sarif, render_text
from web.cli import FINE, PROBLEMS
from web.cli.specs import add_paths, compile_all, problems_of, say_count
from web.cli.speech import add_language, complain, language_of_terminal, tell

RENDERERS = {"text": render_text, "json": render_json, "sarif": render_sarif}


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[PATH…] [--format text|json|sarif] [--language ja|en]`."""
    add_paths(parser)
    told = tell("format_option", language_of_terminal())
    parser.add_argument("--format", choices=tuple(RENDERERS), default="text", help=told)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Problems on standard output, the count on standard error."""
    compiled = compile_all(options.paths)
    problems = problems_of(compiled)
    if problems or options.format != "text":
        print(RENDERERS[options.format](problems, options.language))
    complain(say_count(problems, "checked", options.language, files=len(compiled)))
    return PROBLEMS if has_errors(problems) else FINE
