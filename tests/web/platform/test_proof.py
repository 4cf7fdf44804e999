"""Doors behind the sign-in: how long ago somebody proved who they are, how surely, and for whom they act."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from engine.model import SignIn
from web import access
from web.access import (
    BusinessNeeded,
    SignInNeeded,
    require_business,
    require_fresh_staff,
    require_recent_sign_in,
)

NOW = datetime(2026, 5, 1, 3, tzinfo=UTC)
LONG = timedelta(minutes=30)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What the doors see, for a test to change: somebody who signed in at the level `high` just now, for themselves."""
    found = SimpleNamespace(
        signed_in=SimpleNamespace(at=NOW, assurance="high"),
        actor=SimpleNamespace(business=None),
        settings=SimpleNamespace(high_minutes=30, fresh_minutes=10, issuers=()),
    )
    monkeypatch.setattr(access, "visit", lambda: found)
    monkeypatch.setattr(access, "settings", lambda: found.settings)
    monkeypatch.setattr(access, "now", lambda: NOW)
    monkeypatch.setattr(access, "assurance", lambda: found.signed_in and found.signed_in.assurance)
    return found


@pytest.mark.parametrize(
    ("rule", "level", "ago", "refused"),
    [
        (SignIn(assurance="high"), "high", timedelta(), None),
        (SignIn(assurance="high"), "high", LONG, None),
        (SignIn(assurance="high"), "high", LONG + MOMENT, ("high", True)),
        (SignIn(assurance="high"), "substantial", timedelta(), ("high", False)),
        (SignIn(assurance="high"), None, timedelta(), ("high", False)),
        (SignIn(assurance="substantial"), "high", LONG + MOMENT, None),
        (SignIn(assurance="basic"), "high", LONG + MOMENT, None),
        (SignIn(assurance="basic"), None, timedelta(), ("basic", False)),
        (SignIn(required=False, assurance="high"), "high", LONG + MOMENT, None),
        (SignIn(required=False, assurance="high"), None, timedelta(), None),
    ],
)
def test_what_wants_a_high_level_is_sent_by_who_proved_it_lately(
    facts: SimpleNamespace, rule: SignIn, level: str | None, ago: timedelta, refused: tuple[str, bool] | None
) -> None:
    facts.signed_in = level and SimpleNamespace(at=NOW - ago, assurance=level)
    if refused is None:
        require_recent_sign_in(rule)
        return
    with pytest.raises(SignInNeeded) as told:
        require_recent_sign_in(rule)
    assert (told.value.level, told.value.fresh) == refused


@pytest.mark.parametrize(
    ("ago", "refused"),
    [(timedelta(minutes=10), None), (timedelta(minutes=10) + MOMENT, ("basic", True)), (None, ("basic", False))],
)
def test_who_decides_proved_lately_who_they_are(
    facts: SimpleNamespace, ago: timedelta | None, refused: tuple[str, bool] | None
) -> None:
    facts.signed_in = None if ago is None else SimpleNamespace(at=NOW - ago)
    if refused is None:
        require_fresh_staff()
        return
    with pytest.raises(SignInNeeded) as told:
        require_fresh_staff()
    assert (told.value.level, told.value.fresh) == refused


@pytest.mark.parametrize(
    ("audience", "issuers", "business", "passes"),
    [
        (("business",), (True,), None, False),
        (("business",), (False, True), None, False),
        (("business",), (True,), "株式会社アクメ", True),
        (("business",), (False,), None, True),  # nobody could be asked for it
        (("business",), (), None, True),
        (("individual",), (True,), None, True),
        (("individual", "business"), (True,), None, True),
        ((), (True,), None, True),
    ],
)
def test_a_procedure_for_businesses_alone_is_for_those_who_act_for_one(
    facts: SimpleNamespace, audience: tuple[str, ...], issuers: tuple[bool, ...], business: str | None, passes: bool
) -> None:
    facts.settings.issuers = tuple(SimpleNamespace(knows_businesses=known) for known in issuers)
    facts.actor.business = business
    if passes:
        require_business(audience)
        return
    with pytest.raises(BusinessNeeded):
        require_business(audience)
