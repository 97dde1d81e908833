"""Binds pages into one PDF/A-2b, with their JPEGs as they are or in layers; every page in the paper's real size."""

import io
from collections.abc import Sequence

import img2pdf
import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from devices.page_jpeg import page_pixels
from devices.page_layers import Layers, layers_of
from devices.picture_decoding import open_picture
from devices.pictures import to_page
from kiosk.ports import PageImage
from kiosk.resources import resource_path

_POINTS_PER_INCH = 72
# A page that is no plain JPEG is encoded once more: a high quality keeps what that would lose.
_SECOND_QUALITY = 90


def plain_pdf(pages: Sequence[PageImage], title: str) -> bytes:
    """JPEG pages go in as they are. Raises ValueError for a page that is no picture."""
    with pikepdf.new() as document:
        for page in pages:
            _add_jpeg(document, page)
        return _finished(document, title)


def layered_pdf(pages: Sequence[PageImage], title: str) -> bytes:
    """Every page in layers, about a third of the size, unless its JPEG is smaller: a photo over a whole page.

    Raises ValueError for a page that is no picture.
    """
    with pikepdf.new() as document:
        for page in pages:
            layers = layers_of(page_pixels(page), page.dpi)
            if layers.size_bytes < len(page.content):
                _add_layers(document, layers, page.dpi)
            else:
                _add_jpeg(document, page)
        return _finished(document, title)


def _add_jpeg(document: Pdf, page: PageImage) -> None:
    with pikepdf.open(io.BytesIO(_one_page(page))) as single:
        document.pages.extend(single.pages)


def _add_layers(document: Pdf, layers: Layers, dpi: int) -> None:
    """The ground, and over it the colours of ink through the mask: no transparency is needed (PDF 32000-1, 8.9.6.3)."""
    stencil = document.make_stream(
        layers.mask,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=layers.width_px,
        Height=layers.height_px,
        ImageMask=True,
        BitsPerComponent=1,
        Decode=Array([0, 1]),  # a 0 is painted
        Interpolate=False,
        Filter=Name.CCITTFaxDecode,
        DecodeParms=Dictionary(K=-1, Columns=layers.width_px, Rows=layers.height_px, BlackIs1=False),
    )
    ground = _picture(document, layers.ground, layers.ground_px, grey=layers.grey)
    ink = _picture(document, layers.ink, layers.ink_px, grey=layers.grey)
    ink.Mask = stencil
    width, height = (side / dpi * _POINTS_PER_INCH for side in (layers.width_px, layers.height_px))
    place = f"q {width:.4f} 0 0 {height:.4f} 0 0 cm".encode()
    content = document.make_stream(b"%b /Ground Do Q\n%b /Ink Do Q" % (place, place))
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 4), round(height, 4)]),
        Resources=Dictionary(XObject=Dictionary(Ground=ground, Ink=ink)),
        Contents=content,
    )
    document.pages.append(pikepdf.Page(document.make_indirect(page)))


def _picture(document: Pdf, jpeg: bytes, size_px: tuple[int, int], *, grey: bool) -> Stream:
    return document.make_stream(
        jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size_px[0],
        Height=size_px[1],
        ColorSpace=Name.DeviceGray if grey else Name.DeviceRGB,
        BitsPerComponent=8,
        Interpolate=False,
        Filter=Name.DCTDecode,
    )


def _finished(document: Pdf, title: str) -> bytes:
    _declare(document, title)
    buffer = io.BytesIO()
    document.save(buffer, min_version="1.7", deterministic_id=True, fix_metadata_version=False)
    return buffer.getvalue()


def _declare(document: Pdf, title: str) -> None:
    """Say that it is PDF/A-2b, and by an ICC profile what its colours mean (ISO 19005-2, 6.2.3)."""
    srgb = resource_path("icc", "sRGB.icc").read_bytes()
    profile = document.make_stream(srgb, N=3, Alternate=Name.DeviceRGB)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String("sRGB"),
        Info=pikepdf.String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile,
    )
    document.Root.OutputIntents = Array([document.make_indirect(intent)])
    document.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "B"


def _one_page(page: PageImage) -> bytes:
    """The picture as a PDF of one page. A plain JPEG keeps its bytes; all else is encoded anew as RGB or grey."""
    content = page.content
    if not _is_plain_jpeg(content):
        picture = open_picture(content)
        if picture is None:
            raise ValueError("a page is no picture")
        content = to_page(picture, page.dpi, _SECOND_QUALITY).content
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
