"""Tests of devices.mrz_reader: clean-up of what a reader of print gives, missing programs, and pictures of cards."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from commands.mrz_backs import LEVELS, OCR_B, draw_frame, made_up, mrz_lines
from devices.mrz_band import mrz_band
from devices.mrz_reader import MrzReader, MrzWatch, candidates
from kiosk.mrz import MrzRead, parse_mrz
from kiosk.ports import DeviceReason, Frame, Ready, Unavailable

CARD = made_up(random.Random(4))
LINES = mrz_lines(CARD)
BLANK = Frame(bytes([200]) * (640 * 360 * 3), 640, 360)

needs_font = pytest.mark.skipif(not OCR_B.exists(), reason="no OCR-B to draw cards with: apt-get install fonts-ocr-b")
needs_tesseract = pytest.mark.skipif(
    not isinstance(MrzReader().status(), Ready), reason="no reader of print: apt-get install tesseract-ocr"
)


def reads(text: str) -> list[MrzRead]:
    return [read for lines in candidates(text) if isinstance(read := parse_mrz(lines), MrzRead)]


def test_the_lines_as_they_are() -> None:
    assert reads("\n".join(LINES)) == [CARD]


@pytest.mark.parametrize(
    ("line", "right", "wrong"),
    [
        (0, "IDVNM", "I1DVNM"),
        (0, "IDVNM", "1DVNM"),
        (0, "<<", "<"),
        (0, "<<", "K<K"),
        (1, "VNM<<<<<<<<<<<", "VNM<K<K<<<KKK<K<<K"),
        (1, "VNM<<<<<<<<<<<", "VNM"),
        (2, "<<<<<<<<", "<<<<KK<<CLS"),
        (2, "<<<<<<<<", "<<<"),
    ],
)
def test_heads_and_fillers_that_every_card_has_are_put_right(line: int, right: str, wrong: str) -> None:
    assert right in LINES[line]
    spoilt = [*LINES]
    spoilt[line] = spoilt[line].replace(right, wrong, 1)
    assert reads("noise above\n\n" + "\n".join(spoilt)) == [CARD]


def test_a_digit_that_was_read_twice_is_one() -> None:
    first = LINES[0]
    spoilt = first.replace("0", "O0", 1)
    assert spoilt != first
    assert reads("\n".join((spoilt, *LINES[1:]))) == [CARD]


@pytest.mark.parametrize("text", ["", "IDVNM", "\n\n\n", "IDVNM0990001232001099000123<<3", "\n".join(LINES[1:])])
def test_what_has_no_lines_has_no_candidate(text: str) -> None:
    assert reads(text) == []


def test_without_the_program_it_says_so_and_reads_nothing() -> None:
    reader = MrzReader("no-such-tesseract")
    status = reader.status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.NO_DRIVER
    assert "tesseract-ocr" in status.detail


@needs_font
def test_a_program_that_fails_or_hangs_or_talks_nonsense_reads_nothing(tmp_path: Path) -> None:
    frame = draw_frame(LINES, LEVELS[0], random.Random(1))
    for number, script in enumerate(("exit 3", "head -c 100000 /dev/urandom", "cat >/dev/null; echo IDVNM")):
        program = tmp_path / f"tesseract-{number}"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        assert MrzReader(str(program)).read(frame) is None
    assert MrzReader("no-such-tesseract").read(frame) is None


def test_a_tesseract_without_an_alphabet_is_no_reader(tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho 'List of available languages (1):'\necho osd\n")
    program.chmod(0o755)
    status = MrzReader(str(program)).status()
    assert isinstance(status, Unavailable)
    assert "tesseract-ocr-eng" in status.detail


def test_where_there_are_no_lines_no_program_is_started() -> None:
    assert mrz_band(BLANK) is None
    assert MrzReader("/no/such/program").read(BLANK) is None
    noise = np.random.default_rng(1).integers(0, 255, (1080, 1920, 3), np.uint8)
    assert mrz_band(Frame(noise.tobytes(), 1920, 1080)) is None


@needs_font
@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name)
def test_the_lines_are_found_wherever_the_card_lies(level: object) -> None:
    dice = random.Random(5)
    assert level in LEVELS
    found = [mrz_band(draw_frame(mrz_lines(made_up(dice)), LEVELS[LEVELS.index(level)], dice)) for _card in range(4)]
    assert all(band is not None and band.shape[1] > 3 * band.shape[0] for band in found)


@needs_font
@needs_tesseract
def test_a_card_before_the_camera_is_read() -> None:
    assert MrzReader().read(draw_frame(LINES, LEVELS[0], random.Random(1))) == CARD


def printing(tmp_path: Path, text: str) -> MrzReader:
    """A program in place of tesseract that reads this text in every picture."""
    (tmp_path / "text").write_text(text)
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\ncat > /dev/null\ncat {tmp_path / 'text'}\n")
    program.chmod(0o755)
    return MrzReader(str(program))


@needs_font
def test_sex_and_year_must_be_those_that_the_number_tells(tmp_path: Path) -> None:
    frame = draw_frame(LINES, LEVELS[0], random.Random(1))
    assert printing(tmp_path, "\n".join(LINES)).read(frame) == CARD
    other_sex = replace(CARD, sex="Nam" if CARD.sex == "Nữ" else "Nữ")
    other_year = replace(CARD, birth_date=CARD.birth_date.replace(year=CARD.birth_date.year + 5, day=1))
    for wrong in (other_sex, other_year):
        lines = "\n".join(mrz_lines(wrong))
        assert reads(lines) == [wrong]
        assert printing(tmp_path, lines).read(frame) is None


class Told(MrzReader):
    """A reader whose answers are told beforehand."""

    def __init__(self, *answers: MrzRead | None) -> None:
        super().__init__()
        self._answers = list(answers)

    def read(self, frame: Frame) -> MrzRead | None:
        return self._answers.pop(0)


@pytest.mark.parametrize(
    ("answers", "times_s", "believed"),
    [
        ((CARD, CARD), (0.0, 0.2), [None, CARD]),
        ((CARD, None, CARD), (0.0, 0.2, 0.4), [None, None, CARD]),
        ((CARD, CARD), (0.0, 5.1), [None, None]),
        ((CARD, replace(CARD, sex="?"), CARD), (0.0, 0.1, 0.2), [None, None, None]),
        ((CARD, replace(CARD, plain_name="NGUYEN")), (0.0, 0.1), [None, replace(CARD, plain_name="")]),
        ((None, None), (0.0, 0.1), [None, None]),
    ],
)
def test_two_pictures_must_agree(
    answers: tuple[MrzRead | None, ...], times_s: tuple[float, ...], believed: list[MrzRead | None]
) -> None:
    watch = MrzWatch(Told(*answers))
    assert [watch.look(BLANK, at_s) for at_s in times_s] == believed
