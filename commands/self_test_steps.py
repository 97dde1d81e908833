"""Which steps the acceptance test of one counter has, in their order, and what the person is told before each."""

from collections.abc import Callable

from commands.acceptance_target import acceptance_target
from commands.place import Place
from commands.self_test import Measured, Person, Step
from commands.self_test_capture import CameraStep, CodeScannerStep, FeederStep, PaperStep, ScannerStep, SticksStep
from commands.self_test_paper import PageStep, SlipStep
from commands.self_test_place import DiskStep, LineStep
from devices.card_reader import CardReader
from devices.code_reader import ZxingCodeReader
from devices.pages import PicturePages
from kiosk.counter_devices import CounterDevices, DeviceKind
from kiosk.ports import Clock
from kiosk.texts import _
from ui.device_words import kind_words


def steps_of(devices: CounterDevices, place: Place, clock: Clock) -> tuple[Step, ...]:
    """A step for each device that there is, then for disk and line. Only of the latter may all be skipped."""
    return (*_capture_steps(devices, clock), *_paper_steps(devices, clock), *_place_steps(place, clock))


def _capture_steps(devices: CounterDevices, clock: Clock) -> tuple[Step, ...]:
    scanner = ScannerStep(devices.scanner, PicturePages(), clock)
    camera = CameraStep(devices.camera, CardReader(clock.monotonic_s), clock)
    paper = PaperStep(devices.paper_camera or devices.camera, clock)
    steps = [
        _device_step(DeviceKind.CAMERA, _("Đưa mặt có mã của thẻ mẫu trước máy ảnh và giữ yên."), camera.run),
        Step(
            DeviceKind.PAPER_CAMERA.value,
            kind_words(DeviceKind.PAPER_CAMERA),
            _("Đặt tờ chuẩn nằm trọn trong khung hình của máy ảnh."),
            needed=devices.paper_camera is not None,
            run=paper.run,
        ),
        _device_step(DeviceKind.SCANNER, _("Đặt tờ chuẩn úp mặt xuống kính máy quét."), scanner.run),
        Step(
            "feeder",
            _("Khay nạp giấy của máy quét"),
            _("Đặt hai tờ in hai mặt vào khay nạp. Máy không có khay thì bỏ qua."),
            needed=False,
            run=FeederStep(devices.scanner, clock).run,
        ),
    ]
    if devices.code_scanner is not None:
        reader = CodeScannerStep(devices.code_scanner, clock)
        steps.append(_device_step(DeviceKind.CODE_SCANNER, _("Bắt đầu, rồi quét mã trên thẻ mẫu."), reader.run))
    if devices.files is not None:
        steps.append(
            _device_step(DeviceKind.FILES, _("Cắm một USB có tệp PDF hoặc ảnh."), SticksStep(devices.files).run)
        )
    return tuple(steps)


def _paper_steps(devices: CounterDevices, clock: Clock) -> tuple[Step, ...]:
    slip = SlipStep(devices.printer, devices.camera, ZxingCodeReader(), clock)
    steps = [_device_step(DeviceKind.PRINTER, _("Máy sẽ in một phiếu thử."), slip.run)]
    if devices.page_printer is not None:
        page = PageStep(devices.page_printer, acceptance_target)
        steps.append(_device_step(DeviceKind.PAGE_PRINTER, _("Máy sẽ in tờ chuẩn và thẻ mẫu."), page.run))
    return tuple(steps)


def _place_steps(place: Place, clock: Clock) -> tuple[Step, ...]:
    disk = DiskStep(place.settings.data_folder, place.settings.reserve_bytes)
    line = LineStep(place, clock)
    return (
        Step("disk", _("Ổ đĩa"), _("Không cần làm gì."), needed=True, run=disk.run),
        Step("line", _("Kết nối với cổng và đồng hồ"), _("Không cần làm gì."), needed=False, run=line.run),
    )


def _device_step(kind: DeviceKind, instruction: str, run: Callable[[Person], Measured]) -> Step:
    return Step(kind.value, kind_words(kind), instruction, needed=kind.needed, run=run)
