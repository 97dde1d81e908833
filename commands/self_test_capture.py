"""Steps of the acceptance test that look and read: cameras, scanner, hand-held reader, sticks."""

from dataclasses import asdict, dataclass

import numpy as np

from commands.self_test import Fault, Measured, NothingToTest, Person
from devices.page_finder import find_page
from devices.picture_decoding import open_picture
from devices.picture_measure import PictureFigures, measure_picture
from devices.pictures import to_frame
from devices.target_measure import TargetFigures, measure_target, target_corners
from kiosk.capture import CodeScanner, FileSource
from kiosk.device_checks import CardCheck, check_camera, check_code_scanner, check_scanner
from kiosk.ports import (
    Camera,
    Clock,
    CodeReader,
    DeviceProblem,
    DeviceReason,
    Frame,
    PageImage,
    PageWork,
    Scanner,
    ScanOptions,
    ScanSource,
    Unavailable,
)

CARD_S, TARGET_S, CODE_S = 20.0, 20.0, 20.0
ALONE_S = 3.0  # nobody will still bring the target
ENOUGH_FRAMES = 20
LEAST_BRIGHTNESS = 40.0  # of 255: below it the codes of worn cards are lost in noise
MOST_UNSTEADY_MM = 1.0
LEAST_DPI = 100.0  # the smallest print of forms, 8 pt, is then 5 pixels high without its marks
DPI_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class CameraStep:
    """The camera that reads cards, with the specimen card before it."""

    camera: Camera
    codes: CodeReader
    clock: Clock

    def run(self, _person: Person) -> Measured:
        """Frames until the card was in view long enough, or the time is up."""
        check = CardCheck(self.codes, self.clock)
        best: list[PictureFigures] = []
        after = 0

        def look(frame: Frame) -> None:
            nonlocal after
            check.look(frame)
            if check.figures.read:
                after += 1
                best[:] = best or [measure_picture(frame)]
            elif not best or after == 0:
                best[:] = [measure_picture(frame)]

        stream = check_camera(self.camera, self.clock, CARD_S, look, lambda: after > ENOUGH_FRAMES)
        card, picture = check.figures, best[0]
        figures = {"name": self.camera.name, **asdict(stream), **asdict(picture), "card": asdict(card)}
        faults = [] if card.read else [Fault.CODE_NOT_READ]
        return Measured(figures, (*faults, *([Fault.DARK] if picture.brightness < LEAST_BRIGHTNESS else [])))


@dataclass(frozen=True, slots=True)
class PaperStep:
    """The camera that photographs papers, with the printed target below it."""

    camera: Camera
    clock: Clock

    def run(self, person: Person) -> Measured:
        """How steady, how coarse and how sharp the target is seen."""
        seen: list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = []
        newest: list[Frame] = []
        pages = 0

        def look(frame: Frame) -> None:
            nonlocal pages
            pages += find_page(frame).corners is not None
            if (corners := target_corners(frame)) is not None:
                seen.append(corners)
                newest[:] = [frame]

        wanted_s = TARGET_S if person.there else ALONE_S
        stream = check_camera(self.camera, self.clock, wanted_s, look, lambda: len(seen) >= ENOUGH_FRAMES)
        target = measure_target(newest[0]) if newest else None
        if target is None and not person.there:
            raise NothingToTest("no_target")
        if target is None:
            figures = {"name": self.camera.name, **asdict(stream), "page_found": pages, "target_found": 0}
            return Measured(figures, (Fault.NO_TARGET,))
        coarsest = min(target.dpi_x, target.dpi_y)
        unsteady_mm = round(float(np.std(seen, axis=0).max()) / coarsest * 25.4, 2)
        figures = {"name": self.camera.name, **asdict(stream), "page_found": pages, "target_found": len(seen)}
        figures |= {"unsteady_mm": unsteady_mm, **asdict(target)}
        steady = [Fault.UNSTEADY] if unsteady_mm > MOST_UNSTEADY_MM else []
        return Measured(figures, (*steady, *([Fault.COARSE] if coarsest < LEAST_DPI else [])))


@dataclass(frozen=True, slots=True)
class ScannerStep:
    """The scanner, with the printed target on its glass."""

    scanner: Scanner
    pages: PageWork
    clock: Clock

    def run(self, person: Person) -> Measured:
        """One sheet: its time, its size as a PDF, and what the target on it shows."""
        came: list[PageImage] = []
        options = ScanOptions(source=ScanSource.GLASS)
        scan = check_scanner(self.scanner, self.clock, options, came.append, lambda: False)
        figures = {"name": self.scanner.name, **asdict(scan), "pdf_bytes": len(self.pages.to_pdf(came, "self-test"))}
        picture = open_picture(came[0].content)
        target = None if picture is None else measure_target(to_frame(picture))
        if target is None:
            # A person can lay it down and try again; where nobody is, the scanner itself has been tried.
            return Measured({**figures, "target_found": 0}, (Fault.NO_TARGET,) if person.there else ())
        return Measured({**figures, "target_found": 1, **asdict(target)}, _scan_faults(scan.dpi, target))


def _scan_faults(dpi: int, target: TargetFigures) -> tuple[Fault, ...]:
    wrong = any(abs(found / dpi - 1) > DPI_TOLERANCE for found in (target.dpi_x, target.dpi_y))
    return (*([Fault.WRONG_DPI] if wrong else []), *([Fault.COLOURS] if target.missed else []))


_FEEDER_SIDES = 4  # of the two sheets that the person is asked for


@dataclass(frozen=True, slots=True)
class FeederStep:
    """The scanner's document feeder, both sides of two sheets."""

    scanner: Scanner
    clock: Clock

    def run(self, person: Person) -> Measured:
        """How many sides came, and how long each took."""
        if not person.there:
            raise NothingToTest("unattended")
        options = ScanOptions(source=ScanSource.FEEDER_BOTH_SIDES)
        scan = check_scanner(self.scanner, self.clock, options, lambda _page: None, lambda: False)
        return Measured(asdict(scan), () if scan.pages == _FEEDER_SIDES else (Fault.ONE_SIDE,))


@dataclass(frozen=True, slots=True)
class CodeScannerStep:
    """The hand-held reader, with the specimen card."""

    reader: CodeScanner
    clock: Clock

    def run(self, person: Person) -> Measured:
        """One text, and whether it is a card's."""
        if not person.there:
            raise NothingToTest("unattended")
        figures = check_code_scanner(self.reader, self.clock, CODE_S, lambda: False)
        faults = () if figures.is_card else (Fault.CODE_NOT_READ,)
        return Measured({"name": self.reader.name, **asdict(figures)}, faults)


@dataclass(frozen=True, slots=True)
class SticksStep:
    """USB sticks: what lies on the one that is plugged in. No file is opened, and no name is kept."""

    files: FileSource

    def run(self, person: Person) -> Measured:
        """How many files could be taken."""
        status = self.files.status()
        if isinstance(status, Unavailable):
            if status.reason is DeviceReason.NOT_CONNECTED and not person.there:
                raise NothingToTest("no_stick")
            raise DeviceProblem(status.reason, status.detail)
        listing = self.files.files()
        return Measured({"name": self.files.name, "files": len(listing.files), "left_out": listing.left_out})
