"""How often the sheet in a photo is found, beside the usual recipe on the same photos, and what a frame costs."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from commands.bench_figure import Figure, figure_of
from commands.bench_page_baseline import contour_page
from commands.specimen_photos import EVERYDAY, KINDS, Photo, Pixels, Quad, empty_tables, photos
from devices.page_finder import find_page, page_corners
from devices.paper_watch import SteadyPaperWatch
from kiosk.capture import Corners
from kiosk.ports import Frame

SEED = 4096  # another than those of the photos that the finder was made with
EVERYDAY_PHOTOS = 100
HARD_PHOTOS = 2 * len(KINDS)
EMPTY = 50
FOUND_IOU = 0.95
MISSED_PERCENT = 3.0
FALSE_PERCENT = 3.0
FRAME_MS = 12.0
WATCHED_FRAMES = 100


@dataclass(slots=True)
class _Seen:
    """What came of photos: overlaps by the sides and by the usual recipe, sheets found, and what the sides cost."""

    kinds: list[str] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    usual: list[float] = field(default_factory=list)
    found: int = 0
    found_by_usual: int = 0
    spent_ms: list[float] = field(default_factory=list)


def measure() -> list[Figure]:
    """Desks with little on them, of which the usual recipe finds about 80 of 100 sheets; hard scenes; and no sheet."""
    cv2.setNumThreads(1)  # so that this thread's processor time is all
    everyday = _look_at(photos(SEED, EVERYDAY_PHOTOS, (EVERYDAY,)))
    hard = _look_at(photos(SEED, HARD_PHOTOS))
    empty = _look_at(empty_tables(SEED, EMPTY))
    hard_missed = 100 - share_found(hard.ours)
    missed = 100 - share_found(everyday.ours)
    false_finds = 100 * empty.found / EMPTY
    spent_ms = everyday.spent_ms + hard.spent_ms + empty.spent_ms
    return [
        Figure("page: not found to 0.95", "%", missed, missed, missed, missed, "share", MISSED_PERCENT).with_details(
            lines=[f"found {share_found(everyday.ours):.1f} %, by the usual recipe {share_found(everyday.usual):.1f} %"]
        ),
        figure_of("page: hard scenes, not found to 0.95", "%", [hard_missed]).with_details(
            lines=[
                f"found {share_found(hard.ours):.1f} %, by the usual recipe {share_found(hard.usual):.1f} %",
                *_by_kind(hard),
            ]
        ),
        figure_of("page: overlap (IoU) with the true sheet", "", everyday.ours),
        figure_of("page: found where there is none", "%", [false_finds])
        .judged_by(false_finds, "share", FALSE_PERCENT)
        .with_details(lines=[f"by the usual recipe {100 * empty.found_by_usual / EMPTY:.1f} %"]),
        figure_of("page: a preview frame, processor time", "ms", spent_ms).judged_by(
            float(np.median(spent_ms)), "median", FRAME_MS
        ),
        _watched(),
    ]


def _watched() -> Figure:
    """A sheet that lies still before the camera for some seconds; the first frame pays for what is loaded."""
    still = next(photos(SEED, 1, (EVERYDAY,))).pixels
    grain = np.random.default_rng(SEED)
    frames = [_noisy(still, grain) for _frame in range(4)]
    watch, spent_ms = SteadyPaperWatch(), []
    for number in range(WATCHED_FRAMES):
        start_s = time.thread_time()
        watch.look(frames[number % len(frames)], number * 0.04)
        spent_ms.append(1000 * (time.thread_time() - start_s))
    return figure_of("page: a frame of a still sheet, processor time", "ms", spent_ms).judged_by(
        float(np.mean(spent_ms)), "mean", FRAME_MS
    )


def _noisy(pixels: Pixels, grain: np.random.Generator) -> Frame:
    """The same picture with a camera's noise of its own."""
    noise = grain.normal(0, 2, (*pixels.shape[:2], 1)).astype(np.float32)
    seen = np.clip(pixels + noise, 0, 255).astype(np.uint8)
    return Frame(seen.tobytes(), pixels.shape[1], pixels.shape[0])


def _look_at(made: Iterable[Photo]) -> _Seen:
    """Each photo is made, looked at and forgotten: a hundred of them would take 600 MB."""
    seen = _Seen()
    for photo in made:
        frame = _frame(photo)
        start_s = time.thread_time()
        page_corners(photo.pixels)
        seen.spent_ms.append(1000 * (time.thread_time() - start_s))
        corners, usual = find_page(frame).corners, contour_page(frame)
        seen.kinds.append(photo.kind)
        seen.ours.append(overlap(corners, photo.corners))
        seen.usual.append(overlap(usual, photo.corners))
        seen.found += corners is not None
        seen.found_by_usual += usual is not None
    return seen


def overlap(found: Corners | None, true: Quad | None) -> float:
    """Intersection over union of two sheets, 0 to 1."""
    if found is None or true is None:
        return 0.0
    hulls = [cv2.convexHull(np.asarray(corners, np.float32)) for corners in (found, true)]
    shared, _outline = cv2.intersectConvexConvex(hulls[0], hulls[1])
    whole = cv2.contourArea(hulls[0]) + cv2.contourArea(hulls[1]) - shared
    return shared / whole if whole > 0 else 0.0


def share_found(overlaps: Sequence[float]) -> float:
    """Percent of sheets that were found well enough."""
    return 100 * sum(value >= FOUND_IOU for value in overlaps) / len(overlaps)


def _by_kind(seen: _Seen) -> Iterable[str]:
    for kind in KINDS:
        ours, usual = (
            [value for value, other in zip(values, seen.kinds, strict=True) if other == kind]
            for values in (seen.ours, seen.usual)
        )
        yield f"{kind}: {share_found(ours):.0f} % (usual recipe {share_found(usual):.0f} %)"


def _frame(photo: Photo) -> Frame:
    height, width = photo.pixels.shape[:2]
    return Frame(photo.pixels.tobytes(), width, height)
