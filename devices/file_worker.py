"""The worker process that opens strangers' files and draws them anew: bytes of a file in, bare pixels out.

It reads `file` (with max_pages), `bytes` (the body is a piece of the file) and `end`; then for every `next` it answers
`page` (the body is rows of RGB or grey, nothing else of the file comes out), and last `done` or `problem`. What a
file can do to it, it does under the limits of devices.worker_limits, and to a process that lives for one file.
"""

import io
import os
import sys
from collections.abc import Iterator
from typing import IO, NoReturn

import pypdfium2
from PIL import Image, JpegImagePlugin, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin
from pypdfium2 import raw

from devices.file_form import field_drawings, loses_letters
from devices.file_formats import DRAWN, HEAD_BYTES, FileFormat, format_of
from devices.picture_decoding import MAX_PIXELS, opaque, upright
from devices.worker_limits import confine, renew_cpu
from devices.worker_pipe import BrokenPipeMessage, Message, read_message, write_message
from kiosk.capture import FileProblem, FileRefused

# Pillow and its plugins load each other when they are needed (MPO: a telephone's JPEG with a second picture in it;
# TIFF: what EXIF entries are written in). Under the limits no file can be opened any more.
_LOADED = (JpegImagePlugin, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)
Image.preinit()
_FORMATS = ("JPEG", "PNG", "WEBP")

DPI = 200
_POINTS = 72  # an inch (ISO 32000-1, 8.3.2.3)
_A4_INCH = (210 / 25.4, 297 / 25.4)
_A3_INCH = (297 / 25.4, 420 / 25.4)
_LEAST_DPI, _MOST_DPI = 149.5, 1200.5  # of scanners; cameras and editors write 72 or 96 without meaning anything by it
_MAX_SCAN_PIXELS = 150_000_000  # in a PDF, black and white: A3 at 800 dots an inch has 124 million
_FORM_LEVELS = 3
_TAIL_BYTES = 64 * 1024


