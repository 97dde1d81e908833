"""Steps of the acceptance test that print: the slip, with its code read back, and an A4 page."""

from collections.abc import Callable
from dataclasses import dataclass

from commands.self_test import Fault, Measured, Person
from kiosk.device_checks import check_camera
from kiosk.ports import Camera, Clock, CodeReader, DeviceProblem, Frame, PagePrinter
from kiosk.slip import ReceiptPrinter
from kiosk.specimen_slip import specimen_slip
from kiosk.texts import _

READ_BACK_S = 20.0


@dataclass(frozen=True, slots=True)
class SlipStep:
    """The printer of slips; what came out is looked at by the person and by the camera."""

    printer: ReceiptPrinter
    camera: Camera
    codes: CodeReader
    clock: Clock

    def run(self, person: Person) -> Measured:
        """Print a slip of nobody's. `code_read_back` is None where it was not tried."""
        slip = specimen_slip(self.clock.now())
        self.printer.print_slip(slip)
        good = person.says_yes(_("Xem phiếu: đủ dấu, không bị cắt, đọc rõ?"))
        back = None
        if person.says_yes(_("Thử đọc mã trên phiếu: đưa mã vuông của phiếu trước máy ảnh. Thử không?")):
            back = self._read_back(slip.qr_text)
        figures = {"name": self.printer.name, "seen_good": good, "code_read_back": back}
        return Measured(figures, (Fault.BAD_PRINT,) if good is False else ())

    def _read_back(self, wanted: str) -> bool:
        read = False

        def look(frame: Frame) -> None:
            nonlocal read
            read = read or self.codes.read(frame) == wanted

        try:
            check_camera(self.camera, self.clock, READ_BACK_S, look, lambda: read)
        except DeviceProblem:
            return False
        return read


@dataclass(frozen=True, slots=True)
class PageStep:
    """The A4 printer: prints the target itself, whose ruler tells whether it prints at true size."""

    printer: PagePrinter
    page: Callable[[], bytes]

    def run(self, person: Person) -> Measured:
        """Print the target and let the person measure it."""
        self.printer.print_pdf(self.page(), _("Tờ chuẩn"))
        good = person.says_yes(_("Xem trang in: đọc rõ, thước ngang dài đúng 150 mm?"))
        return Measured({"name": self.printer.name, "seen_good": good}, (Fault.BAD_PRINT,) if good is False else ())
