"""Files that nobody should have to open, made by code: bombs, loops, locks, halves; and some that only look odd."""

import io
import struct
import zlib
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

A4_POINTS = (595, 842)


def saved(made: pikepdf.Pdf, **options: Any) -> bytes:
    content = io.BytesIO()
    made.save(content, **options)
    return content.getvalue()


def drawn_pdf(commands: bytes, size: tuple[float, float] = A4_POINTS, pages: int = 1) -> bytes:
    """Pages with this content; the font /F1 is Helvetica, which is not in the file."""
    made = pikepdf.new()
    for _page in range(pages):
        page = made.add_blank_page(page_size=size)
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = made.make_stream(commands)
    return saved(made)


def many_pages(count: int) -> bytes:
    """All pages are one empty one."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=A4_POINTS)
    made.Root.Pages.Kids = pikepdf.Array([page.obj] * count)
    made.Root.Pages.Count = count
    return saved(made)


def locked_pdf() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    return saved(made, encryption=pikepdf.Encryption(user="mat khau", owner="chu"))


def active_pdf(marker: bytes) -> bytes:
    """A script that runs when it is opened, a link to a program, an embedded file and metadata, all with `marker`."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=A4_POINTS)
    text = marker.decode()
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{text}'); while(true){{}}")
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=text)
    page.AA = pikepdf.Dictionary(O=launch)
    made.attachments["embedded.exe"] = marker
    made.docinfo["/Author"] = text
    return saved(made)


def filled_form(value: str, *, drawn: bool = False, anew: bool = False) -> bytes:
    """A text field with a value; `drawn` with a black box as its own drawing, `anew` with the wish that viewers draw it
    again all the same."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(200, 100))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    field = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="name",
            V=value,
            DA="/Helv 14 Tf 0 g",
            Rect=pikepdf.Array([10, 30, 190, 70]),
            F=4,
            P=page.obj,
        )
    )
    if drawn:
        box = made.make_stream(b"0 0 180 40 re f")
        box.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 180, 40]})
        field.AP = pikepdf.Dictionary(N=box)
    page.Annots = pikepdf.Array([field])
    resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=font))
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), DR=resources, NeedAppearances=anew)
    return saved(made)


def image_bomb_pdf(side: int = 40_000) -> bytes:
    """One picture of side x side dots in colour, all white: 5 GB in as many kilobytes."""
    squeezed = squeezed_whites(side * 3 * side)
    made = pikepdf.new()
    page = made.add_blank_page(page_size=A4_POINTS)
    picture = pikepdf.Stream(made, squeezed)
    picture.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": side,
            "/Height": side,
            "/BitsPerComponent": 8,
            "/ColorSpace": pikepdf.Name.DeviceRGB,
            "/Filter": pikepdf.Name.FlateDecode,
        }
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
    page.Contents = made.make_stream(b"595 0 0 842 0 0 cm /Im Do")
    return saved(made, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)


def endless_pdf() -> bytes:
    """A form that draws a form ten times, ten levels deep: ten thousand million strokes."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=A4_POINTS)
    below = made.make_stream(b"0 0 m 595 842 l S")
    for _level in range(10):
        below.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 595, 842]})
        upper = made.make_stream(b"/X Do " * 10)
        upper.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=below))
        below = upper
    page.Resources = below.Resources
    page.Contents = made.make_stream(b"/X Do " * 10)
    return saved(made)


def stream_bomb_pdf(megabytes: int = 900) -> bytes:
    """Page content that unpacks to so many megabytes of blanks."""
    squeezer = zlib.compressobj(9)
    blanks = b" " * 1_000_000
    squeezed = b"".join(squeezer.compress(blanks) for _piece in range(megabytes)) + squeezer.flush()
    made = pikepdf.new()
    page = made.add_blank_page(page_size=A4_POINTS)
    stream = pikepdf.Stream(made, squeezed)
    stream.Filter = pikepdf.Name.FlateDecode
    page.Contents = stream
    return saved(made, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)


def squeezed_whites(count: int) -> bytes:
    """So many bytes 255 as zlib packs them; the same hundredth again and again, for packing 5 GB takes its time."""
    squeezer = zlib.compressobj(9, wbits=-15)
    hundredth = squeezer.compress(b"\xff" * (count // 100)) + squeezer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + hundredth * 100 + squeezer.flush()


def looping_pdf() -> bytes:
    """Its table of objects refers to itself as the one before, its page tree to itself as its child."""
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
    table = b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
    trailer = b"trailer<</Size 3/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (len(body), len(body))
    return body + table + trailer


def png(width: int, height: int, pixels: bytes, *, more: bytes = b"") -> bytes:
    """A grey PNG that claims this size, with `pixels` (packed) as all that it has."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def huge_png() -> bytes:
    """65 535 dots a side in a hundred bytes."""
    return png(65_535, 65_535, zlib.compress(b"\x00"))


def text_bomb_png() -> bytes:
    """A note that unpacks to 300 MB."""
    note = chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"a" * 300_000_000, 9))
    return png(8, 8, zlib.compress((b"\x00" + b"\xff" * 8) * 8), more=note)


def pixel_bomb_png() -> bytes:
    """White dots in colour and transparency, as many as are just allowed: 200 MB for who unpacks them."""
    content = io.BytesIO()
    Image.new("RGBA", (7000, 7100), "white").save(content, "PNG")
    return content.getvalue()


def lettered(size: tuple[int, int] = (827, 1169), mode: str = "RGB") -> Image.Image:
    """A white sheet with a black bar along its top edge."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0], size[1] // 8), fill="black")
    return picture.convert(mode)


def cut(content: bytes, share: float = 0.5) -> bytes:
    return content[: round(len(content) * share)]
