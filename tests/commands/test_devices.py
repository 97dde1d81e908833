"""Tests of `kiosk devices`: the true state of each device, and the self-test with its report."""

import json
from pathlib import Path

import pytest

from commands import devices
from commands.local_socket import LIST_DEVICES, LocalServer
from tests.commands.device_settings import simulated_office


def test_every_device_is_a_line_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert devices.run(["--json", "--config", str(simulated_office(tmp_path))]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["device"] for line in lines] == ["camera", "scanner", "printer"]
    assert [(line["status"], line["reason"]) for line in lines] == [("ready", None)] * 3
    assert set(lines[0]) == {"device", "name", "status", "reason", "detail"}


def test_a_state_that_was_flipped_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = str(simulated_office(tmp_path))
    (tmp_path / "printer").mkdir()
    state = tmp_path / "printer" / "state.json"
    state.write_text('{"status": "paper_out"}')
    assert devices.run(["--config", config]) == 1
    assert "Máy in: Máy in mô phỏng: hết giấy; thêm giấy" in capsys.readouterr().out
    state.write_text('{"status": "paper_low"}')
    assert devices.run(["--json", "--config", config]) == 0
    printer = json.loads(capsys.readouterr().out.splitlines()[2])
    assert (printer["status"], printer["reason"]) == ("attention", "paper_low")


def test_a_page_printer_is_listed_where_there_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = simulated_office(tmp_path)
    pages = tmp_path / "pages"
    with config.open("a", encoding="utf-8") as file:
        file.write(f'[page_printer]\ndriver = "folder"\nfolder = "{pages}"\n')
    assert devices.run(["--config", str(config)]) == 0
    assert capsys.readouterr().out.splitlines()[3] == "Máy in A4: Máy in A4 mô phỏng: dùng được"
    pages.mkdir()
    (pages / "state.json").write_text('{"status": "ink_out"}')
    assert devices.run(["--json", "--config", str(config)]) == 1
    line = json.loads(capsys.readouterr().out.splitlines()[3])
    assert (line["device"], line["reason"]) == ("page_printer", "ink_out")


def test_an_office_without_devices_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text("".join(f'[{kind}]\ndriver = "none"\n' for kind in ("camera", "scanner", "printer")))
    assert devices.run(["--config", str(config)]) == 1
    assert capsys.readouterr().out.count("không thấy thiết bị") == 3


def test_a_running_kiosk_answers_for_its_devices(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may have a device open that nobody else can open then."""
    folder = tmp_path_factory.mktemp("s")  # the path of a socket must be short
    config = simulated_office(folder)
    config.write_text(f'data_folder = "{folder}"\n{config.read_text(encoding="utf-8")}', encoding="utf-8")
    state = {"device": "printer", "name": "Máy in phiếu", "status": "unavailable", "reason": "jam", "detail": ""}
    server = LocalServer(folder, {LIST_DEVICES: lambda: {"devices": [state]}})
    server.start()
    try:
        assert devices.run(["--config", str(config)]) == 1
    finally:
        server.stop()
    assert capsys.readouterr().out == "Máy in: Máy in phiếu: kẹt giấy; gỡ giấy ra\n"


def test_a_running_kiosk_that_does_not_answer_is_said(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its devices are in use: to ask them from here would say something untrue."""
    folder = tmp_path_factory.mktemp("s")
    config = simulated_office(folder)
    config.write_text(f'data_folder = "{folder}"\n{config.read_text(encoding="utf-8")}', encoding="utf-8")
    server = LocalServer(folder, {})
    server.start()
    try:
        assert devices.run(["--config", str(config)]) == 1
    finally:
        server.stop()
    said = capsys.readouterr()
    assert said.out == ""
    assert "Phần mềm đang chạy nhưng không trả lời" in said.err


@pytest.mark.parametrize("text", ['[camera]\ndriver = "polaroid"\n', "[camera\n", "[camera]\n"])
def test_wrong_settings_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (tmp_path / "kiosk.toml").write_text(text)
    assert devices.run(["--config", str(tmp_path / "kiosk.toml")]) == 2
    assert capsys.readouterr().err.startswith("Cấu hình sai:")


def test_the_self_test_uses_each_device_and_saves_a_report(tmp_path: Path) -> None:
    report_file = tmp_path / "report.json"
    config = str(simulated_office(tmp_path))
    assert devices.run(["--self-test", "--report", str(report_file), "--config", config]) == 0
    text = report_file.read_text(encoding="utf-8")
    report = json.loads(text)
    assert report["passed"] is True
    assert report["camera"]["picture"] == "1920x1080"
    assert report["camera"]["code_read"] is True
    assert (report["scanner"]["pages"], report["printer"]["passed"]) == (1, True)
    assert (tmp_path / "printer" / "slip.bin").exists()
    assert "001058000123" not in text
    assert "NGUYỄN" not in text


def test_the_self_test_goes_on_after_a_device_that_fails(tmp_path: Path) -> None:
    report_file = tmp_path / "report.json"
    config = str(simulated_office(tmp_path))
    (tmp_path / "printer").mkdir()
    (tmp_path / "printer" / "state.json").write_text('{"status": "jam"}')
    assert devices.run(["--self-test", "--report", str(report_file), "--config", config]) == 1
    report = json.loads(report_file.read_text(encoding="utf-8"))
    assert (report["printer"]["passed"], report["printer"]["reason"]) == (False, "jam")
    assert report["scanner"]["passed"] is True
    assert report["passed"] is False
