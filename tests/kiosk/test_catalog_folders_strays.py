"""What lies in a catalogue's folders and is not read has a line, and what could be read for ever is not opened."""

import os
import shutil
from pathlib import Path

import pytest

from kiosk.catalog_file import check_catalog, load_catalog
from kiosk.catalog_folders import CatalogFolders
from kiosk.yaml_text import YamlProblem, load_text
from tests.kiosk.conftest import CODE
from tests.sample_forms import FIXTURES, release

SHIPPED = FIXTURES / "catalog"
UNREAD = "is not read: a service has only service.yaml and form.yaml"
NO_PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes in folders")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return tmp_path / "office"


def put(folder: Path, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("minutes_at_kiosk: 9\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "name", ["service.yaml.txt", "service.yml", "Service.yaml", "service.yaml.bak", "fees.yaml", "notes.docx"]
)
def test_a_file_by_another_name_is_named(office: Path, name: str) -> None:
    path = put(office, f"{CODE}/{name}")
    assert check_catalog(SHIPPED, release(), (office,)) == [f"{path}: {UNREAD}"]


def test_so_it_is_in_the_shipped_catalogue_and_beside_a_good_file(small_catalog: Path) -> None:
    path = put(small_catalog, f"{CODE}/service.yaml.txt")
    assert check_catalog(small_catalog, release()) == [f"{path}: {UNREAD}"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("service.yaml", "is not read here: needs to be in the folder of its service"),
        ("2.000635.yaml.txt", "is not read here: needs to be in the folder of its service"),
        ("_forms/requester.yml", "is not read: _forms has only files *.yaml"),
        ("_blocks/person.yaml.txt", "is not read: _blocks has only files *.yaml"),
    ],
)
def test_files_in_other_places(office: Path, name: str, reason: str) -> None:
    path = put(office, name)
    assert check_catalog(SHIPPED, release(), (office,)) == [f"{path}: {reason}"]


def test_folders_that_change_nothing(office: Path) -> None:
    (office / CODE).mkdir(parents=True)
    (office / "_form").mkdir()
    (office / "3.000333" / "service.yaml").mkdir(parents=True)
    assert check_catalog(SHIPPED, release(), (office,)) == [
        f"{office / '3.000333' / 'service.yaml'}: is no regular file",
        f"{office / CODE}: has neither service.yaml nor form.yaml: it changes nothing",
        f"{office / '_form'}: is not read: a folder with '_' is _forms or _blocks",
    ]


def test_what_is_allowed(office: Path) -> None:
    put(office, f"{CODE}/service.yaml")
    put(office, f"{CODE}/.service.yaml.swp")
    put(office, "README.md")
    put(office, ".git/config.yaml")
    (office / "3.000333").mkdir()
    shutil.copy(SHIPPED / "3.000333" / "form.yaml", office / "3.000333")
    assert check_catalog(SHIPPED, release(), (office,)) == []


def test_a_new_service_without_its_file_is_told_where_it_lies(office: Path) -> None:
    (office / "9.000002").mkdir(parents=True)
    (line,) = check_catalog(SHIPPED, release(), (office,))
    assert line.startswith(f"{office / '9.000002' / 'service.yaml'}: cannot be read")
    path = put(office, "9.000002/service.yaml.txt")
    assert check_catalog(SHIPPED, release(), (office,)) == [f"{path}: {UNREAD}"]


def test_what_strays_does_not_take_the_catalogue_away(office: Path) -> None:
    put(office, f"{CODE}/Thumbs.db")
    assert load_catalog(SHIPPED, release(), (office,)).service(CODE)


@NO_PIPES
def test_a_pipe_is_not_opened(office: Path, small_catalog: Path) -> None:
    (office / CODE).mkdir(parents=True)
    os.mkfifo(office / CODE / "service.yaml")
    (small_catalog / CODE / "service.yaml").unlink()
    os.mkfifo(small_catalog / CODE / "service.yaml")
    CatalogFolders(small_catalog, (office,)).digest()
    assert check_catalog(small_catalog, release(), (office,)) == [
        f"{folder / CODE / 'service.yaml'}: is no regular file" for folder in (small_catalog, office)
    ]


@pytest.mark.parametrize("make", [Path.mkdir, pytest.param(os.mkfifo, marks=NO_PIPES)])
def test_only_a_regular_file_is_read(tmp_path: Path, make: object) -> None:
    assert callable(make)
    make(tmp_path / "service.yaml")
    with pytest.raises(YamlProblem, match="is no regular file"):
        load_text(tmp_path / "service.yaml")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no endless device")
def test_a_link_to_a_device_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "service.yaml").symlink_to("/dev/zero")
    with pytest.raises(YamlProblem, match="is no regular file"):
        load_text(tmp_path / "service.yaml")
