"""What is tried with each device on the page of devices: what to do first, the work in its lane, what came of it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QImage

from kiosk.capture import CodeScanner, FileSource
from kiosk.counter_devices import DeviceKind
from kiosk.device_checks import CardCheck, check_camera, check_code_scanner, check_lamp, check_scanner
from kiosk.ports import Camera, Clock, Frame, Lamp, PageImage, PageWork, Scanner, ScanOptions
from kiosk.specimen_slip import specimen_slip
from kiosk.texts import _
from ui.camera_run import preview
from ui.staff_devices import StaffDevices
from ui.tasks import Lane

CAMERA_S, CODE_S, LAMP_S = 10.0, 20.0, 10.0
_PREVIEW_PX = 960

LANES = {
    DeviceKind.CAMERA: Lane.CAMERA,
    DeviceKind.PAPER_CAMERA: Lane.CAMERA,
    DeviceKind.SCANNER: Lane.SCANNER,
    DeviceKind.CODE_SCANNER: Lane.CODES,
    DeviceKind.FILES: Lane.FILES,
    DeviceKind.PRINTER: Lane.PRINTER,
    DeviceKind.PAGE_PRINTER: Lane.PAGE_PRINTER,
    DeviceKind.LAMP: Lane.LAMP,
    DeviceKind.MRZ_READER: Lane.HEALTH,
    DeviceKind.PRINT_READER: Lane.HEALTH,
}
"""In which lane a device is asked and tried: the one in which visits use it."""

Show = Callable[[QImage], None]
Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial. `work` blocks, gives pictures to `show`, and answers in words what came of it, never what was read; it
    raises DeviceProblem."""

    advice: str
    work: Callable[[Show, Stopped], tuple[str, ...]]
    has_picture: bool = False


def trial_of(kind: DeviceKind, staff: StaffDevices, clock: Clock, pages: PageWork) -> Trial | None:
    """The trial of a device that is there; None for what can only be asked."""
    devices = staff.devices
    match kind:
        case DeviceKind.CAMERA:
            advice = _("Đưa thẻ mẫu trước máy ảnh. Hình hiện 10 giây rồi tự tắt.")
            return Trial(advice, lambda show, stopped: _card(staff, clock, show, stopped), has_picture=True)
        case DeviceKind.PAPER_CAMERA if devices.paper_camera is not None:
            camera, advice = devices.paper_camera, _("Đặt một tờ giấy dưới máy ảnh. Hình hiện 10 giây rồi tự tắt.")
            return Trial(advice, lambda show, stopped: _live(camera, clock, show, stopped), has_picture=True)
        case DeviceKind.SCANNER:
            advice = _("Đặt một tờ giấy lên máy quét. Hình chỉ hiện ở đây rồi bị xóa.")
            scanner = devices.scanner
            return Trial(advice, lambda show, stopped: _scan(scanner, clock, pages, show, stopped), has_picture=True)
        case DeviceKind.CODE_SCANNER if devices.code_scanner is not None:
            reader, advice = devices.code_scanner, _("Bấm “Bắt đầu thử”, rồi quét mã trên thẻ mẫu trong 20 giây.")
            return Trial(advice, lambda _show, stopped: _code(reader, clock, stopped))
        case DeviceKind.FILES if devices.files is not None:
            files, advice = devices.files, _("Cắm một USB có tệp PDF hoặc ảnh.")
            return Trial(advice, lambda _show, _stopped: _files(files))
        case DeviceKind.PRINTER:
            return Trial(_("Máy sẽ in một phiếu thử."), lambda _show, _stopped: _slip(staff, clock))
        case DeviceKind.PAGE_PRINTER:
            return Trial(_("Máy sẽ in tờ chuẩn và thẻ mẫu."), lambda _show, _stopped: _page(staff))
        case DeviceKind.LAMP if devices.lamp is not None:
            lamp, advice = devices.lamp, _("Đèn sáng đến khi ông/bà bấm dừng, nhiều nhất 10 giây.")
            return Trial(advice, lambda _show, stopped: _lamp(lamp, stopped))
    return None


