"""The form of 2.000815: what cannot be copied is told first, then the papers, and what their copies cost."""

import pytest

from tests.kiosk.other_forms import COPIES, DESK, PAPERS, Given, asked, fee, of, problems, rows, stop_of


@pytest.mark.parametrize(
    ("pages", "copies", "amount"),
    [(1, 1, 2_000), (2, 1, 4_000), (3, 1, 5_000), (3, 4, 20_000), (198, 1, 200_000), (500, 2, 400_000)],
)
def test_copies_cost_by_their_pages_up_to_the_cap(pages: int, copies: int, amount: int) -> None:
    paper: dict[str, str | int] = {"name": "Bằng", "pages": pages, "copies": copies}
    assert fee(COPIES, {**PAPERS, "papers": rows(paper)}, DESK) == amount


def test_the_fee_is_that_of_all_papers() -> None:
    assert fee(COPIES, PAPERS, DESK) == 5 * 2_000 + 2 * 5_000


@pytest.mark.parametrize(
    ("changed", "stop"),
    [
        ({"has_originals": False}, "bring_originals"),
        ({"defect": "altered"}, "refused"),
        ({"defect": "worn"}, "refused"),
        ({"defect": "secret"}, "refused"),
        ({"defect": "private"}, "refused"),
        ({"defect": "foreign"}, "legalise_first"),
    ],
)
def test_papers_that_cannot_be_copied_are_told_before_anything_is_typed(changed: Given, stop: str) -> None:
    assert stop_of(COPIES, {**PAPERS, **changed}) == stop
    assert "papers" not in asked(COPIES, {**PAPERS, **changed})


def test_nobody_has_to_scan_an_original() -> None:
    assert all(part.shown_only for part in of(COPIES).parts)
    processing = of(COPIES).processing
    assert processing is not None
    assert (processing.days, processing.cutoff_hour) == (0, 15)


def test_of_a_paper_its_number_and_issuer_need_not_be_said() -> None:
    columns = of(COPIES).form.field("papers").columns
    assert [(column.id, column.required) for column in columns] == [
        ("name", True),
        ("pages", True),
        ("copies", True),
        ("format", True),
        ("number", False),
        ("issuer", False),
    ]


def test_a_paper_of_no_pages_is_refused() -> None:
    paper: dict[str, str | int] = {"name": "Bằng", "pages": 0, "copies": 1, "format": "paper"}
    assert problems(COPIES, {**PAPERS, "papers": rows(paper)}, DESK) == ["papers"]
