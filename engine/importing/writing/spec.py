"""Puts a spec together: the front with what to fill in, the steps, what must hold over all answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from engine.importing.writing.steps import Step
from engine.importing.writing.yaml import Remark, write
from engine.words import say


@dataclass(frozen=True, slots=True)
class Front:
    """What no schema says. What is None is filled in for the time being, and marked."""

    id: str
    title: str
    summary: str | None
    version: date
    source: str
    bureau: str | None = None
    law: str | None = None
    retention_years: int | None = None
    language: str = "ja"


def spec(front: Front, steps: Sequence[Step], rules: Mapping[str, Any]) -> dict[str, Any]:
    """The spec as a mapping in the order in which it is written."""
    told = partial(_remark, front.language)
    found: dict[str, Any] = {
        Remark("yaml-language-server: $schema=../schema/procedure.schema.json"): None,
        told("header", source=front.source): None,
        "id": front.id,
        "version": front.version.isoformat(),
        "title": front.title,
    }
    if front.summary:
        found["summary"] = front.summary
    if front.bureau is None:
        found[told("fill_in_bureau")] = None
    found["bureau"] = front.bureau or "bureau"
    found["audience"] = ["resident"]
    if front.law is None:
        found[told("fill_in_law")] = None
    else:
        found["law"] = [front.law]
    found["sign_in"] = {"required": True, "assurance": "basic"}
    found[Remark("")] = None
    found["steps"] = {
        one.id: {"title": one.title, "fields": {question.id: question.field for question in one.questions}}
        for one in steps
    }
    if rules:
        found[told("rules")] = None
        found["schema"] = dict(rules)
    if front.retention_years is None:
        found[told("fill_in_retention")] = None
    found["retention"] = {"years": front.retention_years or 5}
    return found


def _remark(language: str, key: str, **facts: object) -> Remark:
    return Remark(say(f"importing.{key}", language, **facts))


def text(found: Mapping[str, Any]) -> str:
    """The YAML."""
    return write(found)
