"""What a loudspeaker keeps to itself, and what it says although it looks like a number of somebody's."""

from dataclasses import replace

import pytest

from commands.composition import load_shipped
from commands.gallery_visit import Walker
from kiosk.resources import resource_path
from kiosk.spoken_messages import messages
from kiosk.spoken_privacy import kept_back
from kiosk.spoken_secrets import secrets_of
from kiosk.visit import Step

MASK = "đã che"
HEARD = {
    "••• ••• ••• 123": MASK,
    "••/••/1958": MASK,
    "•••, Tỉnh Mẫu": f"{MASK}, Tỉnh Mẫu",
    "a•••@vidu.vn": MASK,
    "001058000123": MASK,
    "001 058 000 123": MASK,
    "Số 0912345678 nhé": f"Số {MASK} nhé",
    "0912.345.678": MASK,
    "+84 912 345 678": MASK,
    "mau@vidu.vn": MASK,
    "Thôn Mẫu, xã Hòa Bình, huyện Thường Tín, tỉnh Hà Tây": MASK,
    "Số 12, phố Mẫu Đơn, phường Ba Đình, thành phố Hà Nội": MASK,
    "Gọi 024 3000 0000": "Gọi 024 3000 0000",
    "1.000.000.000 đồng": "1.000.000.000 đồng",
    "H26.00.00-261201-0042": "H26.00.00-261201-0042",
    "7K3M9-PQRS2": "7K3M9-PQRS2",
    "ngày 27/03/1958": "ngày 27/03/1958",
    "Ủy ban nhân dân xã Mẫu, tỉnh Mẫu": "Ủy ban nhân dân xã Mẫu, tỉnh Mẫu",
}


@pytest.mark.parametrize(("text", "heard"), HEARD.items())
def test_masks_and_numbers_of_persons_are_not_said(text: str, heard: str) -> None:
    assert kept_back(text, MASK, ("024 3000 0000",)) == heard


@pytest.mark.parametrize("language", ["vi", "en"])
def test_our_own_sentences_are_said_whole(language: str) -> None:
    texts = messages(resource_path("locale"), language)
    assert len(texts) > 3000
    specimen = "{size} pt:"  # printed to look at the letters
    assert [text for text in texts if kept_back(text, MASK) != text and not text.startswith(specimen)] == []


def test_a_secret_is_a_whole_word() -> None:
    assert kept_back("Số 5, Mẫu Đơn", MASK, secrets=("Mẫu",)) == f"Số 5, {MASK} Đơn"
    assert kept_back("Bản mẫu, Mẫux", MASK, secrets=("Mẫu",)) == "Bản mẫu, Mẫux"


def test_the_visits_own_addresses_and_numbers_are_its_secrets(walker: Walker) -> None:
    visit = walker.at(Step.REVIEW)
    assert visit.card is not None
    secrets = secrets_of(visit)
    assert visit.card.number in secrets
    assert visit.card.address in secrets
    shown = ", ".join(part.strip() for part in visit.card.address.split(",")[-3:])
    for text in (visit.card.address, shown, visit.card.number):
        assert kept_back(f"Trên thẻ ghi: {text}", MASK, secrets=secrets) == f"Trên thẻ ghi: {MASK}"
    phone = visit.answers["contact_phone"].value
    assert str(phone) in secrets
    assert secrets_of(replace(visit, card=None, answers={}, service=None, earlier={})) == ()


@pytest.fixture(scope="module")
def walker() -> Walker:
    shipped = load_shipped()
    return Walker(shipped.catalog.service("2.000635"), shipped.areas)
