"""An e-mail address."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.fields.base import MISSING, FieldProblem, OneInput, Raw, first
from engine.fields.keyboards import plain

if TYPE_CHECKING:
    from engine.model.fields import Field

MOST_BEFORE_AT = 64  # RFC 5321 §4.5.3.1.1
# What is surely an address, without asking the library. Labels of a domain have at most 63 signs (RFC 1035 §2.3.4).
USUAL = re.compile(
    r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@"
    r"((?!.{64})[a-z0-9]+(-[a-z0-9]+)*\.){1,4}(jp|com|net|org)"
)
MOST = 254  # RFC 5321 §4.5.3.1.3, less the angle brackets


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailAddress(OneInput):
    """What RFC 5322 and the registries of domain names allow; whether it exists is not asked."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """A text of at most 254 characters."""
        return {"maxLength": MOST, **schema, "type": "string", "format": "email"}

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The address without spaces, its full-width signs made plain."""
        text = first(raw).strip()
        return (plain(text) if "＠" in text else "".join(text.split())) or MISSING

    def check(self, field: "Field", answer: Any, today: date) -> Iterable[FieldProblem]:
        """JSON Schema's own idea of an address is too lax."""
        if USUAL.fullmatch(answer) and answer.index("@") <= MOST_BEFORE_AT:
            return
        from email_validator import EmailNotValidError, validate_email

        try:
            validate_email(answer, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            yield FieldProblem("errors.email")

    def checked(self, field: "Field") -> Mapping[str, Any]:
        """No address is without an @ between two parts, or has a second one."""
        return {"pattern": "^[^@]+@[^@]+$"}


TYPE = EmailAddress(
    name="email",
    control="text",
    doc={"ja": "メールアドレス", "en": "An e-mail address"},
    line=True,
    rule={
        "ja": "RFC 5322とドメイン名の規則に合うメールアドレスであること",
        "en": "An address that RFC 5322 and the rules of domain names allow",
    },
)
