"""The harness's own look at upgrades: what it must not let pass."""

from dataclasses import replace

import pytest
from sqlalchemy import text

import migrations
from procedures.database import Database
from tests.crash.play import Violated
from tests.crash.stories.upgraded import whole
from tests.crash.upgrading.looking import Seen, look

BEFORE = Seen("0041", ["table a"], {"a": ["1", "2"]})
THEN = Seen("0042", ["table a", "table b"], {"a": ["1", "2"], "b": []})
NEXT = replace(THEN, revision="0043")
KNOWN = {"0041": BEFORE, "0042": THEN, "0043": NEXT}


@pytest.mark.parametrize(
    ("seen", "died"),
    [
        (BEFORE, "migrate : 0042 : before"),
        (BEFORE, "migrate : 0042 : statement : after"),
        (BEFORE, "migrate : 0043 : after"),
        (BEFORE, "migrate : 0043 : commit : before"),
        (NEXT, "migrate : 0043 : commit : after"),
        (NEXT, ""),
    ],
)
def test_all_of_it_or_nothing(seen: Seen, died: str) -> None:
    whole(seen, KNOWN, ["0041", "0043"], died)


@pytest.mark.parametrize(
    ("seen", "died", "why"),
    [
        (THEN, "migrate : 0043 : before", "no release of"),
        (replace(BEFORE, revision=None), "migrate : 0042 : before", "no release of"),
        (replace(BEFORE, shape=THEN.shape), "migrate : 0042 : after", "shape: table b"),
        (replace(BEFORE, rows={"a": ["1"]}), "migrate : 0042 : after", "rows of a"),
        (replace(NEXT, rows={"a": ["1", "2"]}), "", "rows of b"),
        (NEXT, "migrate : 0043 : commit : before", "the database is at 0043"),
        (BEFORE, "migrate : 0043 : commit : after", "the database is at 0041"),
    ],
)
def test_what_it_does_not_let_pass(seen: Seen, died: str, why: str) -> None:
    with pytest.raises(Violated, match=why):
        whole(seen, KNOWN, ["0041", "0043"], died)


def test_shape_and_rows_are_seen(database: Database) -> None:
    before = look(database)
    assert before.revision == migrations.head()
    with database.engine.begin() as connection:
        connection.execute(text("CREATE INDEX ix_here ON job (state) WHERE attempts > 5"))
        connection.execute(text("UPDATE schema_floor SET revision = '0001'"))
    now = look(database)
    assert [line.partition(":")[0] for line in now.differs(before)] == ["shape", "rows of schema_floor"]
    with database.engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_here"))
    assert look(database).shape == before.shape
