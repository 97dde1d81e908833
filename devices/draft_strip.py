"""The slip of a saved visit on the paper of a receipt printer: its code in the largest letters, and little else."""

from devices.paper_sheet import Face, Sheet, Style
from kiosk.draft_slip import DraftSlip
from kiosk.texts import _

_BODY = Style(12)
_BODY_BOLD = Style(12, Face.SEMIBOLD)
_CENTRED = Style(12, align="centre")
_CENTRED_BOLD = Style(12, Face.SEMIBOLD, "centre")
_TITLE = Style(16, Face.BOLD, "centre")
_CODE_LABEL = Style(13, Face.SEMIBOLD, "centre")
_CODE = Style(30, Face.BOLD, "centre")
_CODE_LEAST_PT = 20.0
_PHONE = Style(20, Face.BOLD, "centre")
_INDENT_MM = 6


def write_draft(sheet: Sheet, slip: DraftSlip) -> None:
    """The whole slip."""
    for mark in slip.marks:
        sheet.band(mark, _CENTRED_BOLD)
    sheet.space(1.5)
    sheet.text(slip.office_name, _CENTRED_BOLD)
    sheet.space(1.5)
    sheet.band(slip.title, _TITLE)
    sheet.space(1.5)
    top = sheet.y
    sheet.space(1.5)
    sheet.text(_("Mã làm tiếp"), _CODE_LABEL)
    sheet.line(slip.code, _CODE, _CODE_LEAST_PT)
    sheet.text(slip.until, _CENTRED)
    sheet.space(1.5)
    sheet.box(top)
    sheet.space(1.5)
    for number, step in enumerate(slip.next_steps, 1):
        start = sheet.y
        sheet.text(f"{number}.", _BODY_BOLD)
        sheet.y = start
        sheet.text(step, _BODY, left=sheet.paper.mm(_INDENT_MM))
        sheet.space(0.8)
    if slip.phone:
        sheet.space(1)
        sheet.line(slip.phone, _PHONE, _BODY.size_pt)
    sheet.space(1.5)
