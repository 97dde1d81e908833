"""How long captured pages take to be cleaned and bound, how many bytes they come to, and for how long others wait."""

import threading
from collections.abc import Callable
from functools import partial

from PIL import Image

from commands.bench_clock import fair_s
from commands.bench_figure import Figure, figure_of
from commands.bench_papers import PaperLook, ScanLook, ShotLook, paper, photographed, scanned
from devices.page_pdf import layered_pdf
from devices.pages import PicturePages
from devices.pictures import to_page
from kiosk.ports import PageImage

SHOT_MS = 450.0
SCAN_MS = 400.0
PLAIN_KB = 350.0
LAYERED_KB = 120.0
STALL_MS = 50.0
ROUNDS = 3
TICK_S = 0.002

PAPERS = (
    PaperLook(1),
    PaperLook(2, table=True),
    PaperLook(3, photo=True, lines=15),
    PaperLook(4, size_pt=10, seal=False),
)


def measure() -> list[Figure]:
    """Made papers, each as a 12-megapixel camera sees it and as a scanner gives it at 300 dpi."""
    work = PicturePages()
    shots = [photographed(paper(look), ShotLook(seed=look.seed, turned_deg=4, blur_px=1.0)) for look in PAPERS]
    scans = [_scan(look) for look in PAPERS]
    shot_ms = [_ms(partial(work.from_shot, *shot)) for shot in shots * ROUNDS]
    scan_ms = [_ms(partial(work.from_scan, page)) for page in scans * ROUNDS]
    pages = [work.from_shot(frame, at) for frame, at in shots] + [work.from_scan(page) for page in scans]
    plain_kb = [len(page.content) / 1000 for page in pages]
    layered_kb = [len(layered_pdf([page], "Mẫu")) / 1000 for page in pages]
    ten = (pages * 2)[:10]
    gap_ms = longest_gap_ms(lambda: [work.from_shot(*shots[0]), work.from_scan(scans[0]), work.look_over(pages[0])])
    scan, shot = figure_of("clean: a scan of 300 dpi", "ms", scan_ms), figure_of("clean: a 12 MP shot", "ms", shot_ms)
    return [
        shot.judged_by(shot.middle, "median", SHOT_MS),
        scan.judged_by(scan.middle, "median", SCAN_MS),
        figure_of("clean: a look at a page", "ms", [_ms(partial(work.look_over, page)) for page in pages]),
        figure_of("clean: a page, plain", "kB", plain_kb).judged_by(max(plain_kb), "max", PLAIN_KB),
        figure_of("clean: a page, in layers", "kB", layered_kb).judged_by(max(layered_kb), "max", LAYERED_KB),
        figure_of("clean: PDF of 10 pages, plain", "ms", [_ms(lambda: work.to_pdf(ten, "Mẫu"))]),
        figure_of("clean: PDF of 10 pages, in layers", "ms", [_ms(lambda: layered_pdf(ten, "Mẫu"))]),
        figure_of("clean: how long another thread waits", "ms", [gap_ms]).judged_by(gap_ms, "max", STALL_MS),
    ]


def longest_gap_ms(work: Callable[[], object]) -> float:
    """How late a thread that wakes every 2 ms is at most while `work` runs in another: the window's thread is such."""
    done = threading.Event()

    def run() -> None:
        work()
        done.set()

    worker = threading.Thread(target=run, name="cleaning")
    worker.start()
    longest_s, before_s = 0.0, fair_s()
    while not done.wait(TICK_S):
        now_s = fair_s()
        longest_s, before_s = max(longest_s, now_s - before_s), now_s
    worker.join()
    return 1000 * (longest_s - TICK_S)


def _scan(look: PaperLook) -> PageImage:
    seen = scanned(paper(look), ScanLook(seed=look.seed, turned_deg=0.6))
    return to_page(Image.fromarray(seen), 300, 90)


def _ms(work: Callable[[], object]) -> float:
    start_s = fair_s()
    work()
    return 1000 * (fair_s() - start_s)
