"""The guide of a service on the paper of a receipt printer, for a desk that has no page printer."""

from devices.paper_sheet import Face, Sheet, Style
from kiosk.dates import format_day
from kiosk.guide import Guide, GuidePaper, Topic
from kiosk.guide_look import paper_titles
from kiosk.texts import _

_BODY = Style(12)
_BODY_BOLD = Style(12, Face.SEMIBOLD)
_SMALL = Style(10)
_CENTRED = Style(12, align="centre")
_CENTRED_BOLD = Style(12, Face.SEMIBOLD, "centre")
_HEADING = Style(13, Face.BOLD)
_TITLE = Style(16, Face.BOLD, "centre")
_PHONE = Style(20, Face.BOLD, "centre")
_INDENT_MM = 6


def write_guide(sheet: Sheet, guide: Guide) -> None:
    """The whole guide, in the order in which a person needs it; small print is what only the careful read."""
    sheet.space(1.5)
    sheet.text(guide.office.name, _CENTRED_BOLD)
    sheet.space(1.5)
    sheet.band(_("HƯỚNG DẪN CHUẨN BỊ"), _TITLE)
    sheet.space(1.5)
    sheet.text(guide.name, _CENTRED_BOLD)
    if guide.code:
        sheet.text(_("Mã thủ tục: {code}").format(code=guide.code), _CENTRED)
    for words in (guide.closed, guide.linked):
        if words:
            _boxed(sheet, words)
    sheet.rule()
    _papers(sheet, guide)
    _rows(sheet, guide)
    _notes(sheet, guide)
    _ask(sheet, guide)
    sheet.text(guide.checked, _SMALL)
    printed = _("In ngày {day}. Tờ này chỉ để hướng dẫn, không phải giấy tiếp nhận hồ sơ.")
    sheet.text(printed.format(day=format_day(guide.printed_on)), _SMALL)
    sheet.space(1.5)


def _boxed(sheet: Sheet, words: str) -> None:
    sheet.space(1.5)
    top, margin = sheet.y, sheet.paper.mm(2.5)
    sheet.space(1.5)
    sheet.text(words, _BODY_BOLD, left=margin, right=margin)
    sheet.space(1.5)
    sheet.box(top, width=2)


def _papers(sheet: Sheet, guide: Guide) -> None:
    for need, title in paper_titles().items():
        papers = guide.papers_that(need)
        if papers:
            sheet.text(title, _HEADING)
            for paper in papers:
                _paper(sheet, paper)
            sheet.rule()


def _paper(sheet: Sheet, paper: GuidePaper) -> None:
    left = sheet.paper.mm(_INDENT_MM)
    start = sheet.y
    sheet.text("•", _BODY_BOLD)
    sheet.y = start
    sheet.text(paper.name, _BODY_BOLD, left=left)
    for words in (f"({paper.kind})" if paper.kind else "", *paper.notes):
        if words:
            sheet.text(words, _SMALL, left=left)
    sheet.space(0.8)


def _rows(sheet: Sheet, guide: Guide) -> None:
    for row in guide.rows:
        if row.topic is not Topic.ASK:
            sheet.text(row.label, _BODY)
            sheet.text(row.text, _BODY_BOLD)
            for words in row.more:
                sheet.text(words, _SMALL)
            sheet.space(0.8)
    sheet.rule()


def _notes(sheet: Sheet, guide: Guide) -> None:
    if guide.notes:
        sheet.text(_("LƯU Ý"), _HEADING)
        for note in guide.notes:
            sheet.text(f"– {note}", _SMALL)
        sheet.rule()


def _ask(sheet: Sheet, guide: Guide) -> None:
    top, office = sheet.y, guide.office
    sheet.space(1.5)
    sheet.text(_("Cần hỏi thêm: {office}").format(office=office.name), _CENTRED)
    if office.phone:
        sheet.line(office.phone, _PHONE, _HEADING.size_pt)
    if office.hours:
        sheet.text(office.hours, _CENTRED)
    sheet.space(1.5)
    sheet.box(top, width=2)
    sheet.space(1.5)
