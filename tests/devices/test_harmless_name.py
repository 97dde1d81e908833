"""Tests of devices.harmless_name: whatever a stick calls its files, one short line comes out."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.harmless_name import LONGEST, harmless_name

ANY_NAME = st.text(st.characters(codec=None), max_size=400)  # halves of pairs too: os.fsdecode makes them of odd bytes


@given(ANY_NAME)
def test_one_short_line_without_anything_that_acts(name: str) -> None:
    shown = harmless_name(name)
    assert 1 <= len(shown) <= LONGEST
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in shown)
    assert shown == shown.strip()
    assert shown.isprintable() or "\N{REPLACEMENT CHARACTER}" in shown
    shown.encode("utf-8")


@given(ANY_NAME)
def test_it_is_the_same_said_twice(name: str) -> None:
    assert harmless_name(harmless_name(name)) == harmless_name(name)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Giấy khai sinh – bản sao.pdf", "Giấy khai sinh – bản sao.pdf"),
        (unicodedata.normalize("NFD", "Sổ hộ khẩu.pdf"), "Sổ hộ khẩu.pdf"),
        ("anh\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe", "anhgpj.exe"),
        ("../../etc/passwd", "../../etc/passwd"),
        ("a\nb\tc", "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"),
        ("con \N{CAT FACE}.png", "con \N{CAT FACE}.png"),
        ("\udcff\udcfe.jpg", "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}.jpg"),
        ("e" + "\u0301" * 50 + ".jpg", "é\u0301\u0301.jpg"),
        ("\u200b\u200b", "\N{REPLACEMENT CHARACTER}"),
        ("", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_hostile_names(name: str, shown: str) -> None:
    assert harmless_name(name) == shown


def test_a_long_name_keeps_its_end() -> None:
    shown = harmless_name("a" * 300 + "trang 2.pdf")
    assert len(shown) == LONGEST
    assert shown.endswith("atrang 2.pdf")
