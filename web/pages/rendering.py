"""What templates may use: words, dates, money, tokens, and the facts that the frame of a page shows."""

import re
from datetime import date, datetime
from types import CodeType

from babel.dates import format_date
from flask import Flask
from jinja2 import BytecodeCache, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from engine.model.text import Text
from engine.words import LANGUAGES, tag_of
from engine.words import say as say_in
from procedures.authority import may_somewhere
from web.areas import first_area
from web.authority import Authority
from web.context import TOKYO, current_actor, language, settings
from web.forms.wording import said, shown
from web.offices import office_name
from web.pages.languages import STAFF
from web.security.csrf import csrf_token
from web.security.headers import csp_nonce

WEEKDAYS = "月火水木金土日"
READINGS = re.compile("</?ruby>|<rp>.*?</rp>|<rt[^>]*>.*?</rt>")
LOCALES = {"en": "en_GB", "zh": "zh_Hans", "ko": "ko"}
"""How days are written elsewhere (Unicode CLDR); Japanese has the weekday in brackets, as offices write it."""


def say(key: str, **parameters: object) -> str:
    """The wording of `key` in the language of the request."""
    return said(key, language(), **parameters)


def text(value: Text) -> str:
    """An author's wording in the language of the request, or in Japanese where it is missing."""
    return shown(value, language())


def words_alone(html: str) -> Markup:
    """HTML without what stands above kanji, for the title of a page, which cannot hold it."""
    return Markup(READINGS.sub("", escape(html)))  # noqa: S704 - what is left was escaped


def _day(value: date | datetime) -> date:
    return value.astimezone(TOKYO).date() if isinstance(value, datetime) else value


def show_date(value: date | datetime, in_language: str | None = None) -> str:
    """A day as people write it, of Tokyo for a moment: 2026年5月1日（金）, 1 May 2026, 2026년 5월 1일 금요일."""
    day, spoken = _day(value), in_language or language()
    if locale := LOCALES.get(spoken):
        return format_date(day, "long" if spoken == "en" else "full", locale=locale)
    return f"{day.year}年{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def show_moment(value: datetime, in_language: str | None = None) -> str:
    """A day with the time in Tokyo, to the minute."""
    at, spoken = value.astimezone(TOKYO), in_language or language()
    if spoken in LOCALES:
        return f"{show_date(value, spoken)}{',' if spoken == 'en' else ''} {at:%H:%M}"
    return f"{show_date(value, 'ja')}{at.hour}時{at.minute:02}分"


def yen(amount: int, in_language: str | None = None) -> str:
    """An amount: 3,000円, 3,000 yen, 3,000日元, 3,000엔. Not by CLDR, which writes ￥ and, in Chinese, JP¥."""
    return say_in("notices.yen", in_language or language(), amount=amount)


def authority() -> Authority:
    """Who serves these pages."""
    return settings().authority


def allowed(action: str) -> bool:
    """Whether the reader may do `action` in some office: for menus."""
    return may_somewhere(current_actor(), action)


def demo() -> bool:
    """Whether this is a local run with made-up people."""
    return not settings().production


class CompiledOnce(BytecodeCache):
    """The code of templates for all applications of this process; another source is another code."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """See the library."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """See the library."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = CompiledOnce()


def install_rendering(app: Flask) -> None:
    """Give every template its words, as globals so that imported macros have them too. An unset name is an error."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.bytecode_cache = _COMPILED
    app.jinja_env.filters.update(office_name=office_name, words_alone=words_alone)
    app.jinja_env.globals.update(
        allowed=allowed,
        authority=authority,
        csp_nonce=csp_nonce,
        csrf_token=csrf_token,
        current_actor=current_actor,
        demo=demo,
        first_area=first_area,
        language=language,
        office_name=office_name,
        say=say,
        show_date=show_date,
        show_moment=show_moment,
        spoken_languages=LANGUAGES,
        staff_languages=STAFF,
        tag_of=tag_of,
        text=text,
        yen=yen,
    )
