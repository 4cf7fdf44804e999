"""The data in tables: by COPY on PostgreSQL, by executemany on SQLite, past every service and trigger."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from engine.lifecycle import FINAL, Status
from engine.model import Procedure
from procedures.database import Database
from procedures.models import to_json
from procedures.searching.remembering import rows_of
from tests.benchmarks.desk.plan import NOW, Case, Happened

AT_ONCE = 5000
Row = tuple[Any, ...]
Put = Callable[[str, Sequence[str], Iterable[Row]], None]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "application": (
        *("id", "reference", "procedure_id", "digest", "status", "status_changed_at", "round", "owner", "language"),
        *("contact_email", "office", "claimed_by", "claimed_at", "created_at", "submitted_at", "due_on"),
    ),
    "submission": (
        *("application_id", "round", "digest", "answers", "quote", "attachments", "seen", "applicant", "language"),
        *("submitted_at", "content_hash"),
    ),
    "status_history": ("id", "application_id", "at", "event", "source", "target", "who", "actor", "note"),
    "proposal": (
        *("id", "application_id", "round", "outcome", "reason_codes", "text", "proposed_by", "proposed_at", "state"),
        *("closed_by", "closed_at", "closing_note"),
    ),
    "decision": (
        *("id", "application_id", "round", "proposal_id", "outcome", "reasons", "text", "appeal", "proposed_by"),
        *("decided_by", "decided_at"),
    ),
    "correction_request": (
        *("id", "application_id", "round", "words", "requested_by", "requested_at", "due_on", "state", "revision"),
    ),
    "case_message": (
        *("number", "application_id", "side", "author", "text", "at", "once", "read_at", "settled_at"),
    ),
    "search_term": ("application_id", "kind", "term", "office", "submitted_at"),
}  # fmt: skip


def write(
    database: Database, planned: Iterator[Case], procedures: Sequence[Procedure], told: Callable[[int], None]
) -> None:
    """All tables, some thousand cases at a time; `told` hears how many there are so far."""
    done = 0
    while some := list(islice(planned, AT_ONCE)):
        tables = _tables(some, procedures, done)
        with database.engine.begin() as connection:
            put = _copied if database.dialect == "postgresql" else _inserted
            raw: Any = connection.connection.driver_connection
            if database.dialect == "postgresql":
                raw.execute("SET LOCAL session_replication_role = replica")
            for table, rows in tables.items():
                put(raw, table, rows)
        done += len(some)
        told(done)


def _copied(raw: Any, table: str, rows: list[Row]) -> None:
    columns = ", ".join(COLUMNS[table])
    lines = "".join("\t".join("\\N" if value is None else str(value) for value in row) + "\n" for row in rows)
    with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        copy.write(lines)


def _inserted(raw: Any, table: str, rows: list[Row]) -> None:
    columns = COLUMNS[table]
    marks = ", ".join("?" * len(columns))
    raw.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608 - our own names


def _tables(some: Sequence[Case], procedures: Sequence[Procedure], before: int) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {table: [] for table in COLUMNS}
    for place, case in enumerate(some):
        number, procedure = before + place, procedures[case.procedure]
        answers, applicant = _answers(case), {"person": f"resident-{number % 1000}", "name": "".join(case.name[::2])}
        tables["application"].append(_application(case, procedure, number))
        tables["submission"].append(
            (case.id, 1, procedure.digest, to_json(answers), None, "[]", "確認しました", to_json(applicant), "ja",
             _moment(case.submitted_at), f"{number:064x}")
        )  # fmt: skip
        tables["status_history"] += [_change(case, one, number * 8 + at) for at, one in enumerate(case.story)]
        _decided(case, tables)
        if case.status is Status.CORRECTION_REQUESTED:
            asked = case.story[-1].at
            tables["correction_request"].append(
                (f"c{case.id}", case.id, 1, "氏名を確かめてください。", case.clerk, _moment(asked),
                 (asked + timedelta(days=14)).date(), "open", 0)
            )  # fmt: skip
        if case.message:
            settled = None if case.message == "waiting" else _moment(NOW)
            tables["case_message"].append(
                (number, case.id, "applicant", f"person:resident-{number % 1000}", "いつ届きますか。",
                 _moment(case.story[-1].at), f"m{case.id}", None, settled)
            )  # fmt: skip
        found = rows_of(case.id, procedure, case.reference, answers, applicant)
        placed = (case.office, _moment(case.submitted_at))
        tables["search_term"] += [(row["application_id"], row["kind"], row["term"], *placed) for row in found]
    return tables


def _application(case: Case, procedure: Procedure, number: int) -> Row:
    claimed = next((one.at for one in case.story if one.event == "claim"), None)
    return (
        *(case.id, case.reference, procedure.id, procedure.digest, case.status.value, _moment(case.story[-1].at), 1),
        *(f"person:resident-{number % 1000}", "ja", None, case.office, case.clerk if claimed else None),
        *(_moment(claimed), _moment(case.submitted_at), _moment(case.submitted_at), case.due_on and str(case.due_on)),
    )


def _change(case: Case, one: Happened, number: int) -> Row:
    who, actor = {
        "claim": ("clerk", case.clerk), "propose": ("clerk", case.clerk), "request_correction": ("clerk", case.clerk),
        "approve": ("approver", case.approver), "refuse": ("approver", case.approver), "lapse": ("system", "system"),
    }.get(one.event.value, ("applicant", "resident-0"))  # fmt: skip
    key = actor if who == "system" else f"person:{actor}"
    return (number, case.id, _moment(one.at), one.event.value, one.source.value, one.target.value, who, key, None)


def _decided(case: Case, tables: dict[str, list[Row]]) -> None:
    proposed = next((one.at for one in case.story if one.event == "propose"), None)
    if proposed is None:
        return
    decided = case.status in FINAL or case.status is Status.AWAITING_ISSUE_FEE
    outcome = "refuse" if case.status is Status.REFUSED else "approve"
    at = _moment(case.story[-1].at)
    by = (case.approver, at) if decided else (None, None)
    state = "decided" if decided else "open"
    codes = '["R1"]' if outcome == "refuse" else "[]"
    tables["proposal"].append(
        (f"p{case.id}", case.id, 1, outcome, codes, "確認しました。", case.clerk, _moment(proposed), state, *by, None)
    )
    if decided:
        tables["decision"].append(
            (f"d{case.id}", case.id, 1, f"p{case.id}", outcome, "[]", "", None, case.clerk, case.approver, at)
        )


def _answers(case: Case) -> dict[str, Any]:
    family, family_kana, given, given_kana = case.name
    return {
        "name": {"family": family, "given": given, "family_kana": family_kana, "given_kana": given_kana},
        "phone": case.phone,
        "address": {
            "postcode": "1630001",
            "prefecture": "東京都",
            "city": "新宿区",
            "street": "西新宿2-8-1",
            "building": "",
        },
        "event": case.event,
        "day": str(case.submitted_at.date()),
        "people": 100,
        "reason": "地域の交流を深めるために開催します。" * 6,
    }


def _moment(at: datetime | None) -> str | None:
    return at and at.strftime("%Y-%m-%d %H:%M:%S.%f")
