"""The JSON Schema (2020-12) of a procedure's submission: what the API accepts and back-office systems receive."""

from typing import Any

from engine.model import Procedure
from engine.submission_schema.named import Named
from engine.submission_schema.rules import Rules
from engine.submission_schema.writing import Writer

__all__ = ["DIALECT", "submission_schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def submission_schema(procedure: Procedure) -> dict[str, Any]:
    """One object with a property for every field. What JSON Schema cannot say stands in `x-tetsuzuki-rules`.

    A submission holds the answers on the path and no others: a question that its conditions hide must not be there. Of
    answers that break none of the rules the schema accepts exactly those that `engine.validation.check_received`
    accepts. A rule is a `path` (`*` for every item of a list, `=a` for an option), a keyword with what it is about, and
    what that says in words. `format` is only a note, as the standard has it: what we ask, patterns and rules say.
    """
    rules = Rules(procedure)
    writer = Writer(procedure, rules, Named.of(procedure))
    body = writer.whole()
    return {
        "$schema": DIALECT,
        "$id": rules.address,
        "title": procedure.title.ja,
        "x-tetsuzuki-procedure": procedure.id,
        "x-tetsuzuki-version": procedure.version.isoformat(),
        **body,
        "x-tetsuzuki-rules": rules.listed,
    }
