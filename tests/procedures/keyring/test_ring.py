"""The ring of master keys: made once, read again when it changes, never half written."""

import json
import os
import stat
from pathlib import Path

import pytest

from procedures.keyring.ring import KEY_BYTES, MasterMissing, Ring, RingBroken, ensure_ring

DATA_KEY = b"d" * KEY_BYTES


@pytest.fixture
def ring(tmp_path: Path) -> Ring:
    return ensure_ring(tmp_path / "keys" / "ring.json")


def test_a_wrap_opens_for_the_same_holder_only(ring: Ring) -> None:
    master, wrapped = ring.wrap(DATA_KEY, "case|key")
    assert ring.unwrap(wrapped, master, "case|key") == DATA_KEY
    with pytest.raises(MasterMissing, match="does not unwrap"):
        ring.unwrap(wrapped, master, "another|key")


def test_only_its_owner_may_read_it(ring: Ring) -> None:
    assert stat.S_IMODE(ring.file.stat().st_mode) == 0o600
    assert [path.name for path in ring.file.parent.iterdir()] == ["ring.json"]


def test_it_is_made_once(ring: Ring) -> None:
    before = ring.file.read_bytes()
    ensure_ring(ring.file)
    assert ring.file.read_bytes() == before


def test_who_comes_second_takes_the_first_ones(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ring.masters().current
    monkeypatch.setattr(Path, "exists", lambda _path: False)
    assert Ring(ring.file).add() == first


def test_another_process_uses_the_new_key_at_once_and_reads_what_the_old_one_wrapped(ring: Ring) -> None:
    other = Ring(ring.file)
    old, wrapped = other.wrap(DATA_KEY, "x")
    new = ring.add()
    assert other.wrap(DATA_KEY, "x")[0] == new != old
    assert other.unwrap(wrapped, old, "x") == DATA_KEY


def test_a_key_can_be_put_there_before_it_is_used(ring: Ring) -> None:
    old = ring.masters().current
    new = ring.add(use=False)
    assert ring.wrap(DATA_KEY, "x")[0] == old
    ring.use(new)
    assert ring.wrap(DATA_KEY, "x")[0] == new


def test_what_a_dropped_key_wrapped_cannot_be_read(ring: Ring) -> None:
    old, wrapped = ring.wrap(DATA_KEY, "x")
    ring.add()
    ring.drop(old)
    with pytest.raises(MasterMissing, match=old):
        Ring(ring.file).unwrap(wrapped, old, "x")


def test_the_one_in_use_cannot_be_dropped(ring: Ring) -> None:
    with pytest.raises(MasterMissing, match="in use"):
        ring.drop(ring.masters().current)
    with pytest.raises(MasterMissing, match="no master key m0"):
        ring.use("m0")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"current": "a", "keys": {}}',
        '{"current": "a", "keys": {"a": "c2hvcnQ="}}',
        '{"keys": {"a": 1}}',
    ],
)
def test_what_is_no_ring_is_refused_with_its_file(tmp_path: Path, content: str) -> None:
    file = tmp_path / "ring.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(RingBroken, match=r"ring\.json"):
        Ring(file).masters()


def test_a_missing_ring_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RingBroken, match="tetsuzuki keys new"):
        Ring(tmp_path / "none.json").masters()


def test_a_change_within_the_same_instant_is_seen(ring: Ring) -> None:
    ring.masters()
    before = ring.file.stat()
    ring.add()
    os.utime(ring.file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert len(ring.masters().keys) == len(json.loads(ring.file.read_text(encoding="utf-8"))["keys"]) == 2
