"""Files from a stick: what a scanned page costs, and how soon a file is refused that is made to take for ever."""

import io
import resource
import time
from collections.abc import Callable
from contextlib import suppress

import img2pdf
import numpy as np
import pikepdf
from PIL import Image

from commands.bench_figure import Figure, figure_of
from commands.self_command import self_command
from devices.file_pages import FilePages
from kiosk.capture import FileRefused
from kiosk.ports import PageImage

PAGE_MS = 250.0
REFUSED_S = 10.0
PAGES = 10
ROUNDS = 3
MEGABYTES = 600  # more than the worker may have
SEED = 4


def measure() -> list[Figure]:
    """Processor time of the worker and of what packs its pages, the start of the worker included."""
    scan, bomb = scanned_pdf(), unpacking_bomb()
    page_ms = [1000 * cpu_s(lambda: draw(scan)) / PAGES for _round in range(ROUNDS)]
    bomb_s = [cpu_s(lambda: draw(bomb)) for _round in range(ROUNDS)]
    page = figure_of("files: a page of a 300 dpi scan", "CPU ms", page_ms)
    refused = figure_of(f"files: {MEGABYTES} MB in a small PDF refused", "CPU s", bomb_s)
    return [page.judged_by(page.middle, "median", PAGE_MS), refused.judged_by(refused.most, "most", REFUSED_S)]


def draw(content: bytes) -> list[PageImage]:
    """The pages, or none of a file that is refused."""
    pages: list[PageImage] = []
    with suppress(FileRefused):
        FilePages(self_command("file-worker")).draw(iter([content]), PAGES, pages.append, lambda: False)
    return pages


def cpu_s(work: Callable[[], object]) -> float:
    """Processor time of this process and of the children that ended meanwhile."""
    before_s = time.process_time() + _children_s()
    work()
    return time.process_time() + _children_s() - before_s


def _children_s() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def scanned_pdf() -> bytes:
    """A4 pages of print and paper grain as a scanner makes them: one JPEG each, 300 dots an inch."""
    grain = np.random.default_rng(SEED)
    page = np.full((3508, 2480), 235, np.int16)
    page[300:3200:60, 250:2200] = 40
    page += grain.integers(-12, 12, page.shape, dtype=np.int16)
    content = io.BytesIO()
    Image.fromarray(page.astype(np.uint8)).convert("RGB").save(content, "JPEG", quality=85, dpi=(300, 300))
    return bytes(img2pdf.convert([content.getvalue()] * PAGES))


def unpacking_bomb() -> bytes:
    """A page whose content unpacks to `MEGABYTES` of blanks."""
    made, content = pikepdf.new(), io.BytesIO()
    page = made.add_blank_page(page_size=(595, 842))
    page.Contents = made.make_stream(b" " * (MEGABYTES * 1_000_000))
    made.save(content)
    return content.getvalue()
