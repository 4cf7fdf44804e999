"""Blobs on disk: all or nothing, under keys that nobody can guess or misuse."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.blobs import BlobMissing
from procedures.blobs.disk import DiskBlobs
from procedures.blobs.holding import aside, held
from procedures.blobs.sealing import unseal


def test_what_is_put_is_read(blobs: DiskBlobs) -> None:
    key = blobs.put(b"bytes")
    with blobs.open(key) as stream:
        assert stream.read() == b"bytes"
    assert blobs.keys() == [key]


def test_the_same_bytes_twice_are_two_blobs(blobs: DiskBlobs) -> None:
    assert blobs.put(b"same") != blobs.put(b"same")


def test_what_is_deleted_is_missing(blobs: DiskBlobs) -> None:
    key = blobs.put(b"bytes")
    blobs.delete(key)
    blobs.delete(key)
    with pytest.raises(BlobMissing):
        blobs.open(key)
    assert blobs.keys() == []


def test_a_file_that_was_being_written_is_no_blob(blobs: DiskBlobs) -> None:
    key = blobs.put(b"whole")
    (blobs.folder / key[:2] / "abc.tmp").write_bytes(b"half")
    assert blobs.keys() == [key]


def test_a_full_disk_leaves_nothing(blobs: DiskBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        blobs.put(b"bytes")
    assert blobs.keys() == []


@given(key=st.one_of(st.text(max_size=40), st.sampled_from(["../../etc/passwd", "a" * 26 + "\n", "/" * 26])))
def test_no_other_key_opens_anything(key: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    blobs = DiskBlobs(tmp_path_factory.getbasetemp() / "guarded")
    with pytest.raises(BlobMissing):
        blobs.open(key)


def test_what_is_forgotten_while_somebody_copies_is_gone_for_all_but_them(blobs: DiskBlobs) -> None:
    key, other = blobs.put(b"bytes"), blobs.put(b"other")
    path = blobs.folder / key[:2] / key
    with held(blobs.folder):
        blobs.delete(key)
        blobs.delete(key)
        with pytest.raises(BlobMissing):
            blobs.open(key)
        assert blobs.keys() == [other]
        blobs.older_than(datetime.now(UTC))  # the sweep comes by
        assert unseal(key, aside(path).read_bytes(), key.secret) == b"bytes"
        with blobs.open(blobs.put(b"new")) as stream:
            assert stream.read() == b"new"
    assert not aside(path).exists()
    assert not path.exists()


def test_a_copier_that_is_killed_holds_nothing_up(blobs: DiskBlobs) -> None:
    key = blobs.put(b"bytes")
    code = (
        "import sys, time; from pathlib import Path; from procedures.blobs.holding import held\n"
        "with held(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", code, str(blobs.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as copier:
        assert copier.stdout.readline() == b"held\n"
        blobs.delete(key)
        left = aside(blobs.folder / key[:2] / key)
        assert left.exists()
        copier.kill()
    blobs.older_than(datetime.now(UTC))
    assert not left.exists()
