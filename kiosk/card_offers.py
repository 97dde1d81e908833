"""What a card's address suggests for a question that the card does not answer: offered, never filled in."""

from kiosk.areas import Areas
from kiosk.card import CardRead
from kiosk.form import Field
from kiosk.old_address import read_printed
from kiosk.vietnamese import in_a_sentence

_KINDS = ("Xã ", "Phường ", "Thị trấn ", "Huyện ", "Quận ", "Thị xã ", "Thành phố ", "Tỉnh ", "Đặc khu ")

COMMUNE_OFFICE = "card.commune_office"


def card_offer(field: Field, card: CardRead | None, areas: Areas) -> str:
    """The text that the field offers of this card (`Field.offer`), "" where it offers nothing or the card says nothing
    certain."""
    if card is None or field.offer != COMMUNE_OFFICE:
        return ""
    return commune_office(card.address, areas)


def commune_office(address: str, areas: Areas) -> str:
    """The people's committee of today's commune in which the address lies, with the old commune's name where it had
    another; "" unless there is exactly one. The declarations take an office's old name, too (Circular 04/2024/TT-BTP,
    notes of the annexed forms)."""
    printed = read_printed(address, areas)
    if printed.province is None or len(printed.communes) != 1:
        return ""
    [commune] = printed.communes
    office = f"Ủy ban nhân dân {_small(commune.full_name)}, {_small(printed.province.full_name)}"
    old = ", ".join(_small(part) for part in printed.old_name.split(", "))
    return f"{office} ({old} cũ)" if old else office


def _small(name: str) -> str:
    """ "xã Hòa Bình": the kind of unit with a small letter, a bare name as it is."""
    return in_a_sentence(name) if name.startswith(_KINDS) else name
