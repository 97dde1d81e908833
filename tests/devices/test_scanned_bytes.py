"""Tests of devices.scanned_bytes: ends of texts, letters cut in two, code pages, too much."""

import random
import unicodedata

import pytest

from devices.scanned_bytes import MAX_BYTES, ScannedBytes, decoded

CARD = "001058000123||Nguyễn Văn Mẫu|27031958|Nam|Thôn Đông, Xã Mẫu, Hà Nội|20052021"


def listening() -> ScannedBytes:
    heard = ScannedBytes()
    assert heard.silence() == []
    return heard


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\x03\r", b" \t\r\n"])
def test_a_text_ends_with_a_line(end: bytes) -> None:
    heard = listening()
    sent = CARD.encode() + end
    assert heard.take(sent + sent) == [CARD, CARD]
    assert heard.silence() == []


def test_a_text_without_an_end_ends_with_silence() -> None:
    heard = listening()
    assert heard.take(CARD.encode()) == []
    assert heard.silence() == [CARD]
    assert heard.silence() == []


def test_letters_may_be_cut_anywhere() -> None:
    dice = random.Random(4)
    sent = f"{CARD}\r\n".encode() * 20
    heard, texts = listening(), []
    while sent:
        size = dice.randint(1, 7)
        texts += heard.take(sent[:size])
        sent = sent[size:]
    assert texts == [CARD] * 20


def test_what_comes_before_the_first_silence_is_dropped() -> None:
    heard = ScannedBytes()
    assert heard.take(CARD.encode() + b"\r" + CARD.encode()) == []
    assert heard.silence() == []
    assert heard.take(b"abc\r") == ["abc"]


def test_too_much_is_dropped_until_it_is_silent() -> None:
    heard = listening()
    assert heard.take(b"x" * (MAX_BYTES + 1)) == []
    assert heard.take(b"the rest of it\r" + CARD.encode() + b"\r") == []
    assert heard.silence() == []
    assert heard.take(CARD.encode() + b"\r") == [CARD]


def test_a_text_as_long_as_may_be_is_taken() -> None:
    assert listening().take(b"x" * (MAX_BYTES - 1) + b"\r") == ["x" * (MAX_BYTES - 1)]


@pytest.mark.parametrize(
    "sent",
    [
        CARD.encode(),
        unicodedata.normalize("NFD", CARD).encode(),
        b"\xef\xbb\xbf" + CARD.encode(),
        b"]Q1" + CARD.encode(),
    ],
)
def test_utf_8_in_every_dress(sent: bytes) -> None:
    assert decoded(sent) == CARD


def test_windows_vietnamese_code_page() -> None:
    """It has the letters with a hook or a hat, and the tones as marks of their own."""
    letters = unicodedata.normalize("NFD", "Nguyễn Văn Mẫu").replace("e\u0302", "ê").replace("a\u0306", "ă")
    sent = letters.replace("a\u0302", "â").encode("cp1258")
    assert b"\xea\xde" in sent  # ê, then the mark of ngã
    assert decoded(sent) == "Nguyễn Văn Mẫu"


def test_bytes_of_no_code_page_are_nothing() -> None:
    assert decoded(b"\xff\xd2\x81\x90") == ""
