"""The gallery's scenes of cards before the camera and of papers coming in: every way, hint, note and trouble."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from commands.gallery_captures import PaperStack, StillCamera, StillCardWatch, StillPaperWatch, StillSticks, demo_card
from commands.gallery_stage import Stage
from kiosk.capture import (
    CardHint,
    CardLook,
    Corners,
    FileKind,
    FileProblem,
    PaperHint,
    PaperLook,
    StickFile,
    StickListing,
)
from kiosk.documents import CopyKind, Document, Origin, Page
from kiosk.ports import DeviceReason, PageFault, PageImage, PageReport
from kiosk.visit import Step
from ui.tasks import Lane

Scene = Callable[[Stage], None]

# Where the code and the card lie in the demo's first picture of a card.
_CODE: Corners = ((1262.0, 285.0), (1518.0, 280.0), (1522.0, 536.0), (1266.0, 541.0))
_CARD: Corners = ((352.0, 176.0), (1560.0, 150.0), (1586.0, 912.0), (330.0, 934.0))
_STICK = StickListing(
    tuple(
        StickFile(str(number), name, kind, size, folder)
        for number, (name, kind, size, folder) in enumerate(
            (
                ("Giấy ủy quyền.pdf", FileKind.PDF, 412_000, ""),
                ("IMG_20261118_091422.jpg", FileKind.PICTURE, 3_870_000, "DCIM/Camera"),
                ("Bản sao giấy khai sinh có chứng thực của UBND xã Mẫu năm 2019.pdf", FileKind.PDF, 96_000, ""),
                ("scan0001.png", FileKind.PICTURE, 18_400_000, "Giấy tờ/Nhà đất"),
            ),
            1,
        )
    ),
    left_out=7,
)


def _card(stage: Stage, look: CardLook | None = None, lost: DeviceReason | None = None) -> None:
    watch = StillCardWatch() if look is None else StillCardWatch(look)
    equipment = replace(stage.props.equipment, camera=StillCamera(demo_card(), lost), card_watch=lambda: watch)
    stage.show(stage.walker().at(Step.CARD), equipment=equipment)


def _scan(stage: Stage, *, pages: bool = False, stops: DeviceReason | None = None, busy: bool = False) -> None:
    papers = stage.props.papers if pages else ()
    equipment = replace(stage.props.equipment, scanner=PaperStack(papers, stops))
    held = frozenset((Lane.SCANNER,)) if busy else frozenset()
    stage.show(stage.walker().at(Step.CAPTURE), equipment=equipment, held=held)
    if pages or stops or busy:
        stage.press("scan")


def _with_pages(stage: Stage, *pages: Page) -> None:
    visit = stage.walker().at(Step.CAPTURE)
    document = Document(visit.place.part_code, Origin.SCANNER, CopyKind.ORIGINAL, pages)
    stage.show(visit.with_document(document))


def _noted(stage: Stage, fault: PageFault) -> None:
    first, second = stage.props.papers[:2]
    origin = Origin.CAMERA if fault is PageFault.CUT_OFF else Origin.SCANNER
    _with_pages(stage, Page(1, first, origin, PageReport()), Page(2, second, origin, PageReport((fault,))))


def _many(stage: Stage) -> None:
    """A stack from the feeder: blank backs, and one sheet twice."""
    papers: tuple[PageImage, ...] = stage.props.papers * 3
    reports = [PageReport(), PageReport(blank=True), PageReport()] * 2
    pages = [Page(key, papers[key], report=report) for key, report in enumerate(reports)]
    _with_pages(stage, *pages[:-1], replace(pages[-1], same_as=frozenset({2})))


def _cards(stage: Stage) -> None:
    """Both sides of a card, one after the other."""
    side = replace(stage.props.papers[0], width_px=506, height_px=319, dpi=150)
    _with_pages(stage, Page(1, side, Origin.CAMERA), Page(2, side, Origin.CAMERA))


def _camera(stage: Stage, look: PaperLook, lost: DeviceReason | None = None) -> None:
    equipment = replace(
        stage.props.equipment, paper_camera=StillCamera(demo_card(), lost), paper_watch=lambda: StillPaperWatch(look)
    )
    stage.show(stage.walker().at(Step.CAPTURE), equipment=equipment)
    stage.press("shoot")


def _files(
    stage: Stage, listing: StickListing | None, *, refuses: FileProblem | None = None, busy: bool = False
) -> None:
    equipment = replace(stage.props.equipment, files=StillSticks(listing, refuses))
    stage.show(stage.walker().at(Step.CAPTURE), equipment=equipment)
    stage.press("files")
    if busy:
        stage.hold(Lane.FILES)
    if refuses is not None or busy:
        stage.press("file")


def _reuse(stage: Stage) -> None:
    visit = stage.walker(AUTHORISED).at(Step.PARTS)
    first, second = [part.code for part in visit.chosen().parts][:2]
    pages = tuple(Page(key, image) for key, image in enumerate(stage.props.papers, 1))
    visit = visit.with_document(Document(first, Origin.SCANNER, CopyKind.ORIGINAL, pages))
    stage.show(replace(visit, place=replace(visit.place, step=Step.CAPTURE, part_code=second)))


def _reuse_chosen(stage: Stage) -> None:
    _reuse(stage)
    stage.press("reuse")


AUTHORISED = {"for_whom": "other", "relation_other": "authorised"}  # whose paper of authority is required

CAPTURE_SCENES: Mapping[str, Scene] = {
    "card": _card,
    "card-found": partial(_card, look=CardLook(CardHint.HOLD_STILL, place=_CODE)),
    **{f"card-{hint}": partial(_card, look=CardLook(hint)) for hint in CardHint if hint is not CardHint.SHOW},
    "card-lost": partial(_card, lost=DeviceReason.NO_PICTURE),
    "capture": _scan,
    "capture-reuse": _reuse,
    "capture-busy": partial(_scan, busy=True),
    "capture-pages": partial(_scan, pages=True),
    "capture-jam": partial(_scan, pages=True, stops=DeviceReason.JAM),
    "capture-double_feed": partial(_scan, pages=True, stops=DeviceReason.DOUBLE_FEED),
    "capture-lost": partial(_scan, stops=DeviceReason.NOT_CONNECTED),
    **{f"capture-{fault}": partial(_noted, fault=fault) for fault in PageFault},
    "capture-many": _many,
    "capture-card_sides": _cards,
    "capture-camera": partial(_camera, look=PaperLook(None, PaperHint.NO_PAPER)),
    "capture-camera-ready": partial(_camera, look=PaperLook(_CARD, PaperHint.READY)),
    **{
        f"capture-camera-{hint}": partial(_camera, look=PaperLook(_CARD, hint))
        for hint in PaperHint
        if hint not in {PaperHint.NO_PAPER, PaperHint.READY}
    },
    "capture-camera-lost": partial(_camera, look=PaperLook(None, PaperHint.NO_PAPER), lost=DeviceReason.NOT_CONNECTED),
    "capture-files": partial(_files, listing=_STICK),
    "capture-files-none": partial(_files, listing=None),
    "capture-files-busy": partial(_files, listing=_STICK, busy=True),
    **{f"capture-files-{why}": partial(_files, listing=_STICK, refuses=why) for why in FileProblem},
    "capture-reuse-chosen": _reuse_chosen,
}
