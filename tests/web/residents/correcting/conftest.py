"""A case that came back to Hanako."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from engine.correcting import Place
from procedures.actors import Actor
from procedures.corrections import requesting
from procedures.corrections.kept import Mark
from procedures.database import Database
from tests.web.casework import DOG, Casework

DUE = date(2026, 5, 20)


@pytest.fixture
def casework(app: Flask, database: Database, people: dict[str, Actor], now: object) -> Casework:
    """The office's side."""
    return Casework(database, app.extensions["tetsuzuki"].blobs, people, now)


@pytest.fixture
def asked(casework: Casework) -> Callable[..., str]:
    """`asked(place, …)`: Sato asks Hanako to correct these answers of her dog registration; answers the case's id."""

    def ask(*places: Place, spec: str = DOG, scenario: int = 0, words: str = "") -> str:
        submitted = casework.file(spec, scenario)
        id = submitted.application_id
        if submitted.pay_by is not None:
            casework.pay(id)
        casework.claim(id)
        marks = [Mark(place, "読み取れませんでした。") for place in places]
        with casework.database.write() as session:
            requesting.request(session, casework.person("sato"), casework.now, id, marks, words, DUE)
        return id

    return ask
