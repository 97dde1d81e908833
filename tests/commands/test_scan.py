"""Tests of `kiosk scan`: a PDF from a folder, from SANE's test backend, and what happens when it goes wrong."""

import io
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pytest

from commands import scan
from devices import scanner_ways
from devices.escl_search import usb_scanners
from tests.commands.device_settings import simulated_office
from tests.contracts.test_scanner import NO_SANE
from tests.devices.pictures_made import RED, encoded, plain
from tests.fakes_escl import MODEL, EsclServer


def page_count(path: Path) -> int:
    with pikepdf.open(io.BytesIO(path.read_bytes())) as document:
        return len(document.pages)


def test_the_offices_scanner_gives_a_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "scan.pdf"
    assert scan.run(["--out", str(out), "--feeder", "--config", str(simulated_office(tmp_path))]) == 0
    assert page_count(out) == 2
    assert "Đã quét 2 trang" in capsys.readouterr().out


def test_a_folder_named_as_the_device_is_a_scanner(tmp_path: Path) -> None:
    (tmp_path / "page.jpg").write_bytes(encoded(plain(RED)))
    assert scan.run(["--out", str(tmp_path / "scan.pdf"), "--device", str(tmp_path)]) == 0
    assert page_count(tmp_path / "scan.pdf") == 1


@pytest.fixture
def sane_test_backend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dll.conf").write_text("test\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))


@pytest.mark.skipif(find_spec("sane") is None, reason=NO_SANE)
@pytest.mark.usefixtures("sane_test_backend")
@pytest.mark.parametrize("device", ["test:0", "frontend-tester"])
def test_a_sane_device_is_found_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, device: str) -> None:
    monkeypatch.setattr(scanner_ways, "network_scanners", lambda _name: [])  # one of that name may be announced here
    out = tmp_path / "scan.pdf"
    options = ["--dpi", "50", "--grey", "--source", "glass"]
    assert scan.run(["--out", str(out), "--device", device, *options]) == 0
    assert page_count(out) == 1


def test_an_escl_scanner_is_taken_by_its_address(tmp_path: Path) -> None:
    server = EsclServer()
    out = tmp_path / "scan.pdf"
    with server.running():
        assert scan.run(["--out", str(out), "--device", server.address, "--dpi", "50", "--both-sides"]) == 0
    assert page_count(out) == 6


@pytest.mark.skipif(find_spec("sane") is None, reason=NO_SANE)
@pytest.mark.usefixtures("sane_test_backend")
def test_scanners_are_listed_by_the_way_to_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server = EsclServer()
    port = int(server.url.rpartition(":")[2])
    monkeypatch.setattr(scanner_ways, "usb_scanners", lambda: usb_scanners([port]))
    monkeypatch.setattr(scanner_ways, "network_scanners", list)
    with server.running():
        assert scan.run(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"escl\thttp://127.0.0.1:{port}/eSCL\t{MODEL}"
    assert lines[1] == "sane\ttest:0\tNoname frontend-tester"


def test_neither_a_file_nor_the_list_is_a_wrong_call() -> None:
    with pytest.raises(SystemExit) as caught:
        scan.run([])
    assert caught.value.code == 2


def test_pages_before_a_fault_are_written_and_the_fault_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.jpg").write_bytes(encoded(plain(RED)))
    (tmp_path / "state.json").write_text('{"status": "jam", "after_pages": 2}')
    out = tmp_path / "scan.pdf"
    assert scan.run(["--out", str(out), "--device", str(tmp_path), "--feeder"]) == 1
    assert page_count(out) == 2
    assert "jam" in capsys.readouterr().err


def test_no_page_is_no_file(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert scan.run(["--out", str(tmp_path / "scan.pdf"), "--device", str(empty)]) == 1
    assert not (tmp_path / "scan.pdf").exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.jpg").write_bytes(encoded(plain(RED)))
    assert scan.run(["--out", str(tmp_path / "missing" / "scan.pdf"), "--device", str(tmp_path)]) == 1
    assert "Không ghi được tệp" in capsys.readouterr().err


def test_wrong_settings_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kiosk.toml").write_text('[scanner]\ndriver = "polaroid"\n')
    assert scan.run(["--out", str(tmp_path / "scan.pdf"), "--config", str(tmp_path / "kiosk.toml")]) == 2
    assert "polaroid" in capsys.readouterr().err
