"""Watches papers before a camera: one calm hint at a time, and the shot once a sheet lies still and is sharp."""

from dataclasses import dataclass

import numpy as np
from cv2.typing import MatLike

from devices.frames import Pixels, rgb_pixels
from devices.page_finder import followed_corners, is_cut, page_corners, part_is_seen, sharpness
from devices.page_lines import Floats
from devices.sheet_look import SheetLook, is_same_sheet, is_unmoved, look_at
from kiosk.capture import Corners, PaperHint, PaperLook
from kiosk.ports import Frame

STILL_S = 1.0  # as long as a hand needs to leave the picture
AWAY_S = 0.5  # without a sheet: the next one is a new one
_CALM_S = 0.4  # a hint has to be right for so long before it takes the place of another
_KEPT_S = 0.3  # a sheet that one or two frames do not show is still there
_MOVED = 0.006  # of the picture's diagonal: 13 pixels of full HD
_JUMPED = 0.03  # farther than that, what is displayed follows at once
_FOLLOWED = 4  # frames in a row in which a sheet that lies still is not looked for anew
_SMOOTH = 0.35  # the share of the new corners in those displayed
_DARK_LEVEL = 60.0
_BLURRED_VARIANCE = 20.0
_ENOUGH_DPI = 150.0  # letters of 10 points are read from here on
_ROOM = 1.45  # nearer than this the camera cannot be asked to come
_UNEQUAL = 1.3  # of opposite sides
_SKEWED = 0.3  # cosine of a corner
_GLARING_SHARE = 0.02  # of the sheet


@dataclass(slots=True)
class _Place:
    """Where the sheet lay when it stopped moving, and since when."""

    corners: Floats
    since_s: float


class SteadyPaperWatch:
    """The PaperWatch of kiosk.capture. Keeps no picture, only thumbnails of the last sheet and of the one taken."""

    def __init__(self) -> None:
        self._shown: Floats | None = None
        self._seen_s = float("-inf")
        self._place: _Place | None = None
        self._quad: Floats | None = None
        self._followed = 0
        self._sheet: SheetLook | None = None
        self._taken: SheetLook | None = None
        self._hint = PaperHint.NO_PAPER
        self._next: tuple[PaperHint, float] | None = None

    def look(self, frame: Frame, at_s: float) -> PaperLook:
        """See kiosk.capture.PaperWatch. The corners are smoothed, but exact where `shoot` is True."""
        rgb = rgb_pixels(frame)
        size = (frame.width_px, frame.height_px)
        found = self._follow(rgb) or self._search(rgb)
        if found is None:
            return self._without(rgb, at_s)
        quad, self._sheet = found
        self._quad, self._seen_s = quad, at_s
        diagonal = float(np.hypot(*size))
        still_s = self._still_s(quad, at_s, diagonal)
        self._smooth(quad, diagonal)
        if self._taken is not None and not is_same_sheet(self._sheet, self._taken):
            self._taken = None
        hint = fault(quad, self._sheet, size)
        if hint is None and self._taken is not None:
            return self._told(PaperHint.CHANGE, at_s)
        sharp = still_s > 0 and sharpness(rgb, quad) >= _BLURRED_VARIANCE
        if hint is None and still_s >= STILL_S and sharp:
            self.taken()
            self._hint, self._next = PaperHint.READY, None
            return PaperLook(_corners(quad), PaperHint.READY, shoot=True)
        return self._told(hint or (PaperHint.READY if sharp else PaperHint.HOLD_STILL), at_s)

    def taken(self) -> None:
        """See kiosk.capture.PaperWatch."""
        self._taken, self._place = self._sheet, None

    def _follow(self, rgb: Pixels) -> tuple[Floats, SheetLook] | None:
        """The sheet of the frame before, where it has not moved and shows the same; None: it has to be looked for."""
        if self._quad is None or self._sheet is None or self._followed >= _FOLLOWED:
            return None
        quad = followed_corners(rgb, self._quad)
        sheet = look_at(rgb, quad)
        self._followed += 1
        return (quad, sheet) if is_unmoved(sheet, self._sheet) else None

    def _search(self, rgb: Pixels) -> tuple[Floats, SheetLook] | None:
        self._followed = 0
        self._quad = None
        quad = page_corners(rgb)
        if quad is None:
            return None
        quad = self._as_before(quad)
        return quad, look_at(rgb, quad)

    def _without(self, rgb: Pixels, at_s: float) -> PaperLook:
        """No sheet in this frame: it was taken away, or it is cut off, or hidden for a moment."""
        if at_s - self._seen_s < _KEPT_S:
            return self._told(self._hint, at_s)
        self._place = self._shown = None
        if at_s - self._seen_s >= AWAY_S:
            self._taken = self._sheet = None
        if float(rgb[::16, ::16].mean()) < _DARK_LEVEL / 2:
            return self._told(PaperHint.MORE_LIGHT, at_s)
        return self._told(PaperHint.NOT_WHOLE if part_is_seen(rgb) else PaperHint.NO_PAPER, at_s)

    def _as_before(self, quad: Floats) -> Floats:
        """The corners from the one that was first in the last frame: a sheet at 45 degrees keeps its order."""
        before = self._shown
        if before is None:
            return quad
        turns = [np.roll(quad, turn, axis=0) for turn in range(4)]
        return min(turns, key=lambda turned: float(np.abs(turned - before).sum()))

    def _still_s(self, quad: Floats, at_s: float, diagonal: float) -> float:
        """For how long every corner has lain where it lies."""
        place = self._place
        if place is None or np.abs(quad - place.corners).max() > _MOVED * diagonal:
            self._place = _Place(quad, at_s)
            return 0.0
        return at_s - place.since_s

    def _smooth(self, quad: Floats, diagonal: float) -> None:
        if self._shown is None or np.abs(quad - self._shown).max() > _JUMPED * diagonal:
            self._shown = quad
        else:
            self._shown = self._shown + _SMOOTH * (quad - self._shown)

    def _told(self, hint: PaperHint, at_s: float) -> PaperLook:
        """The hint when it has been right for a while, until then the one before."""
        if hint is self._hint:
            self._next = None
        elif self._next is None or self._next[0] is not hint:
            self._next = (hint, at_s)
        elif at_s - self._next[1] >= _CALM_S:
            self._hint, self._next = hint, None
        return PaperLook(None if self._shown is None else _corners(self._shown), self._hint)


