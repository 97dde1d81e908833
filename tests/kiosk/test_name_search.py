"""The order of what typing finds: the whole name, whole words, beginnings, later words, then looser readings."""

from dataclasses import dataclass

import pytest

from kiosk.name_search import Entry, by_name, search


@dataclass(frozen=True)
class Place:
    """A unit with only what the search needs."""

    code: str
    kind: str
    name: str


KINDS = ("Xã", "Phường")
PLACES = [
    Place("1", "Xã", "Tân Định"),
    Place("2", "Phường", "Tân Định"),
    Place("3", "Xã", "Tân Dĩnh"),
    Place("4", "Xã", "Định Tân"),
    Place("5", "Phường", "Tân Định Đông"),
    Place("6", "Xã", "Tân Đinhơ"),
    Place("7", "Xã", "Bắc Tân Định"),
    Place("8", "Xã", "Bắc Tân Dinhơ"),
    Place("9", "Xã", "Tân Mỹ Định"),
    Place("A", "Xã", "Tandi Nhơ"),
    Place("B", "Xã", "Phường Lâm"),
    Place("C", "Phường", "Lâm"),
]
ENTRIES = [Entry.of(place) for place in PLACES]


def found(text: str) -> str:
    return "".join(place.code for place in search(ENTRIES, text, KINDS))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("tan dinh", "12356789A"),
        ("tân định", "12356789A"),
        ("tân dĩnh", "31256789A"),
        ("xã tân định", "13256789A"),
        ("phường tân định", "21356789A"),
        ("TÂN ĐỊNH", "12356789A"),
        ("dinh", "471235986"),
        ("phuong lam", "CB"),
        ("phuong", "B"),
        ("lam", "CB"),
        ("", ""),
        (" . ", ""),
        ("q", ""),
    ],
)
def test_order(text: str, codes: str) -> None:
    assert found(text) == codes


def test_a_list_to_read_is_sorted_by_the_folded_name() -> None:
    assert [entry.unit.code for entry in sorted(ENTRIES, key=by_name)][:3] == ["7", "8", "4"]
