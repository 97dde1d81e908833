"""The acceptance test of `kiosk devices --self-test`: uses each device once, with a person beside it, and reports."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pikepdf

from kiosk.ports import (
    Camera,
    Clock,
    CodeReader,
    DeviceProblem,
    Frame,
    PageImage,
    PageWork,
    Scanner,
    ScanOptions,
)
from kiosk.slip import (
    ReceiptPrinter,
    SlipDossier,
    SlipFee,
    SlipOffice,
    SlipPaper,
    SlipPrinting,
    kept_slip,
)
from kiosk.texts import _

_CARD_TIME_S = 20.0


@dataclass(frozen=True, slots=True)
class Bench:
    """What is tested, and how the person is asked: `ask` shows a sentence and waits, or does nothing."""

    camera: Camera
    codes: CodeReader
    scanner: Scanner
    pages: PageWork
    printer: ReceiptPrinter
    clock: Clock
    ask: Callable[[str], None]


def self_test(bench: Bench) -> dict[str, Any]:
    """The report, plain JSON: for each device whether it worked and what was measured. It holds no personal data."""
    parts = {"camera": _camera, "scanner": _scanner, "printer": _printer}
    report: dict[str, Any] = {"at": bench.clock.now().isoformat(timespec="seconds")}
    for name, test in parts.items():
        start_s = bench.clock.monotonic_s()
        try:
            result = {"passed": True, **test(bench)}
        except DeviceProblem as problem:
            result = {"passed": False, "reason": problem.reason.value, "detail": problem.detail}
        report[name] = {**result, "seconds": round(bench.clock.monotonic_s() - start_s, 2)}
    report["passed"] = all(report[name]["passed"] for name in parts)
    return report


def _camera(bench: Bench) -> dict[str, Any]:
    """Frames until a code is read, or the time is up: a camera that shows no card still gives pictures."""
    bench.ask(_("Đặt thẻ mẫu trước máy ảnh, rồi nhấn Enter."))
    end_s = bench.clock.monotonic_s() + _CARD_TIME_S
    frames = 0
    size = ""
    code_read = False

    def look(frame: Frame) -> bool:
        nonlocal frames, size, code_read
        frames += 1
        size = f"{frame.width_px}x{frame.height_px}"
        code_read = bench.codes.read(frame) is not None
        return not code_read and bench.clock.monotonic_s() < end_s

    bench.camera.watch(look)
    return {"passed": code_read, "name": bench.camera.name, "picture": size, "frames": frames, "code_read": code_read}


def _scanner(bench: Bench) -> dict[str, Any]:
    bench.ask(_("Đặt một tờ giấy lên máy quét, rồi nhấn Enter."))
    pages: list[PageImage] = []
    bench.scanner.scan(ScanOptions(), pages.append, lambda: False)
    pdf = bench.pages.to_pdf(pages, "self-test")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        count = len(document.pages)
    page = pages[0]
    picture = f"{page.width_px}x{page.height_px} at {page.dpi} dpi"
    return {"name": bench.scanner.name, "pages": count, "picture": picture, "pdf_bytes": len(pdf)}


def _printer(bench: Bench) -> dict[str, Any]:
    bench.ask(_("Máy sẽ in một phiếu thử. Nhấn Enter."))
    now = bench.clock.now()
    bench.printer.print_slip(kept_slip(SlipOffice(_("Kiểm tra thiết bị"), ""), _specimen(), _printing(now)))
    bench.ask(_("Xem phiếu: chữ có đủ dấu, không bị cắt, đọc rõ. Nhấn Enter."))
    return {"name": bench.printer.name}


def _printing(now: datetime) -> SlipPrinting:
    return SlipPrinting(printed_at=now, call_after=(now + timedelta(days=2)).date(), test=True)


def _specimen() -> SlipDossier:
    """A dossier that exists nowhere; its token opens nothing."""
    return SlipDossier(
        slip_code="0000000000",
        token=bytes(16),
        service_name=_("Phiếu thử: Ẫ Ễ Ỗ Ữ Ặ ỵ đ ạ"),
        owner_name="NGUYỄN VĂN MẪU",
        owner_number="",
        papers=(SlipPaper(_("Giấy tờ thử"), 1),),
        fees=(SlipFee(_("Không có phí"), 0),),
        usual_time=_("0 ngày làm việc"),
    )