def _card(staff: StaffDevices, clock: Clock, show: Show, stopped: Stopped) -> tuple[str, ...]:
    """The live picture, and whether a card's code is read in it."""
    check = CardCheck(staff.codes, clock)

    def look(frame: Frame) -> None:
        check.look(frame)
        show(preview(frame))

    figures = check_camera(staff.devices.camera, clock, CAMERA_S, look, stopped)
    card = check.figures
    if card.read:
        said = _("Đọc được mã thẻ trong {read} trên {frames} hình.").format(read=card.read, frames=card.frames)
    else:
        said = _("Chưa đọc được mã thẻ nào. Cần thử đọc thẻ thì đưa thẻ mẫu vào và thử lại.")
    return _stream_words(figures.width_px, figures.height_px, figures.frames_per_s), said


def _live(camera: Camera, clock: Clock, show: Show, stopped: Stopped) -> tuple[str, ...]:
    figures = check_camera(camera, clock, CAMERA_S, lambda frame: show(preview(frame)), stopped)
    return (_stream_words(figures.width_px, figures.height_px, figures.frames_per_s),)


def _stream_words(width_px: int, height_px: int, frames_per_s: float) -> str:
    if not frames_per_s:
        return _("Hình {width} × {height} điểm ảnh.").format(width=width_px, height=height_px)
    words = _("Hình {width} × {height} điểm ảnh, {rate} hình mỗi giây.")
    return words.format(width=width_px, height=height_px, rate=_decimal(frames_per_s))


def _scan(scanner: Scanner, clock: Clock, pages: PageWork, show: Show, stopped: Stopped) -> tuple[str, ...]:
    def on_page(page: PageImage) -> None:
        show(QImage.fromData(pages.thumbnail(page, _PREVIEW_PX).content))

    figures = check_scanner(scanner, clock, ScanOptions(), on_page, stopped)
    words = _("{pages} trang, {width} × {height} điểm ảnh, {dpi} dpi, {seconds} giây một trang.")
    size = {"width": figures.width_px, "height": figures.height_px, "dpi": figures.dpi}
    return (words.format(pages=figures.pages, seconds=_decimal(figures.page_s), **size),)


def _code(reader: CodeScanner, clock: Clock, stopped: Stopped) -> tuple[str, ...]:
    figures = check_code_scanner(reader, clock, CODE_S, stopped)
    kind = _("Đó là mã của thẻ.") if figures.is_card else _("Đó không phải mã của thẻ.")
    return _("Đã nhận một mã dài {letters} ký tự.").format(letters=figures.letters), kind


def _files(files: FileSource) -> tuple[str, ...]:
    listing = files.files()
    words = _("{files} tệp dùng được, {others} tệp không dùng được.")
    return (words.format(files=len(listing.files), others=listing.left_out),)


def _slip(staff: StaffDevices, clock: Clock) -> tuple[str, ...]:
    staff.devices.printer.print_slip(specimen_slip(clock.now()))
    return (_("Đã in phiếu thử. Xem phiếu có đủ dấu, không bị cắt, đọc rõ không."),)


def _page(staff: StaffDevices) -> tuple[str, ...]:
    if staff.devices.page_printer is not None:
        staff.devices.page_printer.print_pdf(staff.test_page(), _("Tờ chuẩn"))
    return (_("Đã in. Thước ngang trên tờ chuẩn phải dài đúng 150 mm."),)


def _lamp(lamp: Lamp, stopped: Stopped) -> tuple[str, ...]:
    check_lamp(lamp, LAMP_S, stopped)
    return (_("Đã bật rồi tắt đèn. Xem đèn có sáng không, từ chỗ cán bộ ngồi có thấy không."),)


def _decimal(value: float) -> str:
    """With one place after the comma, as Vietnamese writes it, or after the sign that another language has."""
    whole, tenth = f"{value:.1f}".split(".")
    return _("{whole},{tenth}").format(whole=whole, tenth=tenth)
