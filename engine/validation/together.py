"""What must hold over all answers together: the JSON Schema keywords under `schema`."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.model import Procedure
from engine.validation.dialect import Validator
from engine.validation.failures import Failure


def whole_failures(procedure: Procedure, answers: Mapping[str, Any]) -> Iterator[Failure]:
    """One failure for each keyword that the answers do not match, at a question that it is about."""
    if not procedure.schema:
        return
    for error in Validator(dict(procedure.schema)).iter_errors(dict(answers)):
        name = _about(procedure, list(error.absolute_path), error)
        field = procedure.fields[name]
        yield Failure((name,), "errors.not_as_asked", title=field.title)


def _about(procedure: Procedure, path: list[Any], error: Any) -> str:
    """The field where the error stands, or the last one that the failing keyword names, or the last of all."""
    if path and path[0] in procedure.fields:
        return str(path[0])
    named = str(error.validator_value)
    found = [name for name in procedure.fields if f"'{name}'" in named]
    return (found or list(procedure.fields))[-1]
