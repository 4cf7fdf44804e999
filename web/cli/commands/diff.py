"""`tetsuzuki diff`: what changed between two versions, and what that means for drafts and open cases."""

import argparse

from engine.versions.comparing import compare
from engine.versions.rendering import render_json, render_text
from web.cli import FINE, PROBLEMS
from web.cli.published import newest_published, version_named
from web.cli.speech import add_language, language_of_terminal, tell

RENDERERS = {"text": render_text, "json": render_json}


def arguments(parser: argparse.ArgumentParser) -> None:
    """`A [B] [--format text|json] [--exit-code] [--language ja|en]`; A and B are files or `id@date`."""
    usual = language_of_terminal()
    parser.add_argument("old", metavar="A", help=tell("diff_old_option", usual))
    parser.add_argument("new", metavar="B", nargs="?", help=tell("diff_new_option", usual))
    parser.add_argument("--format", choices=tuple(RENDERERS), default="text", help=tell("format_option", usual))
    parser.add_argument("--exit-code", action="store_true", help=tell("exit_code_option", usual))
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Exit code 1 where the new version cannot follow the old one as it is; with `--exit-code`, for any difference."""
    first = version_named(options.old)
    old, new = (first, version_named(options.new)) if options.new else (newest_published(first.id), first)
    comparison = compare(old, new)
    print(RENDERERS[options.format](comparison, options.language))
    if options.exit_code:
        return PROBLEMS if comparison.verdict != "same" else FINE
    return FINE if comparison.publishable else PROBLEMS
