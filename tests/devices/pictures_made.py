"""Pictures made for tests: plain colours, codes, sheets of paper on a table."""

import io
from pathlib import Path

import cv2
import img2pdf
import numpy as np
import pikepdf
import segno
from PIL import Image, ImageDraw

RED, GREEN, BLUE, BLACK = (200, 30, 30), (30, 200, 30), (30, 30, 200), (0, 0, 0)


def plain(colour: tuple[int, int, int], size: tuple[int, int] = (320, 240)) -> Image.Image:
    """One colour."""
    return Image.new("RGB", size, colour)


def encoded(picture: Image.Image, kind: str = "JPEG") -> bytes:
    """The picture as a file's content."""
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


def code_picture(text: str) -> Image.Image:
    """A QR code in the middle of a grey picture."""
    buffer = io.BytesIO()
    segno.make_qr(text).save(buffer, kind="png", scale=5, border=4)
    code = Image.open(buffer).convert("RGB")
    picture = plain((150, 150, 150), (code.width + 200, code.height + 100))
    picture.paste(code, (100, 50))
    return picture


def video(path: Path, colours: list[tuple[int, int, int]]) -> Path:
    """A Motion JPEG file of one frame a colour, as OpenCV opens it in place of a camera."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (320, 240))
    for colour in colours:
        writer.write(np.full((240, 320, 3), colour[::-1], np.uint8))
    writer.release()
    return path


def sheet_on_table(corners: list[tuple[float, float]], size: tuple[int, int] = (1280, 960)) -> Image.Image:
    """White paper with lines of text, seen before a dark table; `corners` clockwise from its top left."""
    paper = Image.new("RGB", (600, 850), (244, 243, 238))
    draw = ImageDraw.Draw(paper)
    for y in range(80, 800, 26):
        draw.line((60, y, 540 - (y * 7) % 160, y), fill=(40, 40, 48), width=6)
    source = np.array([(0, 0), (600, 0), (600, 850), (0, 850)], np.float32)
    turn = cv2.getPerspectiveTransform(source, np.array(corners, np.float32))
    table = np.full((size[1], size[0], 3), (96, 74, 58), np.uint8)
    cv2.warpPerspective(np.asarray(paper), turn, size, dst=table, borderMode=cv2.BORDER_TRANSPARENT)
    return Image.fromarray(table)


def blank_pdf(pages: int = 1) -> bytes:
    """White A4 pages."""
    made, content = pikepdf.new(), io.BytesIO()
    for _page in range(pages):
        made.add_blank_page(page_size=(595, 842))
    made.save(content)
    return content.getvalue()


def speckled_pdf() -> bytes:
    """One small page of 300 dots an inch with single dots, runs and grey in it."""
    dots = np.random.default_rng(7).choice(np.array([0, 90, 255], np.uint8), (60, 400))
    dots[:, 150:300] = 255
    dots[20:40] = dots[20]
    layout = img2pdf.get_fixed_dpi_layout_fun((300, 300))
    return bytes(img2pdf.convert(encoded(Image.fromarray(dots), "PNG"), layout_fun=layout))
