"""How long a key press takes where people search: services by name, communes of today and of before."""

import time
from collections.abc import Callable, Iterable
from functools import partial

from commands.bench_figure import Figure, figure_of
from kiosk.areas import load_areas
from kiosk.catalog_file import load_catalog, read_release
from kiosk.old_address import read_printed
from kiosk.resources import resource_path
from kiosk.service_search import ServiceSearch

SEARCH_MS = 15.0
AREA_MS = 10.0

TYPED = (
    "giay khai sinh cho con",
    "xin viec lam ly lich",
    "chứng thực bản sao",
    "ddawng kys keets hoon",
    "lam lai giya",
)
PLACES = ("phuong minh khai", "xã tân thành", "hoan kiem", "đặc khu côn đảo", "phường 10")
PRINTED = "Số 1, Thôn Đông, Xã Hòa Bình, Huyện Thường Tín, Hà Nội"


def measure() -> list[Figure]:
    """Each text is typed letter by letter, as on the screen, and every key press is timed."""
    catalog = load_catalog(resource_path("catalog"), read_release(resource_path()))
    index = ServiceSearch(catalog.services)
    areas = load_areas(resource_path("areas"))

    def old_and_new(typed: str) -> object:
        return areas.search_communes(typed, "79", 30), areas.search_old_communes(typed, "79", 30)

    services = _key_presses_ms(index.find, TYPED)
    everywhere = _key_presses_ms(lambda typed: areas.search_communes(typed, None, 30), PLACES)
    province = _key_presses_ms(old_and_new, PLACES)
    card = [_ms(lambda: read_printed(PRINTED, areas)) for _round in range(50)]
    return [
        figure_of("search: services, a key press", "ms", services).judged_by(max(services), "max", SEARCH_MS),
        figure_of("area search: all communes, a key press", "ms", everywhere).judged_by(
            max(everywhere), "max", AREA_MS
        ),
        figure_of("area search: a province, new and old names", "ms", province).judged_by(
            max(province), "max", AREA_MS
        ),
        figure_of("area search: the address of an old card", "ms", card).judged_by(max(card), "max", AREA_MS),
    ]


def _key_presses_ms(search: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    search("a")  # the first one prepares nothing that later ones would not
    return [_ms(partial(search, text[:end])) for text in texts for end in range(1, len(text) + 1)]


def _ms(work: Callable[[], object]) -> float:
    start_s = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start_s)
