"""What a card's address suggests: one commune of today or nothing, with its old name."""

import pytest

from kiosk.areas import load_areas
from kiosk.card_offers import card_offer, commune_office
from kiosk.resources import resource_path
from tests.factories import make_card, make_field

AREAS = load_areas(resource_path("areas"))


@pytest.mark.parametrize(
    ("address", "office"),
    [
        (
            "Thôn Mẫu, Hòa Bình, Thường Tín, Hà Nội",
            "Ủy ban nhân dân xã Thường Tín, thành phố Hà Nội (xã Hòa Bình, huyện Thường Tín cũ)",
        ),
        (
            "Phường Bến Nghé, Quận 1, Hồ Chí Minh",
            "Ủy ban nhân dân phường Sài Gòn, thành phố Hồ Chí Minh (phường Bến Nghé, quận 1 cũ)",
        ),
        ("Số 1 Đường Mẫu, Hà Nội", ""),
        ("", ""),
    ],
)
def test_one_commune_or_nothing(address: str, office: str) -> None:
    assert commune_office(address, AREAS) == office


def test_only_a_field_that_offers_it_has_it() -> None:
    card = make_card(address="Thôn Mẫu, Hòa Bình, Thường Tín, Hà Nội")
    assert card_offer(make_field("where", offer="card.commune_office"), card, AREAS)
    assert card_offer(make_field("where"), card, AREAS) == ""
    assert card_offer(make_field("where", offer="card.commune_office"), None, AREAS) == ""