def fault(quad: Floats, sheet: SheetLook, size: tuple[int, int]) -> PaperHint | None:
    """What keeps the sheet from being read however still it lies, the first to be mended first; None: nothing."""
    sides = np.roll(quad, -1, axis=0) - quad
    lengths = np.linalg.norm(sides, axis=1)
    unequal = float(np.exp(np.abs(np.log(lengths[:2] / lengths[2:])).max()))
    along = sides / lengths[:, None]
    skew = float(np.abs((along * np.roll(along, -1, axis=0)).sum(axis=1)).max())
    if is_cut(quad, size):
        return PaperHint.NOT_WHOLE
    if sheet.level < _DARK_LEVEL:
        return PaperHint.MORE_LIGHT
    if _dpi(lengths) < _ENOUGH_DPI and float((np.array(size) / np.ptp(quad, axis=0)).min()) > _ROOM:
        return PaperHint.CLOSER
    if unequal > _UNEQUAL or skew > _SKEWED:
        return PaperHint.STRAIGHTEN
    return PaperHint.LESS_GLARE if sheet.glaring > _GLARING_SHARE else None


def _dpi(lengths: MatLike) -> float:
    """Dots an inch of the longer sides. A5 has the shape of A4 and is taken for it; a card is longer."""
    one, other = float(lengths[0] + lengths[2]) / 2, float(lengths[1] + lengths[3]) / 2
    long_px, ratio = max(one, other), max(one, other) / max(min(one, other), 1.0)
    long_mm = 85.6 if ratio > 1.5 else 297.0  # ISO/IEC 7810 ID-1 is 1.585 times as long as it is high, ISO 216 1.414
    return long_px / long_mm * 25.4


def _corners(quad: Floats) -> Corners:
    return tuple((float(x), float(y)) for x, y in quad)
