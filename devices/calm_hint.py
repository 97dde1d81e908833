"""Keeps the one hint that is shown calm: words that flicker are not read."""

from kiosk.capture import CardHint

_LASTING_S = 0.5
_SHOWN_S = 1.2


class CalmHint:
    """A new hint is shown when it was wanted for half a second, and the one before for more than a second."""

    def __init__(self) -> None:
        self.shown = CardHint.SHOW
        self._shown_at_s = float("-inf")
        self._wanted = CardHint.SHOW
        self._wanted_at_s = 0.0

    def want(self, hint: CardHint, at_s: float) -> CardHint:
        """The hint to show at `at_s`, a clock that never goes back."""
        if hint is not self._wanted:
            self._wanted, self._wanted_at_s = hint, at_s
        lasting = at_s - self._wanted_at_s >= _LASTING_S
        if hint is not self.shown and lasting and at_s - self._shown_at_s >= _SHOWN_S:
            self.shown, self._shown_at_s = hint, at_s
        return self.shown
