"""Tests of ui.key_burst: readers of every pace are taken, and no person ever is."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from tests.ui.strokes import CARD, by_alt_codes, scanned, typed
from ui.key_burst import GAP_MS, HOLD_MS, LEAST, MOST, SURE_AT, TAIL_MS, KeyBurst, Verdict
from ui.scanned_keys import Stroke

GONE_MS = 10_000


class Desk:
    """What reaches the fields, in order, and what was scanned; as ui.wedge does it, with no events and no time."""

    def __init__(self) -> None:
        self.burst = KeyBurst()
        self.held: list[Stroke] = []
        self.delivered: list[Stroke] = []
        self.texts: list[str] = []
        self.latest_ms = 0

    def play(self, strokes: list[Stroke]) -> "Desk":
        due_ms = GONE_MS**2
        for stroke in strokes:
            if self.burst.waits and stroke.at_ms > due_ms:
                self.settle(self.burst.end(), due_ms)
            elif stroke.down and self.burst.is_over_at(stroke.at_ms):
                self.settle(self.burst.end(), stroke.at_ms)
            verdict = self.burst.take(stroke)
            if verdict is Verdict.HOLD:
                self.held.append(stroke)
            else:
                self.settle(verdict, stroke.at_ms)
                if verdict is Verdict.PASS:
                    self.delivered.append(stroke)
            if stroke.down:
                due_ms = stroke.at_ms + self.burst.wait_ms
        self.settle(self.burst.end(), due_ms)
        return self

    def settle(self, verdict: Verdict, at_ms: int) -> None:
        held, self.held = self.held, []
        if verdict is Verdict.PASS:
            self.delivered += held
            self.latest_ms = max([self.latest_ms, *(at_ms - stroke.at_ms for stroke in held if stroke.down)])
        elif verdict is Verdict.SCANNED:
            self.texts.append(self.burst.text)

    def letters(self) -> str:
        return "".join(stroke.text for stroke in self.delivered if stroke.down)


def downs(strokes: list[Stroke]) -> list[Stroke]:
    return [stroke for stroke in strokes if stroke.down]


@pytest.mark.parametrize("gap_ms", [0, 1, 4, 8, 16, 25, 33])
@pytest.mark.parametrize("end", ["\r", "\t", "\t\r", ""])
def test_a_reader_of_any_pace_is_taken_whole_and_nothing_is_delivered(gap_ms: int, end: str) -> None:
    desk = Desk().play(scanned(CARD + end, gap_ms))
    assert desk.texts == [CARD]
    assert downs(desk.delivered) == []


def test_one_scan_after_another() -> None:
    again = scanned(CARD + "\r", 8, 1000 + 8 * len(CARD) + 4 * TAIL_MS)
    assert Desk().play([*scanned(CARD + "\r"), *again]).texts == [CARD, CARD]


def test_a_pause_amid_a_scan_does_not_end_it() -> None:
    first, rest = scanned(CARD[:30]), scanned(CARD[30:] + "\r", 8, 1000 + 8 * 29 + TAIL_MS)
    assert Desk().play([*first, *rest]).texts == [CARD]


def test_alt_codes_are_a_scan_too() -> None:
    codes = [str(ord(letter)).zfill(4) for letter in CARD]
    desk = Desk().play([*by_alt_codes(codes), *scanned("\r", start_ms=1000 + 15 * len(CARD))])
    assert desk.texts == [CARD]
    assert [stroke for stroke in downs(desk.delivered) if stroke.key != Qt.Key.Key_Alt] == []


def test_a_short_code_with_an_end_presses_no_button() -> None:
    desk = Desk().play(scanned("8934563138165\r"))
    assert (desk.texts, desk.letters()) == (["8934563138165"], "")


def test_letters_without_an_end_are_a_code_from_so_many_on() -> None:
    assert Desk().play(scanned("x" * LEAST)).texts == ["x" * LEAST]
    too_few = Desk().play(scanned("x" * (LEAST - 1)))
    assert (too_few.texts, too_few.letters()) == ([], "x" * (LEAST - 1))


def test_what_follows_a_scan_at_once_is_of_the_scan_and_what_comes_later_is_not() -> None:
    after_ms = 1000 + 8 * len(CARD)
    enter = replace(scanned("\r")[0], at_ms=after_ms + TAIL_MS)
    assert Desk().play([*scanned(CARD + "\r"), enter]).delivered == []
    later = replace(enter, at_ms=after_ms + 2 * TAIL_MS)
    assert Desk().play([*scanned(CARD + "\r"), later]).delivered == [later]


def test_too_long_a_text_is_dropped_to_its_end() -> None:
    desk = Desk().play(scanned("x" * (MOST + 300) + "\r", 2))
    assert (desk.texts, downs(desk.delivered)) == ([], [])


def test_an_arrow_amid_a_scan_is_of_the_scan() -> None:
    strokes = scanned(CARD + "\r")
    arrow = Stroke(Qt.Key.Key_Left, "", strokes[60].at_ms)
    desk = Desk().play([*strokes[:60], arrow, *strokes[60:]])
    assert (desk.texts, downs(desk.delivered)) == ([CARD], [])


SENTENCE = "Uỷ ban nhân dân xã Mẫu Sơn, huyện Mẫu Lộc, tỉnh Hà Tây"


def fast_typist(dice: random.Random, letters: int) -> list[int]:
    """Gaps of one who writes some 130 words a minute (medians near 90 ms), and now and then rolls over two to six keys
    as if they were one. Made, not recorded."""
    gaps: list[int] = []
    while len(gaps) < letters:
        if dice.random() < 0.25:
            gaps += [dice.randint(0, 34) for _key in range(dice.randint(1, 5))]
        gaps.append(max(36, round(dice.lognormvariate(4.5, 0.4))))
    return gaps[:letters]


@pytest.mark.parametrize("seed", range(20))
def test_a_fast_typist_loses_nothing_and_waits_an_instant(seed: int) -> None:
    strokes = typed(SENTENCE, fast_typist(random.Random(seed), len(SENTENCE)), hold_ms=70)
    desk = Desk().play(strokes)
    assert desk.texts == []
    assert downs(desk.delivered) == downs(strokes)
    assert desk.latest_ms <= HOLD_MS + 5 * GAP_MS


def test_a_single_key_is_late_by_the_hold_at_most() -> None:
    desk = Desk().play(typed("hoa", [200]))
    assert (desk.letters(), desk.latest_ms) == ("hoa", HOLD_MS)


def test_a_key_that_repeats_is_a_persons() -> None:
    first, *others = typed("a" * 60, [30], hold_ms=1)
    repeats = [replace(stroke, repeated=True, at_ms=stroke.at_ms + 500) for stroke in others]
    desk = Desk().play([first, *repeats])
    assert (desk.texts, desk.letters()) == ([], "a" * 60)


@pytest.mark.parametrize("end", ["\r", "\t"])
def test_enter_and_tab_of_a_person_go_their_way_at_once(end: str) -> None:
    desk = Desk().play(typed(end, [0]))
    assert (desk.letters(), desk.latest_ms) == (end, 0)
    assert len(desk.delivered) == 2  # what went down comes up: a button is not left pressed


def test_a_shortcut_is_delivered_after_what_was_typed_before_it() -> None:
    escape = Stroke(Qt.Key.Key_Escape, "\x1b", 1030)
    desk = Desk().play([*typed("a", [0], hold_ms=1), escape])
    assert [stroke.key for stroke in downs(desk.delivered)] == [Qt.Key.Key_A, Qt.Key.Key_Escape]


@given(st.lists(st.tuples(st.sampled_from("aB1 ễ\b\r\t"), st.integers(0, 150)), max_size=80), st.integers(1, 120))
def test_whoever_never_types_so_many_keys_in_a_row_that_fast_loses_nothing(
    keys: list[tuple[str, int]], hold_ms: int
) -> None:
    """Every so many keys there is one gap that no reader has."""
    gaps = [gap_ms + GAP_MS + 1 if place % (SURE_AT - 1) == 0 else gap_ms for place, (_key, gap_ms) in enumerate(keys)]
    strokes = typed("".join(key for key, _gap in keys), gaps, hold_ms=hold_ms)
    desk = Desk().play(strokes)
    assert desk.texts == []
    assert downs(desk.delivered) == downs(strokes)
    assert len(desk.delivered) == len(strokes)
