"""The gallery's scenes of the page of devices: all well, every trouble, and a trial of each device with its outcome."""

from collections.abc import Callable, Mapping
from functools import partial

from commands.gallery_captures import PaperStack, StillCamera, demo_card
from commands.gallery_stage import Stage
from commands.gallery_stand_ins import SilentPagePrinter, SilentPrinter
from kiosk.capture import MAX_FILE_PAGES, FileKind, StickFile, StickListing
from kiosk.counter_devices import Asked, CounterDevices, DeviceKind
from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, Frame, PageImage, Ready, Unavailable
from ui.devices_screen import DevicesScreen
from ui.staff_devices import StaffDevices
from ui.tasks import Lane

Scene = Callable[[Stage], None]
Troubles = Mapping[DeviceKind, DeviceReason]

UNWELL: Troubles = {
    DeviceKind.CAMERA: DeviceReason.NO_PICTURE,
    DeviceKind.PAPER_CAMERA: DeviceReason.NOT_CONNECTED,
    DeviceKind.SCANNER: DeviceReason.JAM,
    DeviceKind.CODE_SCANNER: DeviceReason.BUSY,
    DeviceKind.FILES: DeviceReason.NOT_CONNECTED,
    DeviceKind.PRINTER: DeviceReason.PAPER_OUT,
    DeviceKind.PAGE_PRINTER: DeviceReason.INK_OUT,
    DeviceKind.LAMP: DeviceReason.NOT_CONNECTED,
    DeviceKind.MRZ_READER: DeviceReason.NO_DRIVER,
    DeviceKind.PRINT_READER: DeviceReason.NO_DRIVER,
}
UNWELL_OTHERWISE: Troubles = {
    DeviceKind.CAMERA: DeviceReason.TIMEOUT,
    DeviceKind.PAPER_CAMERA: DeviceReason.FAILED,
    DeviceKind.SCANNER: DeviceReason.FEEDER_EMPTY,
    DeviceKind.CODE_SCANNER: DeviceReason.NO_DRIVER,
    DeviceKind.FILES: DeviceReason.FAILED,
    DeviceKind.PRINTER: DeviceReason.COVER_OPEN,
    DeviceKind.PAGE_PRINTER: DeviceReason.PAPER_LOW,
    DeviceKind.LAMP: DeviceReason.FAILED,
    DeviceKind.MRZ_READER: DeviceReason.INK_LOW,
}


class Plain:
    """Something that can only be asked how it is."""

    name = "phòng tranh"

    def __init__(self, trouble: DeviceReason | None = None) -> None:
        self._trouble = trouble

    def status(self) -> DeviceStatus:
        """Ready unless in trouble."""
        return Ready() if self._trouble is None else Unavailable(self._trouble)


class NoCodes:
    """A `kiosk.ports.CodeReader` that finds nothing."""

    def read(self, frame: Frame) -> str | None:
        """Nothing."""
        return None


class OneCode(Plain):
    """A `kiosk.capture.CodeScanner` that sends one code, or fails."""

    def watch(self, on_text: Callable[[str], None], _stopped: Callable[[], bool]) -> None:
        """One text, or the trouble."""
        if self._trouble is not None:
            raise DeviceProblem(self._trouble)
        on_text("MÃ THỬ")


class DarkLamp(Plain):
    """A `kiosk.ports.Lamp` that nobody sees."""

    def switch(self, *, on: bool) -> None:
        """Nothing, or the trouble."""
        if self._trouble is not None:
            raise DeviceProblem(self._trouble)


class OneStick(Plain):
    """A `kiosk.capture.FileSource` with a file on it."""

    def files(self) -> StickListing:
        """One file, and four that are of no use."""
        return StickListing((StickFile("1", "don.pdf", FileKind.PDF, 12_000),), 4)

    def pages(
        self,
        file: StickFile,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        max_pages: int = MAX_FILE_PAGES,
    ) -> None:
        """No page."""


def staff_stand_ins(stage: Stage, troubles: Troubles) -> StaffDevices:
    """All devices there are, some of them in trouble."""
    camera, paper = (
        StillCamera(demo_card(), troubles.get(kind)) for kind in (DeviceKind.CAMERA, DeviceKind.PAPER_CAMERA)
    )
    devices = CounterDevices(
        camera=camera,
        scanner=PaperStack(stage.props.papers[:1], troubles.get(DeviceKind.SCANNER)),
        printer=SilentPrinter(troubles.get(DeviceKind.PRINTER)),
        paper_camera=paper,
        page_printer=SilentPagePrinter(troubles.get(DeviceKind.PAGE_PRINTER)),
        code_scanner=OneCode(troubles.get(DeviceKind.CODE_SCANNER)),
        files=OneStick(troubles.get(DeviceKind.FILES)),
        lamp=DarkLamp(troubles.get(DeviceKind.LAMP)),
    )
    readers: dict[DeviceKind, Asked] = {
        kind: Plain(troubles.get(kind)) for kind in (DeviceKind.MRZ_READER, DeviceKind.PRINT_READER)
    }
    return StaffDevices(devices, NoCodes(), lambda: b"%PDF-", readers)


def _devices(stage: Stage, troubles: Troubles | None = None, *, held: frozenset[Lane] = frozenset()) -> None:
    context = stage.context(held)
    stage.frame.set_header("Điểm Truy Cập")
    stage.frame.set_helper(None)
    stage.put(DevicesScreen(context, staff_stand_ins(stage, troubles or {})))


def _trial(
    stage: Stage, kind: DeviceKind, troubles: Troubles | None = None, *, begun: bool = True, back: bool = False
) -> None:
    _devices(stage, troubles)
    stage.press(f"try:{kind}")
    if begun:
        stage.press("trial_start")
    if back:
        stage.press("back")


def _running(stage: Stage) -> None:
    _devices(stage, held=frozenset((Lane.CAMERA,)))
    stage.press(f"try:{DeviceKind.CAMERA}")
    stage.press("trial_start")


# The lamp is lit for ten seconds; readers of print can only be asked.
_AT_ONCE = tuple(kind for kind in DeviceKind if kind is not DeviceKind.LAMP and not kind.endswith("_reader"))

DEVICE_SCENES: Mapping[str, Scene] = {
    "devices": _devices,
    "devices-asking": partial(_devices, held=frozenset(Lane)),
    "devices-unwell": partial(_devices, troubles=UNWELL),
    "devices-unwell_otherwise": partial(_devices, troubles=UNWELL_OTHERWISE),
    "devices-tried": partial(_trial, kind=DeviceKind.SCANNER, back=True),
    "devices-camera": partial(_trial, kind=DeviceKind.CAMERA, begun=False),
    "devices-camera_running": _running,
    **{f"devices-{kind}_done": partial(_trial, kind=kind) for kind in _AT_ONCE},
    "devices-lamp": partial(_trial, kind=DeviceKind.LAMP, begun=False),
    "devices-scanner_failed": partial(_trial, kind=DeviceKind.SCANNER, troubles=UNWELL),
    "devices-camera_failed": partial(_trial, kind=DeviceKind.CAMERA, troubles=UNWELL_OTHERWISE),
}
