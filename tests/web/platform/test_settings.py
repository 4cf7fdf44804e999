"""Settings: defaults for the local run, and what production refuses."""

from pathlib import Path

import pytest

from web.settings import LOCAL_SECRET, Settings, SettingsRefused

PRODUCTION = {
    "TETSUZUKI_PRODUCTION": "1",
    "TETSUZUKI_PUBLIC_URL": "https://tetsuzuki.example.jp",
    "TETSUZUKI_SECRET_KEY": "f" * 64,
    "TETSUZUKI_STRIPE_API_BASE": "https://api.stripe.com",
    "TETSUZUKI_STRIPE_SECRET_KEY": "sk_live_abc",
    "TETSUZUKI_STRIPE_WEBHOOK_SECRET": "whsec_abc",
    "TETSUZUKI_SMTP_URL": "smtps://mail.example.jp",
    "TETSUZUKI_KEY_RING": "/etc/tetsuzuki/ring.json",
}
ISSUERS = "[{id: jpki, title: 認証アプリ, issuer: 'https://issuer.example.jp', client_id: us}]"


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    file = tmp_path / "issuers.yaml"
    file.write_text(ISSUERS, encoding="utf-8")
    return {**PRODUCTION, "TETSUZUKI_ISSUERS_FILE": str(file)}


def test_nothing_set_gives_the_local_run() -> None:
    settings = Settings.from_environment({})
    assert settings.database == "sqlite:///.data/tetsuzuki.db"
    assert settings.hosts == {"127.0.0.1:8000"}
    assert settings.issuers[0].local
    assert settings.uses_sandbox
    assert not settings.https


def test_production_settings_that_are_complete_are_accepted(production: dict[str, str]) -> None:
    settings = Settings.from_environment(production)
    assert settings.https
    assert settings.hosts == {"tetsuzuki.example.jp"}
    assert [issuer.id for issuer in settings.issuers] == ["jpki"]
    assert settings.form_targets == ("https://checkout.stripe.com", "https://issuer.example.jp")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "http://tetsuzuki.example.jp"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", LOCAL_SECRET),
        ("STRIPE_API_BASE", "http://127.0.0.1:8002"),
        ("STRIPE_SECRET_KEY", "sk_test_abc"),
        ("STRIPE_SECRET_KEY", ""),
        ("STRIPE_WEBHOOK_SECRET", ""),
        ("STRIPE_WEBHOOK_SECRET", "whsec_abc,whsec_local_sandbox"),
        ("ISSUERS_FILE", ""),
        ("SMTP_URL", ""),
        ("KEY_RING", ""),
    ],
)
def test_production_refuses_stand_ins_and_says_what_to_set(production: dict[str, str], name: str, value: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        Settings.from_environment({**production, f"TETSUZUKI_{name}": value})
    assert f"TETSUZUKI_{name}" in str(refused.value)


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(SettingsRefused) as refused:
        Settings.from_environment({"TETSUZUKI_PRODUCTION": "1"})
    told = str(refused.value)
    stripe = ("STRIPE_API_BASE", "STRIPE_SECRET_KEY")
    for name in ("PUBLIC_URL", "SECRET_KEY", *stripe, "ISSUERS_FILE", "SMTP_URL", "KEY_RING"):
        assert f"TETSUZUKI_{name}" in told


def test_an_address_that_only_looks_like_stripe_is_a_sandbox() -> None:
    settings = Settings.from_environment({"TETSUZUKI_STRIPE_API_BASE": "https://api.stripe.com.example.jp"})
    assert settings.uses_sandbox


@pytest.mark.parametrize("address", ["tetsuzuki.example.jp", "ftp://x", "https://", "https://example.jp/below"])
def test_an_address_nobody_can_type_is_refused(address: str) -> None:
    with pytest.raises(SettingsRefused, match="TETSUZUKI_PUBLIC_URL"):
        Settings.from_environment({"TETSUZUKI_PUBLIC_URL": address})


def test_an_issuers_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="TETSUZUKI_ISSUERS_FILE"):
        Settings.from_environment({"TETSUZUKI_ISSUERS_FILE": str(tmp_path / "none.yaml")})


def test_the_authority_comes_from_the_environment() -> None:
    settings = Settings.from_environment(
        {
            "TETSUZUKI_AUTHORITY_NAME": "見本市",
            "TETSUZUKI_AUTHORITY_NAME_EN": "Sample City",
            "TETSUZUKI_AUTHORITY_COLOUR": "#333",
        }
    )
    assert settings.authority.name.say("ja") == "見本市"
    assert settings.authority.name.say("en") == "Sample City"
    assert settings.authority.name.say("easy") == "見本市"
    assert settings.authority.colour == "#333"


def test_further_hosts_are_answered() -> None:
    settings = Settings.from_environment({"TETSUZUKI_ALLOWED_HOSTS": "a.example.jp, b.example.jp:8443"})
    assert {"a.example.jp", "b.example.jp:8443"} < settings.hosts
