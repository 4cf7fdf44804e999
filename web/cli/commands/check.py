"""`tetsuzuki check`: every mistake of every spec, with its place and remedy, in one run."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from engine.outcomes import Outcome, all_problems
from engine.problems import has_errors, render_json, render_sarif, render_text
from web.cli import FINE, PROBLEMS
from web.cli.files import add_paths, some_spec_files
from web.cli.kept import Kept, usual_place
from web.cli.keys import Keys
from web.cli.languages import spoken_in, wished_languages
from web.cli.speech import add_language, complain, language_of_terminal, say_count, tell

RENDERERS = {"text": render_text, "json": render_json, "sarif": render_sarif}


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[PATH…] [--format text|json|sarif] [--languages en,easy,…] [--language ja|en] [--no-cache]`."""
    add_paths(parser)
    language = language_of_terminal()
    parser.add_argument("--format", choices=tuple(RENDERERS), default="text", help=tell("format_option", language))
    parser.add_argument("--languages", type=wished_languages, default=(), help=tell("languages_option", language))
    parser.add_argument("--no-cache", action="store_true", help=tell("no_cache_option", language))
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Problems on standard output, the count on standard error."""
    files = some_spec_files(options.paths)
    problems = all_problems(outcomes(files, None if options.no_cache else Kept(usual_place())))
    if options.languages:
        spoken = [one for file in files if (one := spoken_in(file, options.languages)) is not None]
        problems = tuple(sorted({*problems, *(problem for one in spoken for problem in one.problems)}))
        complain("\n".join(one.says(options.language) for one in spoken))
    if problems or options.format != "text":
        print(RENDERERS[options.format](problems, options.language))
    complain(say_count(problems, "checked", options.language, files=len(files)))
    return PROBLEMS if has_errors(problems) else FINE


def outcomes(files: Sequence[Path], kept: Kept | None) -> dict[str, Outcome]:
    """What there is to tell of each file, by name; what was `kept` is not worked out again."""
    found, keys = {}, Keys()
    for file in files:
        key = keys.of(file) if kept else ""
        known = kept.find(key) if kept else None
        found[str(file)] = known or _fresh(file)
        if kept and not known:
            kept.keep(key, found[str(file)])
    if kept:
        kept.save()
    return found


def _fresh(file: Path) -> Outcome:
    from web.cli.specs import outcome_of  # which brings the compiler along

    return outcome_of(file)
