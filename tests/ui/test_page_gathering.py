"""What was finished by a device stays, whatever comes later; the part's limit holds however pages come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from devices.pages import PicturePages
from kiosk.documents import CopyKind, Document, Origin
from kiosk.ports import Frame, PageFault, PageImage, PageReport
from tests.factories import make_image
from ui.context import Context
from ui.page_gathering import PageGathering
from ui.page_making import Shot

SHOT = Shot(Frame(bytes(12), 2, 2), None)
EMPTY = Document("proof", Origin.SCANNER, CopyKind.ORIGINAL)


@dataclass
class Work(PicturePages):
    """Page work that a test can read: a page says in its bytes what was done to it; `fails` is raised instead."""

    fails: Exception | None = None
    reports: dict[bytes, PageReport] = field(default_factory=dict)

    def from_shot(self, frame: Frame, corners: object) -> PageImage:
        return self._made(b"shot")

    def from_scan(self, page: PageImage) -> PageImage:
        return self._made(page.content + b"+clean")

    def rotate(self, page: PageImage, quarter_turns: int) -> PageImage:
        return self._made(page.content + b"+turn" * quarter_turns)

    def card_sheet(self, sides: Sequence[PageImage]) -> PageImage:
        return self._made(b"|".join(side.content for side in sides))

    def look_over(self, page: PageImage, names: Sequence[str] = ()) -> PageReport:
        return self.reports.get(page.content, PageReport())

    def _made(self, content: bytes) -> PageImage:
        if self.fails is not None:
            raise self.fails
        return replace(make_image(0), content=content)


@pytest.fixture
def work() -> Work:
    return Work()


Gather = Callable[..., PageGathering]


@pytest.fixture
def owner() -> QObject:
    return QObject()


@pytest.fixture
def gather(context: Context, work: Work, owner: QObject) -> Gather:
    def make(document: Document = EMPTY, max_pages: int = 5) -> PageGathering:
        equipment = replace(context.equipment, pages=work)
        return PageGathering(replace(context, equipment=equipment), document, max_pages, (), owner)

    return make


def raw(name: bytes) -> PageImage:
    return replace(make_image(0), content=name)


def contents(gathering: PageGathering) -> list[bytes]:
    return [page.image.content for page in gathering.document.pages]


def ready(gathering: PageGathering, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not gathering.busy)


def test_a_scanned_page_is_there_before_it_is_clean(gather: Gather, qtbot: QtBot) -> None:
    gathering = gather()
    gathering.take(raw(b"a"), Origin.SCANNER)
    assert contents(gathering) == [b"a"]
    ready(gathering, qtbot)
    assert contents(gathering) == [b"a+clean"]


def test_a_page_that_cannot_be_cleaned_stays_as_it_came(gather: Gather, work: Work, qtbot: QtBot) -> None:
    gathering, told = gather(), list[Exception]()
    gathering.failed.connect(told.append)
    work.fails = ValueError("no picture")
    gathering.take(raw(b"a"), Origin.SCANNER)
    qtbot.waitUntil(lambda: bool(told))
    assert contents(gathering) == [b"a"]
    assert not gathering.busy


def test_a_page_that_was_taken_out_meanwhile_does_not_come_back(gather: Gather, qtbot: QtBot) -> None:
    gathering = gather()
    gathering.take(raw(b"a"), Origin.SCANNER)
    gathering.remove(1)
    ready(gathering, qtbot)
    gathering.take(raw(b"b"), Origin.SCANNER)
    ready(gathering, qtbot)
    assert contents(gathering) == [b"b+clean"]


def test_photographs_that_are_being_made_count(gather: Gather, qtbot: QtBot) -> None:
    gathering = gather(max_pages=2)
    for _shot in range(3):
        gathering.take(SHOT, Origin.CAMERA)
    assert gathering.full
    ready(gathering, qtbot)
    assert contents(gathering) == [b"shot", b"shot"]


def test_the_next_page_replaces_the_one_to_be_taken_again(gather: Gather, qtbot: QtBot) -> None:
    gathering = gather()
    for name in (b"a", b"b"):
        gathering.take(raw(name), Origin.SCANNER)
    gathering.again(1)
    gathering.take(raw(b"c"), Origin.SCANNER)
    gathering.take(raw(b"d"), Origin.SCANNER)
    ready(gathering, qtbot)
    assert contents(gathering) == [b"c+clean", b"b+clean", b"d+clean"]


def test_a_page_that_is_still_being_made_can_be_turned(gather: Gather, qtbot: QtBot) -> None:
    gathering = gather()
    gathering.take(raw(b"a"), Origin.SCANNER)
    gathering.turn()
    gathering.turn()
    ready(gathering, qtbot)
    assert contents(gathering) == [b"a+clean+turn+turn"]


def test_pages_move_and_stop_at_the_ends(gather: Gather, qtbot: QtBot) -> None:
    gathering = gather()
    for name in (b"a", b"b", b"c"):
        gathering.take(raw(name), Origin.SCANNER)
    ready(gathering, qtbot)
    gathering.choose(3)
    for _press in range(4):
        gathering.move(-1)
    assert contents(gathering) == [b"c+clean", b"a+clean", b"b+clean"]
    assert gathering.chosen == 3
    gathering.move(1)
    assert contents(gathering) == [b"a+clean", b"c+clean", b"b+clean"]


def test_blank_pages_go_together_and_never_all(gather: Gather, work: Work, qtbot: QtBot) -> None:
    gathering = gather()
    work.reports = {b"b+clean": PageReport(blank=True), b"d+clean": PageReport(blank=True)}
    for name in (b"a", b"b", b"c", b"d"):
        gathering.take(raw(name), Origin.SCANNER)
    ready(gathering, qtbot)
    gathering.drop_blank()
    assert contents(gathering) == [b"a+clean", b"c+clean"]


def test_what_a_look_found_stays_with_the_page(gather: Gather, work: Work, qtbot: QtBot) -> None:
    gathering = gather()
    work.reports = {b"a+clean": PageReport((PageFault.BLURRED,)), b"a+clean+turn": PageReport()}
    gathering.take(raw(b"a"), Origin.SCANNER)
    ready(gathering, qtbot)
    assert gathering.document.pages[0].report == PageReport((PageFault.BLURRED,))
    gathering.turn()
    ready(gathering, qtbot)
    assert gathering.document.pages[0].report == PageReport()


def test_the_sides_of_a_card_become_one_page(gather: Gather, work: Work, qtbot: QtBot) -> None:
    gathering = gather()
    for name in (b"a", b"b", b"c"):
        gathering.take(replace(raw(name)), Origin.SCANNER)
    ready(gathering, qtbot)
    card = replace(make_image(0), width_px=1011, height_px=638, dpi=300)
    pages = gathering.document.pages
    gathering.document = replace(
        gathering.document,
        pages=(
            pages[0],
            replace(pages[1], image=replace(card, content=b"front")),
            replace(pages[2], image=replace(card, content=b"back")),
        ),
    )
    gathering.choose(3)
    gathering.join()
    ready(gathering, qtbot)
    assert contents(gathering) == [b"a+clean", b"front|back"]
