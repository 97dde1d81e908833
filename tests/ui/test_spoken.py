"""Masks are said to be masks, and sentences are told apart."""

import pytest

from ui.spoken import sentences, spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("••• ••• ••• 123", "đã che 123"),
        ("• ••• ••• 678", "đã che 678"),
        ("••/••/1958", "đã che 1958"),
        ("•••, Thành phố Hà Nội", "đã che, Thành phố Hà Nội"),
        ("m•••@example.com", "m đã che @example.com"),
        ("25/1958", "25/1958"),
    ],
)
def test_no_dot_is_named_one_by_one(written: str, said: str) -> None:
    assert spoken(written) == said


def test_each_line_is_a_sentence_and_a_lone_dot_is_none() -> None:
    assert sentences(["Bước 3 trong 7", "•", "Còn đó không?", "Dòng một\nDòng hai", ""]) == (
        "Bước 3 trong 7. Còn đó không? Dòng một. Dòng hai."
    )
