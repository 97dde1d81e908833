"""Tests of devices.calm_hint."""

from devices.calm_hint import CalmHint
from kiosk.capture import CardHint


def test_a_hint_that_comes_and_goes_is_not_shown() -> None:
    calm = CalmHint()
    for frame in range(60):
        shown = calm.want(CardHint.CLOSER if frame % 3 else CardHint.HOLD_STILL, frame / 25)
        assert shown is CardHint.SHOW


def test_a_hint_that_lasts_is_shown_and_stays_a_while() -> None:
    calm = CalmHint()
    assert calm.want(CardHint.CLOSER, 10.0) is CardHint.SHOW
    assert calm.want(CardHint.CLOSER, 10.6) is CardHint.CLOSER
    assert calm.want(CardHint.LESS_GLARE, 10.7) is CardHint.CLOSER
    assert calm.want(CardHint.LESS_GLARE, 11.3) is CardHint.CLOSER  # it lasted, but the one before is hardly read yet
    assert calm.want(CardHint.LESS_GLARE, 11.9) is CardHint.LESS_GLARE
