"""Confirm what the card says, on one page, with what others must not read kept back."""

from kiosk.card import CardRead, Layout
from kiosk.form_rules import masked_number
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import CardConfirmed, CardLeftOut, Event
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.fact_rows import FactRows
from ui.notices import Notice
from ui.visit_screen import VisitScreen


class ConfirmScreen(VisitScreen):
    """Name in full; number, birth day and the fine part of the address are kept back."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Đây có phải là ông/bà không?")
        assert visit.card is not None  # the step table shows this page only with a card
        self.hint = _("Máy đọc từ mã trên thẻ để đỡ phải gõ. Máy chưa xác minh thẻ.")
        if visit.card.layout is Layout.MRZ:
            self.hint = _("Máy đọc từ dòng chữ ở mặt sau thẻ để đỡ phải gõ. Máy chưa xác minh thẻ.")
        self.next_label = _("Đúng là tôi")
        box = FactRows(context.theme, card_lines(visit.card))
        not_me = SecondaryButton(context.theme, _("Không phải tôi"), icon_name="x")
        not_me.setObjectName("not_me")
        not_me.clicked.connect(lambda: self.happened.emit(CardLeftOut()))
        self.add(box, not_me)
        advice = _("Địa chỉ trên thẻ có thể là địa chỉ cũ. Khi cần, máy sẽ hỏi xã, phường hiện nay.")
        if not visit.card.name:
            advice = _("Máy chưa đọc được dấu trong họ tên. Ông/bà tự gõ họ tên ở trang sau.")
        self.side = Notice(context.theme, advice)
        self.finish()

    def next_event(self) -> Event:
        """Taken over as answers, each marked as from the card."""
        return CardConfirmed(self.context.equipment.clock.now())


def card_lines(card: CardRead) -> tuple[tuple[str, str], ...]:
    """What of the card may stand on a screen that others can see. An address that was not read has no line."""
    lines = (
        (_("Họ và tên"), card.name or _plain_name(card)),
        (_("Số trên thẻ"), masked_number(card.number)),
        (_("Năm sinh"), str(card.birth_date.year)),
        (_("Giới tính"), _(card.sex)),
    )
    if not card.address:
        return lines
    shown_address = ", ".join(part.strip() for part in card.address.split(",")[-3:])
    return (*lines, (_("Nơi thường trú ghi trên thẻ"), shown_address))


def _plain_name(card: CardRead) -> str:
    if card.plain_name:
        return _("{name} (chưa có dấu)").format(name=card.plain_name)
    return _("Ông/bà tự gõ ở trang sau")
