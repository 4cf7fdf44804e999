"""Cases that ask for a reduction, at a provider that does what the test says."""

import pytest

from procedures.actors import Actor
from tests.payments.till import Till
from tests.payments.waiving.world import ANSWERS as ASKING
from tests.payments.waiving.world import KINDS, Waiting, publish
from tests.procedures.conftest import ANSWERS


@pytest.fixture
def waiting(counter: Till, kimura: Actor, monkeypatch: pytest.MonkeyPatch) -> Waiting:
    """The till, with procedures whose reductions are asked for."""
    for name in KINDS:
        monkeypatch.setitem(ANSWERS, name, ASKING)
    publish(counter, kimura)
    return Waiting(counter)