def main() -> NoReturn:
    """Serve one file and end the process at once: nothing that a file has left in memory gets a chance to act."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    code = 0
    try:
        request = read_message(source)
        if request is not None:
            max_pages = int(request.fields["max_pages"])
            confine(max_pages)
            write_message(sink, _serve(source, sink, max_pages))
    except (BrokenPipeMessage, OSError):
        code = 1  # the kiosk is gone: nobody is left to tell
    os._exit(code)


def _serve(source: IO[bytes], sink: IO[bytes], max_pages: int) -> Message:
    """Draw as long as pages are asked for; the last word."""
    Image.MAX_IMAGE_PIXELS = None  # this module looks itself, and says why
    try:
        pages = _pages(_content(source), max_pages)
        while read_message(source) is not None:
            page = next(pages, None)
            if page is None:
                return Message("done")
            write_message(sink, page)
            renew_cpu()
        return Message("done")
    except FileRefused as refused:
        return _problem(refused.reason, refused.detail)
    except MemoryError:
        return _problem(FileProblem.TOO_HARD, "memory")
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == raw.FPDF_ERR_PASSWORD
        return _problem(FileProblem.ENCRYPTED if locked else FileProblem.BROKEN, str(error))
    except (OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the system's word, not a parser's
        return _problem(FileProblem.BROKEN, type(error).__name__)  # what parsers raise; their words may quote the file


def _problem(reason: FileProblem, detail: str) -> Message:
    return Message("problem", {"reason": reason.value, "detail": detail})


def _content(source: IO[bytes]) -> bytes:
    pieces = []
    while (message := read_message(source)) is not None and message.kind == "bytes":
        pieces.append(message.body)
    return b"".join(pieces)


def _pages(content: bytes, max_pages: int) -> Iterator[Message]:
    if not content:
        raise FileRefused(FileProblem.BROKEN, "empty")
    found = format_of(content[:HEAD_BYTES])
    if found not in DRAWN:
        raise FileRefused(FileProblem.WRONG_KIND, found or "")
    return _pdf_pages(content, max_pages) if found is FileFormat.PDF else iter([_picture_page(content)])


def _pdf_pages(content: bytes, max_pages: int) -> Iterator[Message]:
    """Each page as a printer would print it: with annotations and with what was filled into forms. Scripts, files and
    links in it are data that nobody asks for; this PDFium was built without an interpreter."""
    if b"%%EOF" not in content[-_TAIL_BYTES:]:
        raise FileRefused(FileProblem.BROKEN, "the end is cut off")  # PDFium would mend it and leave out what is lost
    document = pypdfium2.PdfDocument(content)
    count = len(document)
    if count > max_pages:
        raise FileRefused(FileProblem.TOO_MANY_PAGES, f"{count} pages")
    if count == 0:
        raise FileRefused(FileProblem.BROKEN, "no pages")
    if document.get_formtype() != raw.FORMTYPE_NONE:
        document.init_forms()
    for number in range(count):
        fields = field_drawings(document, number)
        page = document[number]
        _refuse_huge_pictures(page)
        if loses_letters(page, fields):
            raise FileRefused(FileProblem.TOO_HARD, "letters in a field of a form")
        width, height = page.get_size()
        dpi = _dpi_within_a3(width / _POINTS, height / _POINTS)
        picture = page.render(scale=dpi / _POINTS, rev_byteorder=True).to_pil()
        yield _page(picture if picture.mode in {"L", "RGB"} else picture.convert("RGB"), dpi)
        page.close()


def _refuse_huge_pictures(page: pypdfium2.PdfPage) -> None:
    """PDFium draws nothing in the place of a picture that is too large for it: a page would come out empty."""
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_FORM_LEVELS):
        width, height = picture.get_px_size()
        if width * height > _MAX_SCAN_PIXELS:
            raise FileRefused(FileProblem.PICTURE_TOO_LARGE, f"{width} x {height}")


def _picture_page(content: bytes) -> Message:
    """A picture on paper: in the size that a scanner wrote into it, else filling an A4 sheet."""
    with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise FileRefused(FileProblem.PICTURE_TOO_LARGE, f"{picture.width} x {picture.height}")
        own_dpi = _own_dpi(picture)
        dpi = min(own_dpi, DPI, _dpi_within_a3(picture.width / own_dpi, picture.height / own_dpi))
        size = (_shrunk(picture.width, dpi / own_dpi), _shrunk(picture.height, dpi / own_dpi))
        picture.draft(None, size)  # a JPEG is unpacked at a half, a quarter or an eighth at once
        plain: Image.Image = picture if picture.mode in {"RGB", "RGBA", "CMYK", "L"} else opaque(picture)
        if size != plain.size:
            plain = plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        return _page(opaque(upright(plain)), dpi)


def _own_dpi(picture: Image.Image) -> float:
    """Dots an inch of the paper that is in the picture."""
    short, long = sorted(picture.size)
    written = picture.info.get("dpi", (0, 0))
    across, along = (float(number) for number in written)
    if _LEAST_DPI < across < _MOST_DPI and abs(across - along) < 1:
        return across
    return max(short / _A4_INCH[0], long / _A4_INCH[1])


def _dpi_within_a3(width_inch: float, height_inch: float) -> float:
    """`DPI`, or less for a page that is larger than A3."""
    short, long = sorted((width_inch, height_inch))
    if not 0 < short <= long < float("inf"):
        raise FileRefused(FileProblem.BROKEN, "a page without a size")
    return DPI * min(1.0, _A3_INCH[0] / short, _A3_INCH[1] / long)


def _shrunk(length_px: int, factor: float) -> int:
    return max(1, round(length_px * factor))


def _page(picture: Image.Image, dpi: float) -> Message:
    size = {"width_px": picture.width, "height_px": picture.height, "dpi": max(1, round(dpi))}
    return Message("page", {**size, "mode": picture.mode}, picture.tobytes())


if __name__ == "__main__":
    main()
