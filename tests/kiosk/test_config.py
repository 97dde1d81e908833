"""Settings are read once; a file that cannot be used stops the start with its path, the entry and the reason."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from kiosk.config import DeviceSettings, Settings, load_settings
from kiosk.errors import ConfigProblem


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.toml"


def load(file: Path, text: str) -> Settings:
    file.write_text(text, encoding="utf-8")
    return load_settings(file, file.parent / "default")


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    settings = load_settings(None, tmp_path)
    assert settings == Settings(data_folder=tmp_path)
    assert (settings.camera.driver, settings.scanner.driver, settings.printer.driver) == ("opencv", "auto", "none")
    assert settings.keys == "keyring"
    assert settings.portal_ca is None
    assert settings.times.receipt_wait_s == 20


def test_an_empty_file_sets_nothing(file: Path) -> None:
    assert load(file, "") == Settings(data_folder=file.parent / "default")


def test_what_the_office_sets_is_taken(file: Path) -> None:
    settings = load(
        file,
        """
        keys = "credential"
        reserve_bytes = 0
        [office]
        name = "Bộ phận Một cửa phường Mẫu"
        phone = "024 0000 0000"
        [screen]
        diagonal_inch = 32
        [times]
        idle_warning_s = 240
        [printer]
        driver = "network"
        host = "192.0.2.7"
        port = 9100
        """,
    )
    assert (settings.office.name, settings.office.phone) == ("Bộ phận Một cửa phường Mẫu", "024 0000 0000")
    assert (settings.keys, settings.reserve_bytes, settings.screen.diagonal_inch) == ("credential", 0, 32)
    assert (settings.times.idle_warning_s, settings.times.idle_cover_s) == (240, 45)
    assert settings.printer.driver == "network"


def test_a_drivers_own_options_are_texts(file: Path) -> None:
    printer = load(file, '[printer]\ndriver = "network"\nhost = "192.0.2.7"\nport = 9100').printer
    assert (printer.option("host"), printer.option("port")) == ("192.0.2.7", "9100")
    assert (printer.option("profile"), printer.option("profile", "TM-T20II")) == ("", "TM-T20II")
    assert DeviceSettings.of("folder", source="cards").option("source") == "cards"


def test_relative_paths_are_taken_from_the_files_folder(file: Path) -> None:
    settings = load(file, 'data_folder = "kept"\nportal_ca = "ca.pem"')
    assert settings.data_folder == file.parent / "kept"
    assert settings.portal_ca == file.parent / "ca.pem"
    assert load(file, 'data_folder = "/srv/kiosk"').data_folder == Path("/srv/kiosk")


def test_the_mark_that_windows_editors_put_first_is_no_mistake(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + '[office]\nname = "Mẫu"'.encode())
    assert load_settings(file, file.parent).office.name == "Mẫu"


@pytest.mark.parametrize(
    ("text", "entry", "reason"),
    [
        ("office = 3", "office", "dictionary"),
        ('[office]\nnmae = "x"', "office.nmae", "not permitted"),
        ("[offic]\n", "offic", "not permitted"),
        ("[screen]\ndiagonal_inch = 3", "screen.diagonal_inch", "greater than or equal to 7"),
        ("[screen]\ndiagonal_inch = nan", "screen.diagonal_inch", "less than or equal to 100"),
        ("[times]\nreceipt_wait_s = 0", "times.receipt_wait_s", "greater than 0"),
        ("[times]\nreceipt_wait_s = 3601", "times.receipt_wait_s", "less than or equal to 3600"),
        ("[times]\nreceipt_wait_s = nan", "times.receipt_wait_s", "less than or equal to 3600"),
        ("[times]\nidle_warning_s = 90", "times.idle_warning_s", "from 120 to 300"),
        ("[times]\nidle_cover_s = 5", "times.idle_cover_s", "from 20 to 120"),
        ('[times]\nidle_cover_s = "soon"', "times.idle_cover_s", "valid number"),
        ('[camera]\nsource = "0"', "camera.driver", "required"),
        ("[camera]\ndriver = 1", "camera.driver", "valid string"),
        ('keys = "file"', "keys", "'keyring' or 'credential'"),
        ("reserve_bytes = -1", "reserve_bytes", "greater than or equal to 0"),
        ("data_folder = 1", "data_folder", "path"),
        ("portal_ca = [1]", "portal_ca", "path"),
    ],
)
def test_a_bad_entry_is_named_with_its_file_and_the_reason(file: Path, text: str, entry: str, reason: str) -> None:
    with pytest.raises(ConfigProblem, match=f"^{re.escape(f'{file}: {entry}: ')}.*{reason}") as problem:
        load(file, text)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"office =\n", "line 1"),
        (b"[office]\n[office]\n", "line 2"),
        (b'[office]\nname = "\xff"', "utf-8"),
    ],
)
def test_a_file_that_is_no_toml_says_where(file: Path, content: bytes, reason: str) -> None:
    file.write_bytes(content)
    with pytest.raises(ConfigProblem, match=f"^{re.escape(str(file))}: .*{reason}"):
        load_settings(file, file.parent)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblem, match=r"missing\.toml: .*No such file"):
        load_settings(tmp_path / "missing.toml", tmp_path)
    with pytest.raises(ConfigProblem, match="directory"):
        load_settings(tmp_path, tmp_path)


def test_settings_do_not_change() -> None:
    settings = Settings(data_folder=Path("kept"))
    with pytest.raises(ValidationError, match="frozen"):
        settings.keys = "credential"


def test_folders_over_the_catalogue_are_beside_the_file_in_their_order(file: Path) -> None:
    settings = load(file, 'catalog_overrides = ["province", "/srv/office"]')
    assert settings.catalog_overrides == (file.parent / "province", Path("/srv/office"))
    assert load(file, "").catalog_overrides == ()
