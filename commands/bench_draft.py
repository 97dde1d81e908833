"""Drafts: how long after an answer the visit is on disk, and what that costs, beside twelve captured pages."""

import time
from uuid import UUID

from commands.bench_figure import Figure, figure_of
from commands.bench_machine import scratch
from commands.composition import load_shipped
from commands.gallery_visit import Walker
from commands.wall_clock import WallClock
from kiosk.documents import CopyKind, Document, Origin, Page
from kiosk.draft import pack
from kiosk.keys import DemoKeys
from kiosk.ports import PageImage, PageReport
from kiosk.store import Store
from kiosk.visit import Step, Visit

SERVICE = "2.000635"
PAGES, PAGE_BYTES = 12, 1_000_000
ROUNDS = 30
KEPT_MS = 2000.0
REF = UUID(int=1)


def measure() -> list[Figure]:
    """A changed answer of a visit whose pages are stored already; and the first time, with all its pages."""
    clock, visit = WallClock(), _visit()
    with (
        scratch() as folder,
        Store.open(folder / "store", DemoKeys(folder / "keys"), clock, reserve_bytes=0) as store,
    ):

        def keep_ms() -> tuple[float, float]:
            wall_s, cpu_s = time.perf_counter(), time.process_time()
            store.drafts.keep(REF, pack(visit, clock.now()))
            return 1000 * (time.perf_counter() - wall_s), 1000 * (time.process_time() - cpu_s)

        whole = keep_ms()
        again = [keep_ms() for _round in range(ROUNDS)]
    changed = figure_of("drafts: an answer until it is on disk", "ms", [wall for wall, _cpu in again])
    cost = figure_of("drafts: an answer kept", "CPU ms", [cpu for _wall, cpu in again])
    pages = figure_of(f"drafts: {PAGES} pages of {PAGE_BYTES // 1_000_000} MB kept", "ms", [whole[0]])
    return [changed.judged_by(changed.most, "most", KEPT_MS), cost, pages]


def _visit() -> Visit:
    """A visit at its review, with pages that cannot be squeezed."""
    shipped = load_shipped()
    visit = Walker(shipped.catalog.service(SERVICE), shipped.areas).at(Step.REVIEW)
    pages = tuple(Page(key, _picture(key), report=PageReport(fingerprint=1 << 100_000 | key)) for key in range(PAGES))
    return visit.with_document(Document("proof", Origin.SCANNER, CopyKind.ORIGINAL, pages))


def _picture(number: int) -> PageImage:
    block = bytes((number * 7 + place * place) % 251 for place in range(1000))
    return PageImage(block * (PAGE_BYTES // 1000), "image/jpeg", 1654, 2339, 200)
