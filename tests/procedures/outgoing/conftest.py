"""A case, a system that is told of it, and a receiver that takes everything."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from engine.model import Procedure
from procedures.actors import SYSTEM
from procedures.clients import managing
from procedures.clients.client import SCOPES
from procedures.clients.managing import Wanted
from procedures.database import Database
from procedures.models import Application
from procedures.outgoing import subscriptions
from procedures.outgoing.events import EVENTS
from tests.procedures.outgoing.office import POSTER, Office
from tests.procedures.outgoing.receiver import receiving


@pytest.fixture
def office(database: Database, now: datetime, procedures: dict[str, Procedure]) -> Iterator[Office]:
    """With a receiver that takes everything."""
    with receiving() as receiver:
        with database.write() as session:
            wanted = Wanted(name="窓口", scopes=SCOPES, offices=["hokenjo"], procedures=["*"])
            client_id = managing.register(session, SYSTEM, now, wanted)
            added = subscriptions.subscribe(session, SYSTEM, now, client_id, receiver.url, EVENTS, POSTER)
            case = Application(
                reference="AB-12",
                procedure_id="permit",
                digest=procedures["permit"].digest,
                status="received",
                status_changed_at=now,
                round=1,
                owner="person:x",
                language="ja",
                office="hokenjo",
                created_at=now,
                submitted_at=now,
            )
            session.add(case)
            session.flush()
            case_id = case.id
        yield Office(database, now, receiver, client_id, added, case_id)
