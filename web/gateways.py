"""Settings of the gateways for SMS and LINE; nothing is offered that is not set."""

from collections.abc import Mapping
from dataclasses import dataclass

from procedures.channels.line import API

LINE_ISSUER = "https://access.line.me"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateways:
    """Where SMS and LINE messages are handed over. `line_issuer` is the issuer whose people LINE knows by their id."""

    sms_url: str = ""
    sms_token: str = ""
    sms_signing_key: str = ""
    sms_from: str = ""
    line_token: str = ""
    line_api: str = API
    line_issuer: str = LINE_ISSUER

    @classmethod
    def from_mapping(cls, known: Mapping[str, str]) -> "Gateways":
        """From `SMS_URL`, `SMS_TOKEN`, `SMS_SIGNING_KEY`, `SMS_FROM`, `LINE_TOKEN`, `LINE_API` and `LINE_ISSUER`."""
        return cls(**{name.lower(): known[name] for name in NAMES if name in known})

    @property
    def any(self) -> bool:
        """Whether there is a choice besides mail."""
        return bool(self.sms_url or self.line_token)

    def problems(self) -> list[tuple[bool, str]]:
        """What production refuses, one line each."""
        return [
            (bool(url) and not url.startswith("https://"), f"TETSUZUKI_{name}: production needs an https:// address.")
            for name, url in (("SMS_URL", self.sms_url), ("LINE_API", self.line_api))
        ]


NAMES = ("SMS_URL", "SMS_TOKEN", "SMS_SIGNING_KEY", "SMS_FROM", "LINE_TOKEN", "LINE_API", "LINE_ISSUER")
