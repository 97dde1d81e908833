"""Pages keep their order and their keys whatever is done to them, and a document never changes under its owner."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.documents import Page
from tests.factories import make_document, make_image


def keys(document_pages: tuple[Page, ...]) -> list[int]:
    return [page.key for page in document_pages]


def test_a_page_is_added_at_the_end() -> None:
    document = make_document(pages=2).with_page(Page(7, make_image(7)))
    assert keys(document.pages) == [1, 2, 7]
    assert document.pages[-1].image == make_image(7)


def test_a_removed_page_leaves_the_others_as_they_are() -> None:
    document = make_document(pages=3)
    assert document.without_page(2).pages == (document.pages[0], document.pages[2])


def test_a_turned_page_keeps_its_place_and_its_key() -> None:
    document = make_document(pages=3)
    turned = document.with_image(2, make_image(99))
    assert keys(turned.pages) == [1, 2, 3]
    assert [page.image for page in turned.pages] == [make_image(1), make_image(99), make_image(3)]


def test_a_page_that_is_not_there_changes_nothing() -> None:
    document = make_document(pages=2)
    assert document.without_page(9) == document
    assert document.with_image(9, make_image(9)) == document


def test_what_the_pages_are_of_stays() -> None:
    document = make_document("proof", pages=1)
    for changed in (
        document.with_page(Page(2, make_image(2))),
        document.without_page(1),
        document.with_image(1, make_image(9)),
    ):
        assert (changed.part_code, changed.origin, changed.copy_kind) == (
            document.part_code,
            document.origin,
            document.copy_kind,
        )


@given(st.lists(st.tuples(st.sampled_from(("add", "remove", "turn")), st.integers(1, 9)), max_size=30))
def test_order_and_keys_survive_any_work(acts: list[tuple[str, int]]) -> None:
    document, expected = make_document(pages=0), dict[int, int]()
    for mark, (act, key) in enumerate(acts):
        match act:
            case "add" if key not in expected:
                document = document.with_page(Page(key, make_image(mark)))
                expected[key] = mark
            case "remove":
                document = document.without_page(key)
                expected.pop(key, None)
            case "turn":
                document = document.with_image(key, make_image(mark))
                expected |= {key: mark} if key in expected else {}
    assert document.pages == tuple(Page(key, make_image(mark)) for key, mark in expected.items())
