"""Tests of `kiosk devices`: the true state of each device, and the self-test with its report."""

import json
from pathlib import Path

import pytest

from commands import devices, place
from commands.local_socket import LIST_DEVICES, LocalServer
from kiosk.resources import resource_path
from tests.commands.device_settings import simulated_office
from tests.devices.target_made import target_picture

CAMERA, SCANNER, PRINTER = range(3)
READERS = ["mrz_reader", "print_reader"]


def test_every_device_is_a_line_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert devices.run(["--json", "--config", str(simulated_office(tmp_path))]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["device"] for line in lines] == ["camera", "scanner", "printer", *READERS]
    assert [(line["status"], line["reason"]) for line in lines[:3]] == [("ready", None)] * 3
    assert [line["needed"] for line in lines] == [True, True, True, False, False]
    assert set(lines[0]) == {"device", "name", "status", "reason", "detail", "needed"}


def test_a_state_that_was_flipped_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = str(simulated_office(tmp_path))
    (tmp_path / "printer").mkdir()
    state = tmp_path / "printer" / "state.json"
    state.write_text('{"status": "paper_out"}')
    assert devices.run(["--config", config]) == 1
    assert "Máy in phiếu: Máy in mô phỏng: Hết giấy. Thêm giấy." in capsys.readouterr().out
    state.write_text('{"status": "paper_low"}')
    assert devices.run(["--json", "--config", config]) == 0
    printer = json.loads(capsys.readouterr().out.splitlines()[PRINTER])
    assert (printer["status"], printer["reason"]) == ("attention", "paper_low")


def test_more_devices_are_listed_where_there_are_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = simulated_office(tmp_path)
    pages, papers = tmp_path / "pages", tmp_path / "papers"
    with config.open("a", encoding="utf-8") as file:
        file.write(f'[page_printer]\ndriver = "folder"\nfolder = "{pages}"\n')
        file.write(f'[paper_camera]\ndriver = "folder"\nsource = "{papers}"\n')
    assert devices.run(["--config", str(config)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "Máy in A4: Máy in A4 mô phỏng: Dùng được" in lines
    assert lines[1].startswith("Máy ảnh chụp giấy: Thư mục ảnh (papers): Không thấy thiết bị.")
    pages.mkdir()
    (pages / "state.json").write_text('{"status": "ink_out"}')
    assert devices.run(["--json", "--config", str(config)]) == 1
    line = json.loads(capsys.readouterr().out.splitlines()[4])
    assert (line["device"], line["reason"]) == ("page_printer", "ink_out")


def test_an_office_without_devices_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text("".join(f'[{kind}]\ndriver = "none"\n' for kind in ("camera", "scanner", "printer")))
    assert devices.run(["--config", str(config)]) == 1
    assert capsys.readouterr().out.count("Không thấy thiết bị") == 3


def test_what_reads_print_need_not_be_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert devices.run(["--config", str(simulated_office(tmp_path))]) == 0
    assert "tesseract: Chưa cài. Không bắt buộc" in capsys.readouterr().out


def test_a_running_kiosk_answers_for_its_devices(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may have a device open that nobody else can open then."""
    folder = tmp_path_factory.mktemp("s")  # the path of a socket must be short
    config = simulated_office(folder)
    config.write_text(f'data_folder = "{folder}"\n{config.read_text(encoding="utf-8")}', encoding="utf-8")
    state: dict[str, str | bool] = {
        "device": "printer",
        "name": "Máy in phiếu",
        "status": "unavailable",
        "reason": "jam",
    }
    state |= {"detail": "", "needed": True}
    server = LocalServer(folder, {LIST_DEVICES: lambda: {"devices": [state]}})
    server.start()
    try:
        assert devices.run(["--config", str(config)]) == 1
    finally:
        server.stop()
    assert capsys.readouterr().out == "Máy in phiếu: Máy in phiếu: Kẹt giấy. Gỡ giấy ra.\n"


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


@pytest.mark.proof
def test_the_self_test_uses_each_device_and_saves_a_report(tmp_path: Path) -> None:
    report_file = tmp_path / "report.json"
    config = simulated_office(tmp_path)
    target = tmp_path / "papers"
    target.mkdir()
    target_picture().save(target / "1.png")
    text = config.read_text(encoding="utf-8").replace(str(resource_path("demo", "papers")), str(target))
    config.write_text(f'data_folder = "{tmp_path / "store"}"\nreserve_bytes = 0\n{text}', encoding="utf-8")
    assert devices.run(["--self-test", "--report", str(report_file), "--config", str(config)]) == 0
    text = report_file.read_text(encoding="utf-8")
    report = json.loads(text)
    steps = report["steps"]
    assert (report["passed"], report["attended"]) == (True, False)
    assert steps["camera"]["figures"]["width_px"] == 1920
    assert steps["camera"]["figures"]["card"]["read"] > 0
    assert steps["scanner"]["figures"]["dpi_x"] == pytest.approx(200, rel=0.01)
    assert {key: step["outcome"] for key, step in steps.items()} == {
        "camera": "passed",
        "paper_camera": "skipped",
        "scanner": "passed",
        "feeder": "skipped",
        "printer": "passed",
        "disk": "passed",
        "line": "skipped",
    }
    assert (tmp_path / "printer" / "slip.bin").exists()
    words = report_file.with_suffix(".txt").read_text(encoding="utf-8")
    assert "Kết quả: ĐẠT" in words
    for personal in ("001058000123", "NGUYỄN"):
        assert personal not in text + words


@pytest.mark.proof
def test_the_self_test_goes_on_after_a_device_that_fails(tmp_path: Path) -> None:
    report_file = tmp_path / "report.json"
    config = simulated_office(tmp_path)
    config.write_text(f'data_folder = "{tmp_path / "store"}"\n{config.read_text(encoding="utf-8")}', encoding="utf-8")
    (tmp_path / "printer").mkdir()
    (tmp_path / "printer" / "state.json").write_text('{"status": "jam"}')
    assert devices.run(["--self-test", "--report", str(report_file), "--config", str(config)]) == 1
    report = json.loads(report_file.read_text(encoding="utf-8"))
    assert (report["steps"]["printer"]["outcome"], report["steps"]["printer"]["faults"]) == ("failed", ["jam"])
    assert report["steps"]["disk"]["outcome"] == "passed"
    assert report["passed"] is False


def test_a_report_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = str(tmp_path / "no" / "report.json")
    config = tmp_path / "kiosk.toml"
    config.write_text("".join(f'[{kind}]\ndriver = "none"\n' for kind in ("camera", "scanner", "printer")))
    assert devices.run(["--self-test", "--report", report, "--config", str(config)]) == 1
    assert "Không ghi được tệp" in capsys.readouterr().err


def test_the_demos_devices_are_asked_without_a_settings_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "default_data_folder", lambda: tmp_path / "kiosk")
    assert devices.run(["--demo", "--simulate", "camera=slow"]) == 0
    assert (tmp_path / "demo" / "camera" / "state.json").exists()
    assert devices.run(["--demo"]) == 0
    assert "Máy ảnh đọc thẻ: Thư mục ảnh (camera): Dùng được" in capsys.readouterr().out
