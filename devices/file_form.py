"""Whether PDFium shows all letters of what was filled into the fields of a page."""

import codecs
import ctypes
from collections.abc import Callable, Iterator

import pypdfium2
from pypdfium2 import raw

_LAST_OF_LATIN_1 = "\u00ff"
_UTF_16 = codecs.lookup("utf-16-le")  # now: under the worker's limits no module can be loaded any more


def field_drawings(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    """How each field of a page looks, as PDF commands. Before the page is opened with its form, that is what the file
    says. Opening it, PDFium draws those anew that have no drawing, or all where the file wants that (NeedAppearances).
    """
    page = raw.FPDF_LoadPage(document, number)
    if not page:
        return []
    try:
        return [_text(field, _drawing) for field in _fields(page)]
    finally:
        raw.FPDF_ClosePage(page)


def loses_letters(page: pypdfium2.PdfPage, before: list[str]) -> bool:
    """Whether PDFium drew a field anew, after `before`, that has letters beyond Latin-1: it leaves out those that its
    fonts have not. Of NGUYỄN VĂN MẪU it makes NGUYN VN MU (PDFium 159, with all of the system's fonts too)."""
    if page.formenv is None:
        return False
    for field, own in zip(_fields(page), before, strict=True):
        value = _text(field, lambda *to: raw.FPDFAnnot_GetFormFieldValue(page.formenv, *to))
        if max(value, default="") > _LAST_OF_LATIN_1 and _text(field, _drawing) != own:
            return True
    return False


def _fields(page: object) -> Iterator[object]:
    """The fields of a page; each is closed when the next one is asked for."""
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        field = raw.FPDFPage_GetAnnot(page, number)
        try:
            if raw.FPDFAnnot_GetSubtype(field) == raw.FPDF_ANNOT_WIDGET:
                yield field
        finally:
            raw.FPDFPage_CloseAnnot(field)


def _drawing(field: object, buffer: object, size: int) -> int:
    return int(raw.FPDFAnnot_GetAP(field, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, buffer, size))


def _text(field: object, ask: Callable[..., int]) -> str:
    """What PDFium writes into a buffer as UTF-16 with a zero behind it, and says the bytes of."""
    size = ask(field, None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(field, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return _UTF_16.decode(buffer.raw[:-2], "replace")[0]
