"""Tests of commands.office_devices: what the settings name, and what the page of devices is given."""

from pathlib import Path

from commands.composition import load_shipped
from commands.demo import demo_settings, prepare_demo
from commands.office_devices import devices_in_use, office_devices
from commands.staff_side import staff_devices
from commands.visit_audit import AuditedPrinter
from kiosk.config import DeviceSettings, Settings
from kiosk.counter_devices import DeviceKind, named_devices


def test_only_devices_that_the_settings_name(tmp_path: Path) -> None:
    none = DeviceSettings(driver="none")
    settings = Settings(data_folder=tmp_path, camera=none, scanner=none)
    assert DeviceKind.PAGE_PRINTER not in named_devices(office_devices(settings))
    paper = DeviceSettings.of("folder", source=str(tmp_path))
    more = named_devices(office_devices(settings.model_copy(update={"paper_camera": paper})))
    assert more[DeviceKind.PAPER_CAMERA].name == f"Thư mục ảnh ({tmp_path.name})"


def test_a_test_slip_of_the_staff_leaves_no_note_in_the_audit(tmp_path: Path) -> None:
    demo = prepare_demo(tmp_path, demo_settings(tmp_path, real_devices=False))
    with demo.portal, demo.counter(load_shipped()) as counter:
        staff = staff_devices(counter)
        in_use = devices_in_use(counter.equipment)
        assert isinstance(in_use.printer, AuditedPrinter)
        assert not isinstance(staff.devices.printer, AuditedPrinter)
        assert staff.devices.camera is counter.equipment.camera
        assert {DeviceKind.MRZ_READER, DeviceKind.PRINT_READER} <= staff.asked().keys()
        assert staff.test_page().startswith(b"%PDF-")
