"""Of every table it is said how long it is kept, why, and who ends it; the page for operators says the same."""

import pytest

import payments.jobs
import payments.models
from procedures.keeping.declared import BOOKS, BY_COLUMN
from procedures.keeping.erasing import ERASED, KEPT
from procedures.keeping.retention import FOR_GOOD, FORGOTTEN, OUTLIVES, TABLES
from procedures.keyring.columns import sealed_tables
from procedures.models import Base
from procedures.periodics import Means, periodics
from tests.house.keeping import DOCUMENT, written
from tests.payments.scripted import ScriptedProvider

NOT_TASKS = {"", "each beat", "with its owner"}


def test_every_table_has_a_rule() -> None:
    there = {table.name for table in Base.metadata.sorted_tables}
    assert TABLES.keys() == there, (
        "Say in procedures/keeping/retention.py how long the rows of a table are kept, why, and which task of the "
        "worker ends that; then `python -m tests.house.keeping`."
    )
    assert all(TABLES[name].by == "keeping.erase" for name in ERASED)
    assert not {name for name in KEPT if TABLES[name].by == "keeping.erase"}


def test_every_rule_is_carried_out_by_a_task_of_the_worker(now: object) -> None:
    tasks = (*periodics(Means(None)), *payments.jobs.periodic(ScriptedProvider(now)))
    assert {rule.by for rule in TABLES.values()} - {task.name for task in tasks} == NOT_TASKS


def test_what_goes_by_its_age_says_so_of_a_column_it_has() -> None:
    for name, age in FORGOTTEN.items():
        assert TABLES[name].by == "keeping.forget"
        assert age.column in Base.metadata.tables[name].c
    assert {name for name, rule in TABLES.items() if rule.by == "keeping.forget"} == FORGOTTEN.keys()


@pytest.mark.parametrize("place", OUTLIVES)
def test_what_outlives_a_case_is_a_place_that_is_declared_or_sealed(place: str) -> None:
    table, _, column = place.partition(".")
    sealed = {f"{there.name}.{one.name}" for there, columns in sealed_tables().items() for one in columns}
    assert place in BY_COLUMN or place in sealed or (column == "bytes" and f"{table}.blob_secret" in sealed)
    assert TABLES[table] == OUTLIVES[place]
    assert OUTLIVES.keys() >= FOR_GOOD


WITHOUT_WORDS = {
    *("charge.lines", "refund_part.title", "ledger_account.title"),  # of the tariff and the budget
    *("refund.reason", "dispute.reason", "receipt_cancellation.reason", "discrepancy_proposal.reason"),  # codes
    *(
        "discrepancy.resolution",
        "discrepancy.expected",
        "discrepancy.found",
        "discrepancy.provider_object",
    ),  # so are these
    *("discrepancy_proposal.parameters", "day_closing.figures"),  # ids and amounts
    *("checkout.url", "counter_entry.slip", "counter_deposit.slip"),  # numbers
    *("bank_file.name", "bank_statement.holder"),  # of the authority's own account
}
"""In clear in the books, and about nobody."""


def test_of_what_the_books_hold_in_clear_it_is_said_whether_it_is_about_people() -> None:
    in_clear = {place for place, reason in BY_COLUMN.items() if reason == BOOKS}
    assert in_clear - WITHOUT_WORDS == OUTLIVES.keys() & in_clear
    assert in_clear >= WITHOUT_WORDS


def test_the_page_for_operators_says_the_same() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text == written(text), "docs/keeping.md differs from the code: `python -m tests.house.keeping`."
