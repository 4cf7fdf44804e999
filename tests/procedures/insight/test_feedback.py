"""Three answers: once a case, leading to nobody, without what people should not have written."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from engine.model import Procedure
from procedures.database import Database
from procedures.insight import feedback
from procedures.insight.feedback import Given, mask, token_of
from procedures.models import Feedback


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("使いやすかった", "使いやすかった"),
        ("連絡は hanako@example.jp まで", "連絡は □ まで"),
        ("電話03-5321-1111です", "電話□です"),
        ("電話０３ー５３２１ー１１１１です", "電話□です"),
        ("番号は 1234 5678 9012", "番号は □"),
        ("2026年に3000円", "2026年に3000円"),
    ],
)
def test_addresses_and_numbers_are_not_kept(words: str, kept: str) -> None:
    assert mask(words) == kept


def test_a_token_needs_the_secret_and_tells_cases_apart() -> None:
    assert token_of("a", "secret") == token_of("a", "secret")
    assert len({token_of("a", "secret"), token_of("b", "secret"), token_of("a", "other")}) == 3
    assert "a" * 26 not in token_of("a" * 26, "secret")


def test_a_case_answers_once(database: Database, procedures: dict[str, Procedure], now: datetime) -> None:
    procedure = procedures["permit"]
    for ease in (5, 1):
        with database.write() as session:
            assert feedback.give(session, now, procedure, "token", Given(ease, 7, " よい "), "ja") is (ease == 5)
    with database.read() as session:
        row = session.scalars(select(Feedback)).one()
        assert (row.ease, row.minutes, row.words, row.day) == (5, 7, "よい", date(2026, 5, 1))


def test_words_go_after_a_year_and_figures_stay(
    database: Database, procedures: dict[str, Procedure], now: datetime
) -> None:
    with database.write() as session:
        feedback.give(session, now, procedures["permit"], "token", Given(4, None, "よい"), "ja")
    for days, left in ((365, "よい"), (366, None)):
        with database.write() as session:
            feedback.forget_words(session, now.date() + timedelta(days=days))
            assert session.scalars(select(Feedback.words)).one() == left
    with database.read() as session:
        assert session.scalars(select(Feedback.ease)).one() == 4
