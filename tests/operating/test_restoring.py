"""What is restored is what was there; a restore that dies is done again, and none destroys what is in use."""

from dataclasses import replace
from typing import Any

import pytest

from tests.operating.places import Place
from tests.web.casework import Casework
from web.backups import manifest, restoring
from web.backups.folders import MARK, BackupRefused, Folder


def test_an_installation_in_use_is_not_written_over_by_chance(
    here: Place, elsewhere: Place, folder: Folder, casework: Casework
) -> None:
    casework.file(scenario=1)
    here.back_up(folder)
    before = here.rows()
    with pytest.raises(BackupRefused) as refused:
        here.restore(folder)
    assert refused.value.key == "restore_used"
    assert here.rows() == before
    casework.file(scenario=1)
    here.database.close()  # nothing may be running
    here.restore(folder, over=True)
    assert here.rows() == before
    assert here.findings() == []


@pytest.mark.parametrize("dies_at", ["pool.give_back", "apart.load", "migrations.upgrade"])
def test_a_restore_that_died_is_done_again(
    here: Place, elsewhere: Place, folder: Folder, casework: Casework, monkeypatch: pytest.MonkeyPatch, dies_at: str
) -> None:
    class Killed(BaseException):
        pass

    casework.file(scenario=1)
    before = here.rows()
    here.back_up(folder)
    module, name = dies_at.split(".")
    original = getattr(getattr(restoring, module), name)

    def die(*words: Any, **more: Any) -> Any:
        original(*words, **more)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(getattr(restoring, module), name, die)
        with pytest.raises(Killed):
            elsewhere.restore(folder)
    assert (elsewhere.settings.data_dir / MARK).exists()
    elsewhere.restore(folder)
    assert not (elsewhere.settings.data_dir / MARK).exists()
    assert elsewhere.rows() == before
    assert elsewhere.findings() == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"dialect": "postgresql"}, "restore_other_database"),
        ({"revision": "9999"}, "restore_too_new"),
        ({"format": 2}, "backup_format"),
    ],
)
def test_what_does_not_fit_is_refused(
    here: Place, elsewhere: Place, folder: Folder, said: dict[str, Any], key: str
) -> None:
    made = here.back_up(folder).folder
    manifest.write(made, replace(manifest.read(made), **said))
    with pytest.raises(BackupRefused, match=key):
        elsewhere.restore(folder)
    assert not list(elsewhere.settings.data_dir.iterdir())


@pytest.mark.sqlite_only
@pytest.mark.parametrize("harm", ["gone", "empty", "cut"])
def test_without_the_keys_nothing_is_restored(here: Place, elsewhere: Place, folder: Folder, harm: str) -> None:
    """What lacks its key counts as erased: a key file that is cut short would erase what it no longer names."""
    here.back_up(folder)
    whole = folder.case_keys.read_text()
    if harm == "gone":
        folder.case_keys.unlink()
    else:
        folder.case_keys.write_text("" if harm == "empty" else "".join(whole.splitlines(keepends=True)[:-1]))
    with pytest.raises(BackupRefused, match="restore_without_keys"):
        elsewhere.restore(folder)
