"""Blobs on disk: all or nothing, under keys that nobody can guess or misuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.blobs import BlobMissing
from procedures.blobs.disk import DiskBlobs


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
