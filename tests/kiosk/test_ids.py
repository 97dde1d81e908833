"""UUIDv7 has the layout of RFC 9562; the slip code survives the phone and betrays every slip of the tongue."""

import uuid
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ids import (
    draft_code,
    format_draft_code,
    format_slip_code,
    parse_draft_code,
    parse_slip_code,
    slip_code,
    uuid7,
)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
codes = st.uuids().map(slip_code)


def test_uuid7_reproduces_the_example_of_rfc_9562() -> None:
    # RFC 9562, appendix A.6: 22 February 2022 19:22:22 UTC, rand_a CC3, rand_b 18C4DC0C0C07398F.
    noise = (0xCC3 << 68 | 0x18C4DC0C0C07398F).to_bytes(10)
    assert str(uuid7(0x017F22E279B0, noise)) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@given(unix_ms=st.integers(0, 2**48 - 1), noise=st.binary(min_size=10, max_size=10))
def test_uuid7_carries_version_variant_and_time(unix_ms: int, noise: bytes) -> None:
    made = uuid7(unix_ms, noise)
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == unix_ms


@given(a=st.integers(0, 2**48 - 2), noise_a=st.binary(min_size=10, max_size=10))
def test_later_uuids_sort_later(a: int, noise_a: bytes) -> None:
    assert uuid7(a, noise_a) < uuid7(a + 1, bytes(10))


@pytest.mark.parametrize(("unix_ms", "noise"), [(-1, bytes(10)), (2**48, bytes(10)), (0, bytes(9)), (0, bytes(11))])
def test_uuid7_refuses_what_does_not_fit(unix_ms: int, noise: bytes) -> None:
    with pytest.raises(ValueError, match="uuid7 needs"):
        uuid7(unix_ms, noise)


def test_a_slip_code_never_changes() -> None:
    code = slip_code(uuid.UUID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"))
    assert format_slip_code(code) == "9RQ24-HVKG1"


@given(code=codes)
def test_a_code_is_ten_characters_and_reads_back(code: str) -> None:
    assert len(code) == 10
    assert set(code) <= set(ALPHABET)
    assert parse_slip_code(format_slip_code(code)) == code


@given(code=codes)
def test_what_people_write_for_a_code_is_understood(code: str) -> None:
    spaced = " ".join(code.lower().replace("0", "o").replace("1", "l"))
    assert parse_slip_code(spaced) == code
    assert parse_slip_code(code[:5].replace("1", "I") + " – " + code[5:].replace("1", "i")) == code


@given(code=codes)
def test_every_single_wrong_character_is_found(code: str) -> None:
    for place in range(10):
        for wrong in set(ALPHABET) - {code[place]}:
            assert parse_slip_code(code[:place] + wrong + code[place + 1 :]) is None


@given(code=codes)
def test_every_swap_of_two_characters_is_found(code: str) -> None:
    for first, second in combinations(range(10), 2):
        letters = list(code)
        letters[first], letters[second] = letters[second], letters[first]
        if code[first] != code[second]:
            assert parse_slip_code("".join(letters)) is None


@pytest.mark.parametrize("text", ["", "ABC", "0000000001", "00000-000000", "U000000000", "ĐÂY-LÀ-MÃ", "0" * 5000])
def test_what_is_not_a_code_is_none(text: str) -> None:
    assert parse_slip_code(text) is None


draft_codes = st.binary(min_size=5, max_size=5).map(draft_code)


@given(code=draft_codes)
def test_a_drafts_code_is_read_back_however_it_was_said(code: str) -> None:
    assert len(code) == 8
    assert set(code) <= set(ALPHABET)
    assert parse_draft_code(format_draft_code(code)) == code
    assert parse_draft_code(f" {code[:3].lower()} {code[3:]} ") == code
    assert parse_slip_code(code) is None


@given(code=draft_codes, place=st.integers(0, 7), other=st.sampled_from(ALPHABET))
def test_a_drafts_code_betrays_a_wrong_character(code: str, place: int, other: str) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    assert (parse_draft_code(wrong) == code) == (wrong == code)
    assert wrong == code or parse_draft_code(wrong) is None


def test_a_drafts_code_needs_its_randomness() -> None:
    assert len({draft_code(number.to_bytes(5)) for number in range(0, 1 << 12, 1 << 5)}) == 128
    with pytest.raises(ValueError, match="random bytes"):
        draft_code(bytes(4))
