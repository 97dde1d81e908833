"""What is done to captured pages, in memory: turn, make small, bind into one PDF/A-2b; and count a PDF's pages."""

import io
from collections.abc import Sequence

import img2pdf
import pikepdf
from PIL import Image

from devices.pictures import open_picture, to_page
from kiosk.ports import PageImage
from kiosk.resources import resource_path

# Turning decodes and encodes again: a high quality keeps what a second encoding would lose.
_TURNED_QUALITY = 90
_THUMBNAIL_DPI = 96
_TURNS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}


class PicturePages:
    """PageWork on pictures."""

    def rotate(self, page: PageImage, quarter_turns: int) -> PageImage:
        """The page turned clockwise by quarter turns; real pixels, as not every reader honours a turn in a header."""
        turn = _TURNS.get(quarter_turns % 4)
        if turn is None:
            return page
        return to_page(_picture(page).transpose(turn), page.dpi, _TURNED_QUALITY)

    def thumbnail(self, page: PageImage, max_px: int) -> PageImage:
        """A small JPEG whose longer side is at most `max_px`."""
        picture = _picture(page)
        picture.thumbnail((max_px, max_px))
        return to_page(picture, _THUMBNAIL_DPI)

    def to_pdf(self, pages: Sequence[PageImage], title: str) -> bytes:
        """One PDF/A-2b with a page a picture, in the paper's real size; JPEG pictures go in as they are.

        Raises ValueError for no pages, or for a page that is no picture.
        """
        if not pages:
            raise ValueError("a PDF needs at least one page")
        with pikepdf.new() as document:
            for page in pages:
                with pikepdf.open(io.BytesIO(_one_page(page))) as single:
                    document.pages.extend(single.pages)
            _declare(document, title)
            buffer = io.BytesIO()
            document.save(buffer, min_version="1.7", deterministic_id=True, fix_metadata_version=False)
        return buffer.getvalue()

    def page_count(self, pdf: bytes) -> int:
        """How many pages a PDF has. Raises ValueError for what is none."""
        try:
            with pikepdf.open(io.BytesIO(pdf)) as document:
                return len(document.pages)
        except pikepdf.PdfError as error:
            raise ValueError("this is no PDF") from error


def _declare(document: pikepdf.Pdf, title: str) -> None:
    """Say that it is PDF/A-2b, and by an ICC profile what its colours mean (ISO 19005-2, 6.2.3)."""
    srgb = resource_path("icc", "sRGB.icc").read_bytes()
    profile = document.make_stream(srgb, N=3, Alternate=pikepdf.Name.DeviceRGB)
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String("sRGB"),
        Info=pikepdf.String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile,
    )
    document.Root.OutputIntents = pikepdf.Array([document.make_indirect(intent)])
    document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "B"


def _picture(page: PageImage) -> Image.Image:
    picture = open_picture(page.content)
    if picture is None:
        raise ValueError("a page is no picture")
    return picture


def _one_page(page: PageImage) -> bytes:
    """The picture as a PDF of one page. A plain JPEG keeps its bytes; all else is encoded anew as RGB or grey."""
    content = page.content
    if not _is_plain_jpeg(content):
        content = to_page(_picture(page), page.dpi, _TURNED_QUALITY).content
    layout = img2pdf.get_fixed_dpi_layout_fun((page.dpi, page.dpi))
    pdf: bytes = img2pdf.convert(content, layout_fun=layout, nodate=True, engine=img2pdf.Engine.internal)
    return pdf


def _is_plain_jpeg(content: bytes) -> bool:
    """A JPEG in RGB or grey without an orientation in its header: nothing that a PDF reader could show otherwise."""
    try:
        picture = Image.open(io.BytesIO(content), formats=("JPEG",))
        return picture.mode in {"RGB", "L"} and not picture.getexif() and "icc_profile" not in picture.info
    except OSError:
        return False
