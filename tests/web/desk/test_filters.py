"""A filter becomes an address and the address the same filter; nonsense is told, nothing is lost by it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.cases import Place, QueueFilter
from procedures.reading.queues import NOBODY, SCOPES
from web.desk.pages.filters import DAYS, STATUSES, narrows, parse, query_of

TODAY = date(2026, 5, 1)
NAMES = st.none() | st.text("abcdefghijklmnopqrstuvwxyz0123456789-.", min_size=1, max_size=60)
SPANS = st.lists(st.none() | st.dates(date(2000, 1, 1), date(2999, 12, 31)), min_size=2, max_size=2).map(
    lambda days: sorted(days, key=lambda day: day or date.min) if None not in days else days
)
PLACES = st.builds(
    Place,
    st.datetimes(datetime(2000, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone follows
    st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=1, max_size=26),
    st.none() | st.dates(date(1000, 1, 1)),
    st.booleans(),
)
FILTERS = st.builds(
    lambda due, submitted, **more: QueueFilter(
        TODAY, due_from=due[0], due_to=due[1], submitted_from=submitted[0], submitted_to=submitted[1], **more
    ),
    SPANS,
    SPANS,
    scope=st.sampled_from(SCOPES),
    procedure_id=NAMES,
    office=NAMES,
    assignee=NAMES | st.just(NOBODY),
    status=st.none() | st.sampled_from(STATUSES),
    words=st.text(max_size=60).map(lambda text: " ".join(text.replace("\0", "").split()))
    .filter(lambda text: max(text, default="") <= "\ud7ff" or max(text) > "\udfff"),
)  # fmt: skip


def read(query: str) -> QueueFilter:
    asked = parse(dict(parse_qsl(query)), TODAY)
    assert asked.refused == ()
    return asked.filters


@given(FILTERS)
def test_an_address_says_all_of_a_filter(filters: QueueFilter) -> None:
    assert read(query_of(filters)) == filters


@given(FILTERS, PLACES)
def test_a_place_is_part_of_the_address_only_where_it_is_given(filters: QueueFilter, place: Place) -> None:
    standing = replace(filters, place=place)
    assert read(query_of(standing)).place is None
    assert read(query_of(filters, place=place)).place == place
    assert read(query_of(standing, scope="late")) == replace(filters, scope="late")


@pytest.mark.parametrize(
    ("query", "refused", "kept"),
    [
        ("status=draft&office=shuzei", ["queue.bad_status"], {"office": "shuzei"}),
        ("status=&procedure=<b>", ["queue.bad_procedure"], {"status": None, "procedure_id": None}),
        ("due_from=2026-02-30&due_to=2026-05-02", ["queue.bad_day"], {"due_from": None, "due_to": date(2026, 5, 2)}),
        ("submitted_from=2026-05-02&submitted_to=2026-05-01", ["queue.bad_span"], {"submitted_to": None}),
        ("due_from=２０２６年５月１日", [], {"due_from": TODAY}),
        ("assignee=" + "x" * 99, [], {"assignee": "x" * 60}),
        ("assignee=-&office=a b", ["queue.bad_office"], {"assignee": NOBODY}),
        ("q=  佐藤　花子 ", [], {"words": "佐藤 花子", "scope": "all"}),
        ("tab=nonsense&q=x&from=nonsense", [], {"scope": "all", "place": None}),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_else_is_lost(query: str, refused: list[str], kept: dict) -> None:
    asked = parse(dict(parse_qsl(query)), TODAY)
    assert [one.key for one in asked.refused] == refused
    assert {name: getattr(asked.filters, name) for name in kept} == kept
    assert all(asked.typed[one.name] == one.typed for one in asked.refused)


@pytest.mark.parametrize("name", ["procedure_id", "office", "assignee", "words", *DAYS])
def test_every_part_narrows(name: str) -> None:
    assert not narrows(QueueFilter(TODAY, "closed"))
    assert narrows(replace(QueueFilter(TODAY), **{name: "x" if name not in DAYS else TODAY + timedelta(1)}))
