"""The three procedures, published, and people who fill them in like a browser would."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from procedures import library
from procedures.actors import SYSTEM
from procedures.database import Database
from tests.web.residents.applicant import Applicant

SPECS = Path(__file__).parents[3] / "procedure_specs"


@pytest.fixture
def published(database: Database, now: object) -> None:
    """Everything in `procedure_specs/`, in force."""
    concepts = (SPECS / "concepts.yaml").read_text(encoding="utf-8")
    with database.write() as session:
        for path in sorted(SPECS.glob("*/*.yaml")):
            library.publish(session, SYSTEM, now, path.read_text(encoding="utf-8"), path.name, concepts)


@pytest.fixture
def applicant(app: Flask, people: object, published: None) -> Callable[..., Applicant]:
    """`applicant()` has not signed in; `applicant("hanako")` has."""

    def open_browser(person_id: str | None = None, **options: str) -> Applicant:
        return Applicant(app, person_id, **options)

    return open_browser


@pytest.fixture
def hana(applicant: Callable[..., Applicant]) -> Applicant:
    """Hanako's phone."""
    return applicant("hanako")
