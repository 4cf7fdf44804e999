"""The OpenAPI 3.1 document: of the routes that there are and the procedures that are published."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.model import Procedure
from procedures.clients.client import READ, SUBMIT
from web.api.authorizing import TOKEN
from web.api.frame import BASE, JSON, OPERATIONS, Operation, Parameter
from web.api.problems import PROBLEM_JSON, STATUS
from web.api.procedures import schema_of
from web.api.schemas import SCHEMAS, ref, submission

PLACE = re.compile(r"<(\w+)>")
ALWAYS = ("request", "cookies", "token", "scope", "too_many", "internal")
FILES = ("application/octet-stream", "application/pdf", "image/jpeg", "image/png")
DROPPED = frozenset({"$schema", "$id"})
OF_PROCEDURE = "<procedure_id>"


def document(procedures: Sequence[Procedure], public_url: str, name: str) -> dict[str, Any]:
    """Every route; submitting once for each procedure, with exactly what that one takes."""
    schemas: dict[str, Any] = dict(SCHEMAS)
    paths: dict[str, Any] = {}
    for one in OPERATIONS:
        if one.body != "submission":
            paths.setdefault(BASE + PLACE.sub(r"{\1}", one.rule), {})[one.method.lower()] = _operation(one)
            continue
        for procedure in procedures:
            schemas |= _definitions(procedure)
            address = BASE + one.rule.replace(OF_PROCEDURE, procedure.id)
            paths[address] = {one.method.lower(): _operation(one, procedure)}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {"title": f"Tetsuzuki API – {name}", "version": "1"},
        "servers": [{"url": public_url.rstrip("/")}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"oauth": _oauth(public_url)}},
    }


def _oauth(public_url: str) -> dict[str, Any]:
    scopes = {SUBMIT: "Submit for applicants.", READ: "Read what was submitted and decided."}
    flow = {"tokenUrl": public_url.rstrip("/") + TOKEN, "scopes": scopes}
    return {"type": "oauth2", "flows": {"clientCredentials": flow}}


def _operation(one: Operation, procedure: Procedure | None = None) -> dict[str, Any]:
    places = [] if procedure else PLACE.findall(one.rule)
    told: dict[str, Any] = {
        "operationId": f"{one.name}_{procedure.id}" if procedure else one.name,
        "summary": procedure.title.say("en") if procedure else one.text.partition(". ")[0],
        "description": one.text,
        "parameters": [*(_place(name) for name in places), *(_parameter(each) for each in one.parameters)],
        "responses": {**_answers(one), **_problems([*ALWAYS, *one.problems])},
        "security": [{"oauth": [one.scope] if one.scope else []}],
    }
    if procedure:
        told |= {"x-tetsuzuki-procedure": procedure.id, "x-tetsuzuki-version": procedure.version.isoformat()}
        told["requestBody"] = _body({JSON: {"schema": submission(ref(component(procedure)))}})
    elif one.body == "file":
        told["requestBody"] = _body({kind: {"schema": {"type": "string"}} for kind in FILES})
    return told


def _body(content: Mapping[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": content}


def _place(name: str) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1, "maxLength": 100}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _parameter(one: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "in": one.place,
        "required": one.required,
        "schema": dict(one.schema),
        "description": one.text,
    }


def _answers(one: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for status, (what, text) in one.answers.items():
        found[str(status)] = {"description": text}
        if what in SCHEMAS:
            found[str(status)]["content"] = {JSON: {"schema": ref(what)}}
        elif what:
            found[str(status)]["content"] = {what: {"schema": {"type": "string"}}}
            if what == FILES[0]:
                found[str(status)]["content"] |= {"*/*": {"schema": {"type": "string"}}}
    return found


def _problems(kinds: Iterable[str]) -> dict[str, Any]:
    """By status; which kinds it may be is in the description, and each is told apart by `type`."""
    by_status: dict[str, list[str]] = {}
    for kind in dict.fromkeys(kinds):
        by_status.setdefault(str(STATUS[kind]), []).append(kind)
    content = {PROBLEM_JSON: {"schema": ref("Problem")}}
    return {status: {"description": ", ".join(named), "content": content} for status, named in by_status.items()}


def component(procedure: Procedure) -> str:
    """The name of a procedure's schema in the document."""
    return f"procedure.{procedure.id}"


def _definitions(procedure: Procedure) -> dict[str, Any]:
    """The procedure's schema as components: what it refers to within itself is found beside it."""
    name = component(procedure)
    whole = {key: value for key, value in schema_of(procedure).items() if key not in DROPPED}
    inner = whole.pop("$defs", {})
    named = {name: whole, **{f"{name}.{_plain(key)}": value for key, value in inner.items()}}
    return {key: _moved(value, name) for key, value in named.items()}


def _moved(schema: Any, name: str) -> Any:
    if isinstance(schema, list):
        return [_moved(one, name) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _moved(value, name) for key, value in schema.items()}
    target = schema.get("$ref")
    if isinstance(target, str) and target.startswith("#/$defs/"):
        inner = _plain(target.removeprefix("#/$defs/"))
        found["$ref"] = f"#/components/schemas/{name}.{inner}"
    return found


def _plain(key: str) -> str:
    """Component names are made of these characters alone."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", key)
