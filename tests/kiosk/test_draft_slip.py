"""The small slip of a saved visit: how to go on with it, and nothing of the person."""

from dataclasses import asdict

from kiosk.draft_slip import draft_slip
from tests.factories import CARD, LATER

OFFICE = ("Bộ phận Một cửa xã Mẫu", "024 3000 0000")


def test_it_says_the_code_until_when_and_what_to_bring() -> None:
    slip = draft_slip(OFFICE, "7K3M9PQ4", LATER, with_card=True, test=False)
    assert slip.code == "7K3M-9PQ4"
    assert "Máy giữ đến" in slip.until
    assert any("thẻ căn cước" in step for step in slip.next_steps)
    assert "CHƯA NỘP" in slip.title
    assert slip.marks == ()


def test_without_a_card_it_sends_to_the_staff() -> None:
    slip = draft_slip(OFFICE, "7K3M9PQ4", LATER, with_card=False, test=True)
    assert any("cán bộ" in step for step in slip.next_steps)
    assert "BẢN THỬ" in slip.marks[0]


def test_it_tells_nothing_of_a_person() -> None:
    words = str(asdict(draft_slip(OFFICE, "7K3M9PQ4", LATER, with_card=True, test=False)))
    assert CARD.name not in words
    assert CARD.number not in words
