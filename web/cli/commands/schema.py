"""`tetsuzuki schema`: the JSON Schema of a procedure's submission, or of the spec language itself."""

import argparse
import json

from engine.language import procedure_schema
from engine.submission_schema import submission_schema
from web.cli import FINE
from web.cli.specs import one_procedure
from web.cli.speech import language_of_terminal, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[ID|FILE]`."""
    told = tell("schema_option", language_of_terminal())
    parser.add_argument("procedure", metavar="ID", nargs="?", help=told)


def run(options: argparse.Namespace) -> int:
    """JSON on standard output."""
    found = submission_schema(one_procedure(options.procedure)) if options.procedure else procedure_schema()
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return FINE
