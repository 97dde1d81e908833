"""Reads a card from a stream of frames: the easy ones at once, the hard ones beside, with one calm hint."""

import contextlib
from collections.abc import Sequence

import cv2
from cv2.typing import MatLike

from devices.calm_hint import CalmHint
from devices.card_reader import is_card
from devices.card_worker import look_in
from devices.code_place import Sight, sight_of, wanted_hint
from devices.code_reader import ReadCode, codes_in
from devices.frames import rgb_pixels
from devices.side_worker import SideWorker
from devices.worker_pipe import BrokenPipeMessage, Message
from kiosk.capture import CardHint, CardLook, Corners
from kiosk.mrz import MrzRead
from kiosk.ports import Frame

_SILENCE_S = 4.0  # a hard frame takes 0.1 to 0.5 s, and the start of the worker about one
_PLACE_LASTS_S = 0.7  # how long a place that the worker found says where the code is


class CameraCardWatch:
    """One use of the camera. `worker_command` starts devices.card_worker; empty does without (easy frames only)."""

    def __init__(self, worker_command: Sequence[str]) -> None:
        self._worker = SideWorker(worker_command, _SILENCE_S) if worker_command else None
        self._hint = CalmHint()
        self._place: Corners | None = None
        self._place_at_s = float("-inf")

    def look(self, frame: Frame, at_s: float) -> CardLook:
        """As the Protocol says. A text is given once for each time it is read."""
        grey = cv2.cvtColor(rgb_pixels(frame), cv2.COLOR_RGB2GRAY)
        codes = codes_in(grey)
        card = next((code for code in codes if is_card(code.text)), None)
        if card is not None:
            return CardLook(self._hint.shown, text=card.text, place=card.place)
        text, mrz = self._from_worker(at_s)
        if text is not None or mrz is not None:
            return CardLook(self._hint.shown, text=text, mrz=mrz, place=self._place)
        return self._unread(grey, codes, at_s)

    def close(self) -> None:
        """Ends the work beside at once."""
        self._place = None
        if self._worker is not None:
            self._worker.close()

    def _unread(self, grey: MatLike, codes: list[ReadCode], at_s: float) -> CardLook:
        """Hand the frame on, and say what would help."""
        if codes:
            hint = self._hint.want(CardHint.OTHER_CODE, at_s)
            return CardLook(hint, place=codes[0].place, other=codes[0].text)
        lasting = at_s - self._place_at_s < _PLACE_LASTS_S
        sight = sight_of(grey, self._place if lasting else None)
        self._hand_on(grey, sight, at_s)
        height, width = grey.shape[:2]
        hint = wanted_hint(sight, (width, height))
        return CardLook(self._hint.want(hint, at_s), place=sight.code)

    def _hand_on(self, grey: MatLike, sight: Sight, at_s: float) -> None:
        if self._worker is not None:
            height, width = grey.shape[:2]
            fields = {"width_px": width, "height_px": height, "card": sight.card is not None}
            self._worker.offer(Message("frame", fields, grey.tobytes()), at_s)

    def _from_worker(self, at_s: float) -> tuple[str | None, MrzRead | None]:
        """What came from beside since the last frame. A worker that speaks nonsense says nothing."""
        for message in self._worker.take() if self._worker is not None else ():
            with contextlib.suppress(BrokenPipeMessage):
                look, mrz = look_in(message)
                if look.place is not None:
                    self._place, self._place_at_s = look.place, at_s
                if look.text is not None and is_card(look.text):
                    return look.text, None
                if mrz is not None:
                    return None, mrz
        return None, None
