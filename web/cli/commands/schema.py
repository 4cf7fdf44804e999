"""`tetsuzuki schema`: the JSON Schema of a procedure's submission, or of the spec language itself."""

import argparse
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.language import procedure_schema
from engine.model import Procedure
from engine.submission_schema import submission_schema
from web.cli import FINE, PROBLEMS
from web.cli.files import FOLDER, spec_files
from web.cli.specs import compile_file, one_procedure
from web.cli.speech import complain, language_of_terminal, tell

UNSEEN = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]")


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[ID|FILE] [--output DIR]`."""
    language = language_of_terminal()
    parser.add_argument("procedure", metavar="ID", nargs="?", help=tell("schema_option", language))
    parser.add_argument("--output", metavar="DIR", type=Path, help=tell("schema_output_option", language))


def run(options: argparse.Namespace) -> int:
    """JSON on standard output; with `--output` a file for each procedure, or for the one that was named."""
    if options.output is None:
        print(written(submission_schema(one_procedure(options.procedure)) if options.procedure else procedure_schema()))
        return FINE
    options.output.mkdir(parents=True, exist_ok=True)
    if options.procedure:
        _write(options.output, one_procedure(options.procedure))
        return FINE
    compiled = [compile_file(path) for path in spec_files([FOLDER])]
    for one in compiled:
        if one.procedure is None:
            complain(tell("has_problems", language_of_terminal(), path=one.path))
        else:
            _write(options.output, one.procedure)
    return FINE if all(one.procedure for one in compiled) else PROBLEMS


def written(schema: Mapping[str, Any]) -> str:
    """As JSON that people can read: Japanese as it is, but no character that nobody sees."""
    text = json.dumps(schema, ensure_ascii=False, indent=2)
    return UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _write(folder: Path, procedure: Procedure) -> None:
    """`<id>.<version>.schema.json`: a procedure may have several versions."""
    file = folder / f"{procedure.id}.{procedure.version.isoformat()}.schema.json"
    file.write_text(written(submission_schema(procedure)) + "\n", encoding="utf-8")
    print(file)
