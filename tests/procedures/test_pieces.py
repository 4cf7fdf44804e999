"""Files in pieces: what was acknowledged is there, whatever comes twice, too early, at once or not at all."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procedures import applications, attachments, jobs
from procedures.attachments import Prepared
from procedures.blobs import leaving
from procedures.blobs.disk import DiskBlobs
from procedures.errors import AlreadySubmitted, FileRefused, NotFound
from procedures.uploads import forgetting, pieces
from procedures.uploads.pieces import OffsetMoved, Standing
from tests.procedures.conftest import Desk
from tests.uploaded import pdf, random_bytes

CONTENT = pdf() + random_bytes(900)
AGAIN = [HealthCheck.function_scoped_fixture]


def begin(desk: Desk, case: str, content: bytes = CONTENT, field: str = "paper") -> Standing:
    digest = sha256(content).hexdigest()
    return desk.do(pieces.begin, desk.people.hanako, case, field, "書類.pdf", len(content), digest)


def standing(desk: Desk, case: str, upload_id: str) -> Standing:
    with desk.database.read() as session:
        return pieces.standing(session, desk.people.hanako, case, upload_id)


def keep(desk: Desk, blobs: DiskBlobs, case: str, upload_id: str, start: int, piece: bytes) -> Standing:
    key = blobs.put(piece)
    return desk.do(pieces.keep, desk.people.hanako, case, upload_id, start, len(piece), key)


def send(desk: Desk, blobs: DiskBlobs, case: str, content: bytes = CONTENT, piece: int = 400) -> Standing:
    found = begin(desk, case, content)
    while not found.whole:
        found = keep(desk, blobs, case, found.id, found.offset, content[found.offset : found.offset + piece])
    return found


def assemble(desk: Desk, blobs: DiskBlobs, found: Standing) -> bytes:
    with desk.database.read() as session:
        return pieces.assemble(session, blobs, found)


def finish(desk: Desk, blobs: DiskBlobs, case: str, found: Standing) -> str:
    prepared = attachments.prepare(blobs, found.name, pdf())
    return desk.do(pieces.finish, desk.people.hanako, case, found.id, prepared)


def do_all_jobs(desk: Desk, blobs: DiskBlobs, now: datetime) -> None:
    handlers: dict[str, jobs.Handler] = {"blob.delete": leaving.handler(blobs)}
    handlers |= dict.fromkeys(("notice.send", "notice.remind"), lambda *_: None)
    while jobs.run_one(desk.database, lambda: now, "worker", handlers):
        pass


TRIES = st.lists(st.tuples(st.integers(0, 1100), st.integers(0, 500), st.booleans()), max_size=12)


@settings(max_examples=25, suppress_health_check=AGAIN)
@given(TRIES)
def test_whatever_comes_in_whatever_order_the_file_is_what_was_acknowledged(
    desk: Desk, blobs: DiskBlobs, tries: list[tuple[int, int, bool]]
) -> None:
    content = CONTENT[:1000]
    case = desk.draft()
    upload, acknowledged = begin(desk, case, content).id, 0
    for start, length, dies_before_the_row in tries:
        piece = content[start : start + length]
        if dies_before_the_row:
            blobs.put(piece)
        elif not piece or start != acknowledged:
            with pytest.raises((OffsetMoved, FileRefused)) as refused:
                keep(desk, blobs, case, upload, start, piece)
            if isinstance(refused.value, OffsetMoved):
                assert refused.value.offset == acknowledged
        else:
            acknowledged = keep(desk, blobs, case, upload, start, piece).offset
        assert standing(desk, case, upload).offset == acknowledged
    found = begin(desk, case, content)
    assert (found.id, found.offset) == (upload, acknowledged)
    while not found.whole:
        found = keep(desk, blobs, case, upload, found.offset, content[found.offset : found.offset + 300])
    assert assemble(desk, blobs, found) == content


def test_the_same_piece_twice_at_once_is_kept_once(desk: Desk, blobs: DiskBlobs) -> None:
    case = desk.draft()
    upload, outcomes, together = begin(desk, case).id, [], Barrier(4)

    def send_it() -> None:
        together.wait()
        try:
            outcomes.append(keep(desk, blobs, case, upload, 0, CONTENT[:500]).offset)
        except OffsetMoved as moved:
            outcomes.append(-moved.offset)

    threads = [Thread(target=send_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [-500, -500, -500, 500]
    assert standing(desk, case, upload).offset == 500


def test_a_file_in_pieces_becomes_an_attachment_once(desk: Desk, blobs: DiskBlobs) -> None:
    case = desk.draft()
    found = send(desk, blobs, case)
    attachment_id = finish(desk, blobs, case, found)
    assert finish(desk, blobs, case, found) == attachment_id
    again = standing(desk, case, found.id)
    assert (again.attachment_id, again.whole) == (attachment_id, True)
    with pytest.raises(OffsetMoved):
        keep(desk, blobs, case, found.id, again.size, b"more")
    with desk.database.read() as session:
        files = attachments.of_field(session, desk.people.hanako, case, "paper")
    assert [(file.id, file.pages) for file in files] == [(attachment_id, 1)]
    do_all_jobs(desk, blobs, desk.now)
    kept_and_never_used = 1 + 2
    assert len(blobs.keys()) == kept_and_never_used


def test_an_attachment_that_was_taken_away_again_is_sent_anew(desk: Desk, blobs: DiskBlobs) -> None:
    case = desk.draft()
    found = send(desk, blobs, case)
    desk.do(attachments.remove, desk.people.hanako, case, finish(desk, blobs, case, found))
    with pytest.raises(NotFound):
        standing(desk, case, found.id)
    assert begin(desk, case).offset == 0


def test_a_file_that_is_not_what_was_announced_is_broken(desk: Desk, blobs: DiskBlobs) -> None:
    case = desk.draft()
    found = begin(desk, case)
    found = keep(desk, blobs, case, found.id, 0, bytes(len(CONTENT)))
    with pytest.raises(FileRefused, match="broken"):
        assemble(desk, blobs, found)


def test_a_piece_beyond_the_end_is_refused(desk: Desk, blobs: DiskBlobs) -> None:
    case = desk.draft()
    found = begin(desk, case)
    for piece in (CONTENT + b"x", b""):
        with pytest.raises(FileRefused, match="broken"):
            keep(desk, blobs, case, found.id, 0, piece)


def test_nobody_else_sends_asks_or_gives_up(desk: Desk, blobs: DiskBlobs) -> None:
    case, other = desk.draft(), desk.draft("permit", desk.people.taro)
    found = begin(desk, case)
    key = blobs.put(CONTENT)
    prepared = Prepared("a.pdf", "application/pdf", 3, "0" * 64, key)
    taro = desk.people.taro
    for place in (case, other):
        for service, more in (
            (pieces.keep, (0, len(CONTENT), key)),
            (pieces.finish, (prepared,)),
            (pieces.drop, ()),
        ):
            with pytest.raises(NotFound):
                desk.do(service, taro, place, found.id, *more)
        with desk.database.read() as session, pytest.raises(NotFound):
            pieces.standing(session, taro, place, found.id)
        with desk.database.read() as session:
            assert pieces.of_case(session, taro, place) == []
    with pytest.raises(NotFound):
        desk.do(pieces.begin, taro, case, "paper", "a", 1, "0" * 64)


def test_what_was_submitted_takes_no_piece(desk: Desk, blobs: DiskBlobs) -> None:
    case = desk.draft(copies=0)
    found = begin(desk, case)
    desk.submit(case)
    with pytest.raises(AlreadySubmitted):
        keep(desk, blobs, case, found.id, 0, CONTENT)
    with pytest.raises(AlreadySubmitted):
        begin(desk, case)


def test_so_many_at_once_and_so_much_in_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = desk.draft()
    for number in range(pieces.MOST_AT_ONCE):
        begin(desk, case, str(number).encode())
    with pytest.raises(FileRefused, match="too_many_at_once"):
        begin(desk, case, b"one more")
    begin(desk, case, b"0")  # found again, not a new one
    monkeypatch.setattr(attachments, "MAX_CASE_BYTES", 3000)
    full = desk.draft()
    begin(desk, full, bytes(2000))
    with pytest.raises(FileRefused, match="case_full"):
        begin(desk, full, bytes(1001))
    begin(desk, full, bytes(1000))


def test_what_nobody_went_on_sending_is_erased_after_a_day_and_nothing_before(desk: Desk, blobs: DiskBlobs) -> None:
    case = desk.draft()
    found = begin(desk, case)
    keep(desk, blobs, case, found.id, 0, CONTENT[:500])
    today = datetime.now(UTC)
    assert forgetting.sweep(desk.database, blobs, today + timedelta(days=2)) == 0
    assert forgetting.give_up(desk.database, desk.now + timedelta(hours=23)) == 0
    later = desk.now + timedelta(hours=25)
    assert forgetting.give_up(desk.database, later) == 1
    do_all_jobs(desk, blobs, later)
    assert blobs.keys() == []
    with pytest.raises(NotFound):
        standing(desk, case, found.id)


def test_a_case_that_ends_takes_its_pieces_with_it(desk: Desk, blobs: DiskBlobs) -> None:
    case = desk.draft(copies=0)
    found = begin(desk, case)
    keep(desk, blobs, case, found.id, 0, CONTENT[:500])
    desk.submit(case)
    desk.do(applications.withdraw, desk.people.hanako, case)
    do_all_jobs(desk, blobs, desk.now)
    assert blobs.keys() == []
    with suppress(NotFound):
        standing(desk, case, found.id)
        pytest.fail("the upload is still there")


@given(st.permutations(range(5)), st.sets(st.integers(0, 6)))
@settings(max_examples=15, suppress_health_check=AGAIN)
def test_files_stand_in_the_order_they_are_put_and_others_stay(desk: Desk, order: list[int], named: set[int]) -> None:
    case = desk.draft()
    ids = [
        desk.do(attachments.add, desk.people.hanako, case, "paper", Prepared("a", "image/png", 1, "0", f"{case}{n}"))
        for n in range(5)
    ]
    wished = [ids[n] for n in order if n in named]
    desk.do(attachments.arrange, desk.people.hanako, case, "paper", [*wished, "unknown", *wished])
    with desk.database.read() as session:
        stand = [file.id for file in attachments.of_field(session, desk.people.hanako, case, "paper")]
    assert [id for id in stand if id in wished] == wished
    assert all(stand[n] == id for n, id in enumerate(ids) if id not in wished)
    with pytest.raises(NotFound):
        desk.do(attachments.arrange, desk.people.taro, case, "paper", wished)
