"""A slip or a guide as a one-bit picture of a receipt printer's own width: Vietnamese then needs no code page."""

import io
import math
from pathlib import Path

import segno
from PIL import Image

from devices.draft_strip import write_draft
from devices.guide_strip import write_guide
from devices.paper_sheet import Face, Paper, Sheet, Style
from kiosk.draft_slip import DraftSlip
from kiosk.guide import Guide
from kiosk.slip import Printable, Slip, SlipKind
from kiosk.texts import _
from kiosk.vietnamese import dong

# Readers of seventy: body text of at least 12 points, codes of at least 20, the QR at least 25 mm wide.
_BODY = Style(12)
_BODY_BOLD = Style(12, Face.SEMIBOLD)
_CENTRED = Style(12, align="centre")
_CENTRED_BOLD = Style(12, Face.SEMIBOLD, "centre")
_HEADING = Style(13, Face.BOLD)
_TITLE = Style(17, Face.BOLD, "centre")
_CODE_LABEL = Style(13, Face.SEMIBOLD, "centre")
_CODE = Style(27, Face.BOLD, "centre")
_CODE_LEAST_PT = 20.0
_NATIONAL_CODE = Style(_CODE_LEAST_PT, Face.BOLD, "centre")
_NATIONAL_CODE_LEAST_PT = 15.0  # a code on one line is read aloud without a mistake, a broken one is not
_PHONE = Style(20, Face.BOLD, "centre")
_QR_MM = 25.0
_QUIET_MODULES = 4  # ISO/IEC 18004


class SlipLayout:
    """Draws slips. `fonts` is the folder of the Be Vietnam Pro files."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts

    def render(self, slip: Printable, paper: Paper) -> Image.Image:
        """The slip or guide as a picture in mode "1", `paper.width_px` wide; 0 is ink."""
        sheet = Sheet(paper, self._fonts)
        if isinstance(slip, Guide):
            write_guide(sheet, slip)
            return sheet.finish()
        if isinstance(slip, DraftSlip):
            write_draft(sheet, slip)
            return sheet.finish()
        for mark in slip.marks:
            sheet.band(mark, _CENTRED_BOLD)
        sheet.space(1.5)
        _head(sheet, slip)
        _codes(sheet, slip)
        _subject(sheet, slip)
        _next_steps(sheet, slip)
        _contact(sheet, slip)
        _papers(sheet, slip)
        _fees(sheet, slip)
        _foot(sheet, slip)
        return sheet.finish()


def _head(sheet: Sheet, slip: Slip) -> None:
    sheet.text(slip.office_name, _CENTRED_BOLD)
    sheet.space(1.5)
    if slip.kind is SlipKind.FILED:
        sheet.text(slip.title, _TITLE)
    else:
        sheet.band(slip.title, _TITLE)
    sheet.space(1.5)
    sheet.text(slip.statement, _CENTRED)
    sheet.space(1.5)


def _codes(sheet: Sheet, slip: Slip) -> None:
    top = sheet.y
    sheet.space(1.5)
    sheet.text(_("Mã phiếu"), _CODE_LABEL)
    sheet.line(slip.slip_code, _CODE, _CODE_LEAST_PT)
    if slip.national_code:
        sheet.space(1)
        sheet.text(_("Mã hồ sơ"), _CODE_LABEL)
        sheet.line(slip.national_code, _NATIONAL_CODE, _NATIONAL_CODE_LEAST_PT)
    else:
        sheet.text(slip.code_note, _CENTRED)
    sheet.space(1.5)
    sheet.box(top)
    sheet.space(1.5)


def _subject(sheet: Sheet, slip: Slip) -> None:
    sheet.text(_("Thủ tục"), _BODY)
    sheet.text(slip.service_name, _BODY_BOLD)
    sheet.space(1)
    sheet.text(_("Hồ sơ của"), _BODY)
    sheet.text(slip.owner_name, _BODY_BOLD)
    if slip.owner_number:
        sheet.text(_("Số giấy tờ: {number}").format(number=slip.owner_number), _BODY)
    sheet.rule()


def _next_steps(sheet: Sheet, slip: Slip) -> None:
    sheet.text(_("VIỆC TIẾP THEO"), _HEADING)
    for number, step in enumerate((*slip.at_once, *slip.next_steps), 1):
        start = sheet.y
        sheet.text(f"{number}.", _BODY_BOLD)
        sheet.y = start
        sheet.text(step, _BODY, left=sheet.paper.mm(6))
        sheet.space(0.8)
    sheet.space(1.5)


def _contact(sheet: Sheet, slip: Slip) -> None:
    top = sheet.y
    margin = sheet.paper.mm(2.5)
    sheet.space(1.5)
    sheet.text(slip.contact, _CENTRED, left=margin, right=margin)
    if slip.phone:
        sheet.line(slip.phone, _PHONE, _HEADING.size_pt)
    sheet.space(1.5)
    sheet.box(top, width=2)
    sheet.space(1.5)


def _papers(sheet: Sheet, slip: Slip) -> None:
    if not slip.papers:
        return
    sheet.text(_("GIẤY TỜ TRONG HỒ SƠ"), _HEADING)
    for paper in slip.papers:
        sheet.row(paper.name, _("{count} trang").format(count=paper.pages), _BODY)
    sheet.rule()


def _fees(sheet: Sheet, slip: Slip) -> None:
    sheet.text(_("PHÍ, LỆ PHÍ"), _HEADING)
    for fee in slip.fees:
        sheet.row(fee.name, dong(fee.amount_vnd), _BODY)
        if fee.reason:
            sheet.text(f"({fee.reason})", _BODY)
    if len(slip.fees) != 1:
        sheet.row(_("Tổng cộng"), slip.owed, _BODY_BOLD)
    if slip.fee_note:
        sheet.text(slip.fee_note, _BODY)
    sheet.rule()


def _foot(sheet: Sheet, slip: Slip) -> None:
    if slip.qr_text:
        sheet.picture(qr_picture(slip.qr_text, sheet.paper))
        sheet.text(_("Mã tra cứu, không chứa thông tin cá nhân"), _CENTRED)
        sheet.space(1.5)
    for line in slip.footer:
        sheet.text(line, _CENTRED)
    sheet.space(1.5)


def qr_picture(text: str, paper: Paper) -> Image.Image:
    """The QR with its quiet zone, in whole dots a module, at least 25 mm wide without the zone."""
    code = segno.make_qr(text, error="Q")
    dots = math.ceil(paper.mm(_QR_MM) / code.symbol_size(border=0)[0])
    buffer = io.BytesIO()
    code.save(buffer, kind="png", scale=dots, border=_QUIET_MODULES)
    return Image.open(buffer).convert("L")
