"""Pages keep their order and their keys whatever is done to them, and a document never changes under its owner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.documents import FINGERPRINT_SIDE, Origin, Page, same_sheet
from tests.factories import make_document, make_image


def keys(document_pages: tuple[Page, ...]) -> list[int]:
    return [page.key for page in document_pages]


def test_a_page_is_added_at_the_end() -> None:
    document = make_document(pages=2).with_page(Page(7, make_image(7)))
    assert keys(document.pages) == [1, 2, 7]
    assert document.pages[-1].image == make_image(7)


def test_a_removed_page_leaves_the_others_as_they_are() -> None:
    document = make_document(pages=3)
    assert document.without_pages(2).pages == (document.pages[0], document.pages[2])


def test_a_turned_page_keeps_its_place_and_its_key() -> None:
    document = make_document(pages=3)
    turned = document.with_changed(Page(2, make_image(99)))
    assert keys(turned.pages) == [1, 2, 3]
    assert [page.image for page in turned.pages] == [make_image(1), make_image(99), make_image(3)]


def test_a_page_that_is_not_there_changes_nothing() -> None:
    document = make_document(pages=2)
    assert document.without_pages(9) == document
    assert document.with_changed(Page(9, make_image(9))) == document


def test_what_the_pages_are_of_stays() -> None:
    document = make_document("proof", pages=1)
    for changed in (
        document.with_page(Page(2, make_image(2))),
        document.without_pages(1),
        document.with_changed(Page(1, make_image(9))),
    ):
        assert (changed.part_code, changed.origin, changed.copy_kind) == (
            document.part_code,
            document.origin,
            document.copy_kind,
        )


def test_pages_of_several_origins_are_as_uncertain_as_the_least_certain() -> None:
    document = make_document(pages=1)
    mixed = document.with_page(Page(2, make_image(2), Origin.FILE)).with_page(Page(3, make_image(3), Origin.CAMERA))
    assert [each.origin for each in (document, mixed, mixed.without_pages(2))] == [
        Origin.SCANNER,
        Origin.FILE,
        Origin.CAMERA,
    ]


def test_a_moved_page_stops_at_the_ends() -> None:
    document = make_document(pages=3)
    assert keys(document.with_moved(1, 1).pages) == [2, 1, 3]
    assert keys(document.with_moved(1, -5).pages) == [1, 2, 3]
    assert keys(document.with_moved(1, 9).pages) == [2, 3, 1]
    assert document.with_moved(9, 1) == document


def test_a_new_key_is_no_pages_key() -> None:
    assert make_document(pages=0).next_key == 1
    assert make_document(pages=3).without_pages(2).next_key == 4


@given(st.lists(st.tuples(st.sampled_from(("add", "remove", "turn")), st.integers(1, 9)), max_size=30))
def test_order_and_keys_survive_any_work(acts: list[tuple[str, int]]) -> None:
    document, expected = make_document(pages=0), dict[int, int]()
    for mark, (act, key) in enumerate(acts):
        match act:
            case "add" if key not in expected:
                document = document.with_page(Page(key, make_image(mark)))
                expected[key] = mark
            case "remove":
                document = document.without_pages(key)
                expected.pop(key, None)
            case "turn":
                document = document.with_changed(Page(key, make_image(mark)))
                expected |= {key: mark} if key in expected else {}
    assert document.pages == tuple(Page(key, make_image(mark)) for key, mark in expected.items())


def marks(*places: tuple[int, int]) -> int:
    """A fingerprint of a page with a word, ten cells wide and three high, at each place (down, across)."""
    word = sum(0b1111111111 << line * FINGERPRINT_SIDE for line in range(3))
    grid = sum(word << (down * FINGERPRINT_SIDE + across) for down, across in places)
    return grid << FINGERPRINT_SIDE * FINGERPRINT_SIDE | grid


LINES = [(40 + 8 * line, 60 + 14 * word) for line in range(20) for word in range(10)]


@pytest.mark.parametrize("moved", [(0, 0), (6, -5), (-9, 9)])
def test_a_sheet_that_lay_elsewhere_is_the_same_sheet(moved: tuple[int, int]) -> None:
    again = [(down + moved[0], across + moved[1]) for down, across in LINES]
    assert same_sheet(marks(*LINES), marks(*again))


def test_one_other_word_makes_another_sheet() -> None:
    assert not same_sheet(marks(*LINES), marks(*LINES[:-1], (240, 80)))
    assert not same_sheet(marks(*LINES), marks(*LINES, (240, 80)))


def test_a_blank_page_is_like_none() -> None:
    assert not same_sheet(0, 0)
    assert not same_sheet(0, marks(*LINES))
